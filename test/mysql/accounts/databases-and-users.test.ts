import { MySqlUser, MySqlUserTls, Warnings } from '../../../lib';
import { synth, testChart } from '../../util';
import { addCluster, fileIn, renderMySql } from '../cluster';

/** The declaration of one user. */
function declared(user: Partial<MySqlUser>): string[] {
  return fileIn(renderMySql({ users: [{ name: 'app', ...user }] }), 'mysql-topology', 'declaration').trim().split('\n');
}

const USER = 'user\tapp\tmysql-accounts/app-password';

describe('the declaration', () => {
  test('says what a user may do in databases, and on everything', () => {
    const grants = [
      { database: 'my-shop' }, { database: 'a', privileges: ['ALL'] },
      { database: 'shop_prod', privileges: ['SELECT', 'SHOW VIEW', 'GRANT OPTION'] },
    ];
    expect(declared({ grants, globalPrivileges: ['PROCESS', 'REPLICATION CLIENT', 'BACKUP_ADMIN'] })).toEqual([
      USER, 'grant\tapp\tALL PRIVILEGES\tmy-shop', 'grant\tapp\tALL PRIVILEGES\ta',
      'grant\tapp\tSELECT, SHOW VIEW, GRANT OPTION\tshop_prod',
      'global\tapp\tPROCESS, REPLICATION CLIENT, BACKUP_ADMIN',
    ]);
  });

  test('has databases with a hyphen in their names', () => {
    expect(fileIn(renderMySql({ databases: [{ name: 'my-shop' }] }), 'mysql-topology', 'declaration'))
      .toBe('database\tmy-shop\tutf8mb4\tutf8mb4_0900_ai_ci\n');
  });

  test('takes the longest name that can be granted', () => {
    const database = `${'a_'.repeat(21)}a`;
    expect(declared({ grants: [{ database }] })[1]).toBe(`grant\tapp\tALL PRIVILEGES\t${database}`);
  });
});

describe('a user that may do without TLS', () => {
  const users = [{ name: 'app', tls: MySqlUserTls.OPTIONAL }, { name: 'other', tls: MySqlUserTls.REQUIRED }];

  test('is declared so, and the servers refuse no connection without TLS themselves', () => {
    const objects = renderMySql({ users });
    expect(fileIn(objects, 'mysql-topology', 'declaration')).toBe(`${USER}\toptional\nuser\tother\tmysql-accounts/other-password\n`);
    expect(fileIn(objects, 'mysql-config', 'my.cnf')).toContain(
      '# a user has MySqlUserTls.OPTIONAL; every other account has REQUIRE SSL\nrequire_secure_transport = OFF\n',
    );
  });

  test('is the only reason for that', () => {
    const objects = renderMySql({ users: users.slice(1) });
    expect(fileIn(objects, 'mysql-topology', 'declaration')).toBe('user\tother\tmysql-accounts/other-password\n');
    expect(fileIn(objects, 'mysql-config', 'my.cnf')).toContain('require_secure_transport = ON\n');
    expect(() => renderMySql({ users, configuration: { require_secure_transport: 'ON' } })).toThrow(
      '\'configuration.require_secure_transport\' must be left to the library, which sets require_secure_transport to OFF, got "ON": '
      + 'leave it out; a user has MySqlUserTls.OPTIONAL; every other account has REQUIRE SSL',
    );
  });

  test('is warned of', () => {
    const chart = testChart('data');
    const cluster = addCluster(chart, { users });
    synth(chart);
    expect(Warnings.below(cluster)).toEqual([
      '[test/mysql] users[0]: connections of app may go without TLS, so that its data can be read on the network, and the servers '
      + 'themselves refuse no connection without TLS: every other account has REQUIRE SSL',
    ]);
  });
});
