import { MySqlAccounts } from '../../../lib/mysql/accounts/mysql-accounts';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { runBlock } from '../../e2e/support/block';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { awkward, createAccounts, membersOf, SOURCE, startCluster } from './start';

const NAMESPACE = 'e2e-mysql-passwords';
const ACCOUNTS = ['admin', 'clone', 'monitor', 'shop'];
const OLD = 'old-writer';

describeInNamespace(NAMESPACE, () => {
  const cluster = new TestedCluster(NAMESPACE, membersOf(2));

  diagnosed('passwords may hold quotes, backslashes, blanks, dollars and 64 characters', [NAMESPACE], async () => {
    await createAccounts(NAMESPACE, awkward);
    await startCluster(cluster, { accounts: MySqlAccounts.fromSecretName('mysql-accounts') });
    await cluster.startWriter(OLD);
    expect(await accepted(awkward)).toEqual(ACCOUNTS);
  });

  diagnosed('old and new passwords are accepted when the Secret has changed, and a replica may start meanwhile', [NAMESPACE], async () => {
    await runBlock('mysql-change-passwords', NAMESPACE);
    await kubectl('--namespace', NAMESPACE, 'delete', 'pod', 'mysql-replica-1'); // perhaps before the source has the new passwords
    const current = await passwords();
    await until('the new passwords are accepted', 180, async () => (await accepted(current)).length === ACCOUNTS.length);
    expect(await accepted(awkward)).toEqual(ACCOUNTS);
    await until('replica 0 uses the new password', 180, async () => (
      (await cluster.log('mysql-replica-0')).includes('the password of replication changed')));
    await cluster.ready();
    await cluster.writes(OLD);
  });

  for (const pod of cluster.members) {
    diagnosed(`${pod} may be restarted with both`, [NAMESPACE], async () => {
      await kubectl('--namespace', NAMESPACE, 'delete', 'pod', pod);
      await cluster.ready();
      await cluster.writes(OLD);
    });
  }

  diagnosed('discarded passwords are refused, and the new ones are enough for everybody', [NAMESPACE], async () => {
    await runBlock('mysql-discard-passwords', NAMESPACE);
    expect(await accepted(awkward)).toEqual([]);
    expect(await accepted(await passwords())).toEqual(ACCOUNTS);
    const before = await cluster.acknowledged(OLD);
    await cluster.startWriter('new-writer');
    expect((await cluster.acknowledged(OLD)).numbers.length).toBe(before.numbers.length);
    for (const pod of cluster.members) {
      expect(await cluster.sql(pod, 'SELECT user FROM mysql.user WHERE user_attributes->"$.additional_password" IS NOT NULL')).toBe('');
    }
  });

  for (const pod of cluster.members) {
    diagnosed(`${pod} may be restarted with the new ones alone, and nothing is lost`, [NAMESPACE], async () => {
      await kubectl('--namespace', NAMESPACE, 'delete', 'pod', pod);
      await cluster.ready();
      await cluster.writes('new-writer');
    });
  }

  diagnosed('nothing that was acknowledged is lost, and no password was logged', [NAMESPACE], async () => {
    const all = [await cluster.stopWriter(OLD), await cluster.stopWriter('new-writer')];
    await cluster.requireNothingLost(SOURCE, { numbers: all.flatMap(({ numbers }) => numbers), longestPause: 0 });
    const logs = await Promise.all(cluster.members.flatMap((pod) => ['mysqld', 'agent'].map(async (name) => await cluster.log(pod, name))));
    const current = await passwords();
    for (const account of [...ACCOUNTS, 'root', 'replication']) {
      expect(logs.filter((log) => log.includes(current(account)) || log.includes(awkward(account)))).toEqual([]);
    }
  });

  /** Those accounts that the source lets in with these passwords. */
  async function accepted(password: (account: string) => string): Promise<string[]> {
    const answers = await Promise.all(ACCOUNTS.map(async (account) => await cluster.login(SOURCE, account, password(account))));
    return ACCOUNTS.filter((_, index) => answers[index] === '1');
  }

  async function passwords(): Promise<(account: string) => string> {
    const { data } = JSON.parse(await kubectl('--namespace', NAMESPACE, 'get', 'secret', 'mysql-accounts', '--output', 'json')) as
      { data: Record<string, string> };
    return (account) => Buffer.from(data[`${account}-password`], 'base64').toString();
  }
});
