import { MySqlTopology } from '../../../lib/mysql/topology/mysql-topology';
import { TestedGroup } from '../../e2e/mysql/group';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Measures } from '../mysql/measures';

const NAMESPACE = 'e2e-group-members';

describeInNamespace(NAMESPACE, () => {
  const group = new TestedGroup(NAMESPACE);
  const five = new TestedGroup(NAMESPACE, 5);
  const measures = new Measures();

  diagnosed('a group starts', [NAMESPACE], async () => {
    await group.startUnderLoad();
  });

  diagnosed('a changed configuration is rolled out, the primary last, and writes go on', [NAMESPACE], async () => {
    await kubectl('--namespace', NAMESPACE, 'get', 'pods'); // who is what is in the diagnosis
    const pause = await group.pauseDuring(async () => {
      await group.apply({ configuration: { long_query_time: '2' } });
      await measures.of('a changed configuration', async () => {
        await kubectl('--namespace', NAMESPACE, 'rollout', 'status', 'statefulset/mysql', '--timeout=170s');
      });
    });
    measures.add('longest pause of writes meanwhile', pause);
    await group.whole();
    for (const member of group.members) {
      expect([member, await group.sql(member, 'SELECT @@GLOBAL.long_query_time')]).toEqual([member, '2.000000']);
    }
    expect(pause).toBeLessThan(5000);
  });

  diagnosed('a member with transactions of its own stays out and names them, until it gets a new copy', [NAMESPACE], async () => {
    const [secondary] = await group.labelled('secondary');
    const uuid = await group.sql(secondary, 'SELECT @@server_uuid');
    await group.sql(secondary, 'STOP GROUP_REPLICATION; SET GLOBAL super_read_only = OFF; CREATE DATABASE stray');
    await until('it says so', 60, async () => (await group.log(secondary)).includes(`does not have the transactions ${uuid}:1 of this member`));
    await until('it is not ready', 30, async () => await group.condition(secondary) === 'False');
    expect(await group.labelled('none')).toContain(secondary);
    await group.writes();
    await kubectl('--namespace', NAMESPACE, 'delete', 'pvc', `data-${secondary}`, '--wait=false');
    await kubectl('--namespace', NAMESPACE, 'delete', 'pod', secondary);
    await measures.of('a member with a new copy', () => group.whole());
  });

  diagnosed('a member that needs what all others have purged gets a new copy', [NAMESPACE], async () => {
    const [secondary] = await group.labelled('secondary');
    await group.sql(secondary, 'STOP GROUP_REPLICATION');
    const pause = await group.pauseDuring(async () => {
      for (const member of group.members.filter((name) => name !== secondary)) {
        await group.sql(member, 'FLUSH BINARY LOGS; PURGE BINARY LOGS BEFORE NOW() + INTERVAL 1 DAY');
      }
      await until('it asks for a new copy', 120, async () => (await group.log(secondary)).includes('COPY_NEEDED: '));
    });
    measures.add('pause of writes meanwhile', pause);
    await group.whole();
  });

  diagnosed('three members become five', [NAMESPACE], async () => {
    await measures.of('3 to 5 members', async () => {
      await five.apply({ topology: MySqlTopology.innoDbCluster({ members: 5 }), configuration: { long_query_time: '2' } });
      await five.whole(240);
    });
    await five.writes();
  }, 500);

  diagnosed('and five become three again', [NAMESPACE], async () => {
    await measures.of('5 to 3 members', async () => {
      await group.apply({ configuration: { long_query_time: '2' } });
      for (const pod of ['mysql-4', 'mysql-3']) {
        await until(`${pod} is gone`, 150, async () => await group.condition(pod) === undefined);
      }
      await group.whole();
    });
    await group.writes();
  }, 400);

  diagnosed('nothing that was acknowledged is lost', [NAMESPACE], async () => {
    await group.requireSound(await group.stopWriter());
    measures.report();
  });
});
