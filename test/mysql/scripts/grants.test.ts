import { describeScript } from '../../support/bash';
import { AccountServer } from './account-server';
import { accountServer, inForce } from './declared-accounts';

describeScript('a database with a name that a grant takes for a pattern', () => {
  const NAMED = 'user\tapp\tapp/password\ngrant\tapp\tALL PRIVILEGES\tshop_prod\n';
  const own = (object: string) => AccountServer.allOf('app@%', object);
  const user = ['account\tapp@%\tcaching_sha2_password\tNONE\tnone'];

  test('is escaped', () => {
    const made = accountServer(NAMED);
    made.keep('keep; keep; keep');
    expect(made.changes.slice(1)).toEqual(['GRANT ALL PRIVILEGES ON shop\\_prod.* TO app@%']);
  });

  test('and was granted so by an earlier version: taken back, when the other grant is in force', () => {
    const made = accountServer(NAMED, [...inForce(), ...user, ...own('shop_prod.*')]);
    made.keep('keep; keep; keep');
    expect(made.changes.slice(1))
      .toEqual(['GRANT ALL PRIVILEGES ON shop\\_prod.* TO app@%', 'REVOKE ALL PRIVILEGES ON shop_prod.* FROM app@%']);
    expect(made.of('app@%')).toEqual(own('shop\\_prod.*').map((line) => line.split('\t').slice(2).join(' ')).sort());
  });

  test.each<[string, string[], string]>([
    ['less', own('shop_prod.*').slice(0, 2), 'SELECT, INSERT'],
    ['one that it may give to others', own('shop_prod.*').map((line) => line.replace(/NO$/, 'YES')), 'GRANT OPTION'],
  ])('and has another grant on the pattern, %s: it stays, and is named', (_, granted, named) => {
    const made = accountServer(NAMED, [...inForce(), ...user, ...granted]);
    const { log } = made.keep('keep; keep; keep');
    expect(made.changes.filter((change) => change.startsWith('REVOKE'))).toEqual([]);
    expect(log.at(-1)).toMatch(new RegExp(
      `^app has this in all databases that match the pattern shop_prod, which is not what is declared; it stays as it is: .*${named}$`,
    ));
  });

  test('stands for itself where the server has partial_revokes=ON', () => {
    const made = accountServer(NAMED, inForce('server', () => 'server\t1\t1\t0'));
    made.keep('keep; keep; keep');
    expect(made.changes.slice(1)).toEqual(['GRANT ALL PRIVILEGES ON shop_prod.* TO app@%']);
  });

  test('is found in small letters where the server keeps names so', () => {
    const there = [...user, ...own('shop\\_prod.*'), 'database\tshop_prod\tutf8mb4\tutf8mb4_bin'];
    const facts = [...inForce('server', () => 'server\t1\t0\t1'), ...there];
    const made = accountServer(`database\tShop_Prod\tutf8mb4\tutf8mb4_bin\n${NAMED.replace('shop_prod', 'Shop_Prod')}`, facts);
    made.bash.file('server/app@%', 'app \'word\'\n');
    expect([made.keep('keep; keep').output, made.changes]).toEqual(['kept\nkept\n', []]);
  });
});

describeScript('whether an account must use TLS', () => {
  const tls = (made: AccountServer) => Object.fromEntries(
    made.facts.filter((line) => line.startsWith('account\t')).map((line) => [line.split('\t')[1].replace(/@.*/, ''), line.split('\t')[3]]),
  );
  const two = 'user\tapp\tapp/password\nuser\tother\tother/password';

  test('is said by the server, which says it clearer, as long as all must', () => {
    const made = accountServer(`${two}\n`, inForce('account\tclone', (line) => line.replace('NONE', 'SSL')));
    made.keep('keep; keep');
    expect(new Set(Object.values(tls(made)))).toEqual(new Set(['NONE']));
  });

  test('is a clause of each account but that one where a user may do without', () => {
    const made = accountServer(`${two}\toptional\n`);
    made.keep('keep; keep');
    expect(tls(made)).toEqual({ admin: 'SSL', app: 'SSL', clone: 'SSL', monitor: 'SSL', other: 'NONE', replication: 'SSL', root: 'NONE' });
    made.declare(`${two}\n`);
    made.keep('keep; keep');
    expect(tls(made)).toMatchObject({ admin: 'NONE', app: 'NONE', other: 'NONE' });
  });

  test('is a clause as long as the server takes connections without, whatever is declared', () => {
    const made = accountServer(`${two}\n`, inForce('server', () => 'server\t0\t0\t0'));
    made.keep('keep; keep');
    expect(tls(made)).toMatchObject({ admin: 'SSL', app: 'SSL', monitor: 'SSL', other: 'SSL' });
  });

  test('stays as it is where somebody demands more by hand', () => {
    const made = accountServer(`${two}\toptional\n`, inForce('account\tclone', (line) => line.replace('NONE', 'X509')));
    made.keep('keep; keep');
    expect(tls(made).clone).toBe('X509');
  });
});
