import { App, Chart, Duration } from 'cdk8s';
import { MySqlClusterProps } from '../../../lib/mysql/mysql-cluster-props';
import { MySqlTopology } from '../../../lib/mysql/topology/mysql-topology';
import { declareCluster } from '../../e2e/mysql/declare';
import { TestedGroup } from '../../e2e/mysql/group';
import { runBlock } from '../../e2e/support/block';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';

const NAMESPACE = 'e2e-group-operations';
const LAST = 'mysql-2';
const LATER = 'later-writer'; // with the password that its user has at last

describeInNamespace(NAMESPACE, () => {
  const group = new TestedGroup(NAMESPACE);
  const five = new TestedGroup(NAMESPACE, 5);

  diagnosed('a group starts', [NAMESPACE], async () => {
    await group.startUnderLoad();
  });

  diagnosed('one command says who is what, and what each sees of the group', [NAMESPACE], async () => {
    const primary = await group.primary();
    const state = await runBlock('group-state', NAMESPACE);
    for (const pod of group.members) {
      expect(state).toMatch(new RegExp(`^${pod} +2/2 .* ${pod === primary ? 'primary' : 'secondary'}$`, 'm'));
      expect(state).toMatch(new RegExp(`^${pod}: ready ${pod === primary ? 'PRIMARY: the primary of a group with 3 members ONLINE' : 'SECONDARY: a secondary'}`, 'm'));
      expect(state).toMatch(new RegExp(`^${pod}\\.mysql-members\\.\\S+\\tONLINE\\t${pod === primary ? 'PRIMARY' : 'SECONDARY'}$`, 'm'));
    }
  });

  diagnosed('the documented switchover hands over', [NAMESPACE], async () => {
    const before = await group.primary();
    expect(await runBlock('group-switchover', NAMESPACE)).toMatch(/mysql-\d is the primary$/m);
    await group.whole();
    expect(await group.primary()).not.toBe(before);
  });

  diagnosed('the documented switchover to a member hands over to that one', [NAMESPACE], async () => {
    expect(await runBlock('group-switchover-to', NAMESPACE)).toMatch(/mysql-2 is the primary/);
    await group.whole();
    expect(await group.primary()).toBe(LAST);
  });

  diagnosed('an outage in which the last primary lost its data ends by the documented steps', [NAMESPACE], async () => {
    await group.whileHeld(async () => {
      await group.requireNothingLostYet(LAST);
      await kubectl('--namespace', NAMESPACE, 'delete', 'pvc', `data-${LAST}`, '--wait=false');
      await kubectl('--namespace', NAMESPACE, 'delete', 'pod', ...group.members, '--force', '--grace-period', '0');
    });
    const reason = `${LAST}, the last primary, has lost its data`;
    await until('the others say what they wait for', 150, async () => (await group.log('mysql-0')).includes(reason));
    expect(await runBlock('group-recover', NAMESPACE)).toContain(`refused: ${reason}`);
    expect(await runBlock('group-recover-without', NAMESPACE)).toMatch(/the group of mysql-\d works/);
    await group.whole();
    await group.writes();
  });

  diagnosed('a member with transactions of its own is looked at and gets a new copy by the documented steps', [NAMESPACE], async () => {
    const uuid = await group.sql(LAST, 'SELECT @@server_uuid');
    await group.sql(LAST, 'STOP GROUP_REPLICATION; SET GLOBAL super_read_only = OFF; CREATE DATABASE stray');
    await until('it says so', 60, async () => (await group.log(LAST)).includes(`does not have the transactions ${uuid}:1 of this member`));
    expect(await runBlock('group-own-transactions', NAMESPACE)).toMatch(new RegExp(`^${uuid}:1\n[^]*CREATE DATABASE stray`));
    await runBlock('group-new-copy', NAMESPACE);
    await group.whole();
    expect(await group.sql(LAST, 'SHOW DATABASES LIKE "stray"')).toBe('');
  });

  diagnosed('three become five and three again by the documented steps', [NAMESPACE], async () => {
    await applyByBlock('group-scale', 5);
    await five.whole(240);
    await applyByBlock('group-scale', 3);
    for (const pod of ['mysql-4', 'mysql-3']) {
      await until(`${pod} is gone`, 150, async () => await group.condition(pod) === undefined);
    }
    await group.whole();
    await runBlock('group-delete-claims', NAMESPACE);
    await group.writes();
  }, 800);

  diagnosed('a configuration is changed by the documented steps', [NAMESPACE], async () => {
    await applyByBlock('group-configure', 3, { configuration: { long_query_time: '3' } });
    await group.whole();
    for (const member of group.members) {
      expect([member, await group.sql(member, 'SELECT @@GLOBAL.long_query_time')]).toEqual([member, '3.000000']);
    }
  }, 400);

  diagnosed('old passwords are discarded by the documented steps', [NAMESPACE], async () => {
    const current = await passwords();
    await runBlock('mysql-change-passwords', NAMESPACE);
    await until('the primary has the new passwords', 180, async () => (
      (await group.log(await group.primary())).includes('the password of monitor changed')));
    await until('the old passwords are discarded', 180, async () => (
      await runBlock('group-discard-passwords', NAMESPACE).then(() => true, () => false)));
    expect(await group.login(await group.primary(), 'monitor', current('monitor'))).not.toBe('1');
    await group.startWriter(LATER);
  }, 600);

  for (const pod of group.members) {
    diagnosed(`${pod} may be restarted with the new ones alone`, [NAMESPACE], async () => {
      await kubectl('--namespace', NAMESPACE, 'delete', 'pod', pod);
      await group.whole();
      await group.writes(LATER);
    });
  }

  diagnosed('nothing that was acknowledged is lost, and no server has transactions of its own', [NAMESPACE], async () => {
    const all = [await group.stopWriter(), await group.stopWriter(LATER)];
    await group.requireSound({ numbers: all.flatMap(({ numbers }) => numbers), longestPause: 0 });
  });

  /** Applies the group by the documentation's block that is tagged `e2e=<id>`, for somebody who has just synthesized it. */
  async function applyByBlock(id: string, members: number, props: Partial<MySqlClusterProps> = {}): Promise<void> {
    const app = new App();
    declareCluster(new Chart(app, 'chart', { namespace: NAMESPACE }), MySqlTopology.innoDbCluster({ members }), {
      terminationGracePeriod: Duration.minutes(2), ...props,
    });
    await runBlock(id, NAMESPACE, { 'dist/chart.k8s.yaml': app.synthYaml() });
  }

  async function passwords(): Promise<(account: string) => string> {
    const { data } = JSON.parse(await kubectl('--namespace', NAMESPACE, 'get', 'secret', 'mysql-accounts', '--output', 'json')) as
      { data: Record<string, string> };
    return (account) => Buffer.from(data[`${account}-password`], 'base64').toString();
  }
});
