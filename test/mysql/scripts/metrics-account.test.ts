import { describeScript } from '../../support/bash';
import { AccountServer } from './account-server';
import { accountServer, declaredBesides } from './declared-accounts';

const PASSWORD = `metrics & 'its' "\\pass$word`;

/** A server whose declaration names the account, with its key in the Secret. */
function declared(): AccountServer {
  const made = accountServer(declaredBesides('account\tmetrics\n'));
  made.bash.password('secrets/metrics-password', PASSWORD);
  return made;
}

describeScript('the account of metrics', () => {
  test('is made where the declaration names it, with the least that it needs', () => {
    const made = declared();
    made.keep('keep; keep; keep');
    expect(made.of('metrics@%')).toEqual([
      '*.* CONNECTION_ADMIN NO', '*.* PROCESS NO', '*.* REPLICATION CLIENT NO', 'cdk8s_stateful.promotions SELECT NO',
      'performance_schema.* SELECT NO',
    ]);
    expect(made.facts.find((line) => line.startsWith('account\tmetrics@%'))).toContain('WITH MAX_USER_CONNECTIONS 5 ');
  });

  test('is none where the declaration does not name it, whatever the Secret has', () => {
    const made = accountServer();
    made.bash.password('secrets/metrics-password', PASSWORD);
    made.keep('keep; keep; keep');
    expect(made.facts.filter((line) => line.includes('metrics'))).toEqual([]);
  });

  test('follows the Secret, and the password before stays valid', () => {
    const made = declared();
    made.keep('keep; keep; keep');
    made.bash.password('secrets/metrics-password', 'another password');
    const { log } = made.keep('keep; keep');
    expect(log).toContain('the password of metrics changed; the old one stays valid until it is discarded');
    expect(made.bash.read('server/metrics@%').trim().split('\n')).toHaveLength(2);
  });

  test('waits for its key where the Secret is older, and everything else is kept', () => {
    const made = accountServer(declaredBesides('account\tmetrics\n'));
    const { log } = made.keep('keep; keep; keep');
    expect(log).toContain('ERROR: key metrics-password of the accounts\' Secret is missing');
    expect(made.facts.some((line) => line.includes('metrics@%'))).toBe(false);
    expect(made.facts.some((line) => line.startsWith('account\tapp@%'))).toBe(true);
    made.bash.password('secrets/metrics-password', PASSWORD);
    made.keep('keep; keep; keep');
    expect(made.of('metrics@%')).toHaveLength(5);
  });

  test('gets back what somebody took from it', () => {
    const made = declared();
    made.keep('keep; keep; keep');
    made.facts = made.facts.filter((line) => !line.includes('PROCESS'));
    made.keep('keep; keep');
    expect(made.changes.at(-1)).toBe('GRANT PROCESS, REPLICATION CLIENT, CONNECTION_ADMIN ON *.* TO metrics@%');
  });
});
