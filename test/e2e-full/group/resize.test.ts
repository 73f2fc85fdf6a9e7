import { MySqlTopology } from '../../../lib/mysql/topology/mysql-topology';
import { TestedGroup } from '../../e2e/mysql/group';
import { diagnosed } from '../../e2e/support/diagnosed';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';

const NAMESPACE = 'e2e-group-resize';
const LEAVING = ['mysql-4', 'mysql-3'];
const HAND_OVER_MS = 5000;
const KILL_MS = 20_000; // on a busy machine, too

/** The list of members in a running pod lacks a change for up to two minutes, while permissions change at once. */
describeInNamespace(NAMESPACE, () => {
  const five = new TestedGroup(NAMESPACE, 5);
  const three = new TestedGroup(NAMESPACE);

  diagnosed('a group of five is written to, and the last member is its primary', [NAMESPACE], async () => {
    await five.apply({ topology: MySqlTopology.innoDbCluster({ members: 5 }) });
    await five.whole();
    await five.startWriter();
    const uuid = await five.sql(LEAVING[0], 'SELECT @@GLOBAL.server_uuid');
    await five.sql(await five.primary(), `SELECT group_replication_set_as_primary('${uuid}')`);
    await until('it is the primary', 60, async () => await five.primary() === LEAVING[0]);
    await five.whole();
  }, 500);

  diagnosed('it hands over when the group becomes one of three', [NAMESPACE], async () => {
    const pause = await three.pauseDuring(async () => {
      await three.apply();
      for (const pod of LEAVING) {
        await until(`${pod} is gone`, 150, async () => await three.condition(pod) === undefined);
      }
    });
    console.log(`the primary is removed: writes pause ${pause} ms`);
    expect(pause).toBeLessThan(HAND_OVER_MS);
  }, 400);

  diagnosed('its successor is killed at once, and the next one takes over as ever', [NAMESPACE], async () => {
    const primary = await three.primary();
    const pause = await three.pauseDuring(() => three.kill(primary));
    console.log(`the next primary is killed: writes pause ${pause} ms`);
    expect(pause).toBeLessThan(KILL_MS);
    await three.whole();
    await three.requireSound(await three.stopWriter());
  }, 400);
});
