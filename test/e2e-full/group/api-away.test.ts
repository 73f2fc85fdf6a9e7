import { TestedGroup } from '../../e2e/mysql/group';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Measures } from '../mysql/measures';
import { StoppableApi } from './stoppable-api';

const NAMESPACE = 'e2e-group-api-away';
const AWAY_MS = 120_000;
const KILL_AFTER_S = 20; // when the API server is gone for certain
const KILL = `sleep ${KILL_AFTER_S}; kill -9 $(</run/mysqld/mysqld.pid)`;

const impossible = StoppableApi.impossible();

if (impossible === undefined) {
  describeInNamespace(NAMESPACE, () => {
    const group = new TestedGroup(NAMESPACE);
    const measures = new Measures();
    const api = new StoppableApi();

    describe('an API server', () => { // so that it is back before the namespace is deleted
      afterAll(async () => {
        await api.start();
      }, 180_000);

      diagnosed('serves a group', [NAMESPACE], async () => {
        await group.startUnderLoad();
      });

      diagnosed('is away for two minutes in which the primary dies: the group elects another, labels follow', [NAMESPACE], async () => {
        const primary = await group.primary();
        const pause = await group.pauseDuring(async () => {
          await kubectl('--namespace', NAMESPACE, 'exec', primary, '--container', 'mysqld', '--', 'setsid', '--fork',
            'bash', '-c', `(${KILL}) >/dev/null 2>&1 &`);
          const stopped = Date.now();
          await api.stop();
          await new Promise((resolve) => setTimeout(resolve, stopped + AWAY_MS - Date.now()));
          const started = Date.now();
          await api.start();
          await measures.of('the API server is back, until the labels are right', async () => {
            await until('another pod is labelled', 60, async () => !(await group.labelled('primary')).includes(primary));
          });
          const elected = Number(await group.sql(primary, 'SELECT MAX(UNIX_TIMESTAMP(promoted_at)) FROM cdk8s_stateful.promotions')) * 1000;
          expect(elected).toBeGreaterThan(stopped);
          expect(elected).toBeLessThan(started);
        });
        measures.add('writes pause, with the API server away for two minutes', pause);
        await group.whole();
        expect(await group.primary()).not.toBe(primary);
      });

      diagnosed('nothing that was acknowledged is lost', [NAMESPACE], async () => {
        await group.requireSound(await group.stopWriter());
        measures.report();
      });
    });
  });
} else {
  test.skip(`the API server is away: ${impossible}`, () => undefined);
}
