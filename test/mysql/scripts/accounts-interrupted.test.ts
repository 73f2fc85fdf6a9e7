import { describeScript } from '../../support/bash';
import { AccountServer, EMPTY } from './account-server';

const DECLARATION = [
  'database\tshop_prod\tutf8mb4\tutf8mb4_bin', 'user\tapp\tapp/password', 'user\told\told/password\toptional',
  'grant\tapp\tSELECT, INSERT\tshop_prod', 'grant\told\tALL PRIVILEGES\tshop_prod', 'global\told\tPROCESS, BACKUP_ADMIN', '',
].join('\n');
const OLD = 'account\told@%\tcaching_sha2_password';

/** A server of an earlier version, which gave the account `old` its grant on the name as a pattern. */
function server(facts = EMPTY): AccountServer {
  const made = new AccountServer(DECLARATION);
  made.user('app', 'app \'word\' \\');
  made.user('old', 'old word');
  made.facts = facts;
  return made;
}

describeScript('a reconciliation that is interrupted', () => {
  const first = [...EMPTY, `${OLD}\tSSL\tnone`, ...AccountServer.allOf('old@%', 'shop_prod.*')];
  const whole = server(first);
  const run = whole.keep('keep; keep; keep', { SNAPSHOTS: '1' });
  const statements = whole.changes;

  test('is whole without an interruption, and then changes nothing any more', () => {
    expect(run.output).toBe('kept\nkept\nkept\n');
    expect(statements.length).toBeGreaterThan(25);
    expect(new Set(statements).size).toBe(statements.length);
    expect(statements.at(-1)).toBe('REVOKE ALL PRIVILEGES ON shop_prod.* FROM old@%');
  });

  // Of the accounts of the cluster some stand for the others, which get the same statements.
  const numbered = statements.map((statement, index) => [index + 1, statement.replace(/ (BY|WITH|\().*/, '')] as const)
    .filter(([, statement]) => !/(replication|clone)@%/.test(statement));

  test.each(numbered)(
    'before statement %i, %s, is completed at the next look', (number) => {
      const made = server(whole.before(number));
      const { output } = made.keep(number === statements.length ? 'keep' : 'keep; keep');
      expect([output.endsWith('kept\n'), made.facts]).toEqual([true, whole.facts]);
    });

  test.each([1, 3, 8, 25])('by a kill of the agent at statement %i is completed by the next one', (number) => {
    const made = server(first);
    expect(made.keep('keep', { INTERRUPT: String(number) }).output).toBe('');
    expect(made.changes).toHaveLength(number);
    expect([made.keep('keep; keep; keep').output, made.facts]).toEqual(['kept\nkept\nkept\n', whole.facts]);
  });

  test('by a server without an answer is said, and completed when it answers again, at the latest 5 s later', () => {
    const made = server(first);
    const { output, log } = made.keep('export GONE=9; keep; keep; SECONDS=104; export GONE=; keep; SECONDS=105; keep; keep; keep');
    expect(output).toBe('not\nnot\nnot\nkept\nkept\nkept\n');
    expect(log.filter((line) => line.startsWith('ERROR')).map((line) => line.replaceAll('\'', ''))).toEqual([
      `ERROR: the server cannot run this statement now: ${statements[8]}, no answer`,
    ]);
    expect(made.facts).toEqual(whole.facts);
  });
});
