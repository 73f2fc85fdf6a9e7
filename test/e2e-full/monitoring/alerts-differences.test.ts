import { MySqlMetrics } from '../../../lib/mysql/metrics/mysql-metrics';
import { TestedGroup } from '../../e2e/mysql/group';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Fault, Watched } from './faults';
import { StateMetrics } from './state-metrics';

const NAMESPACE = 'e2e-alerts-differences';
const SCRIPTS = ['configmap', 'mysql-scripts'];
const VERSION = 'SUBSTRING_INDEX(VERSION(), \'-\', 1)';
/** There is one version of MySQL here: the second member tells another one. */
const OTHER_VERSION = `IF(@@server_id = 1001, '9.7.99', ${VERSION})`;
const MOUNTED_SECONDS = 150; // until a kubelet has given pods what changed in a ConfigMap

/** What operators hear when members differ in what they are or run. */
describeInNamespace(NAMESPACE, () => {
  const group = new TestedGroup(NAMESPACE);
  const watched = new Watched(group);
  const stateMetrics = new StateMetrics(NAMESPACE);
  const run = async (...args: string[]) => await kubectl('--namespace', NAMESPACE, ...args);
  const patch = async (object: string[], content: object) => await run('patch', ...object, '--patch', JSON.stringify(content));

  afterAll(async () => await stateMetrics.stop());

  diagnosed('a group with metrics works, and no alert fires', [NAMESPACE], async () => {
    const mysql = await group.apply({ metrics: MySqlMetrics.exporter() });
    await group.whole();
    await run('rollout', 'status', 'deployment/mysql-metrics', '--timeout', '120s');
    const alerts = await watched.watch(mysql, { kubeStateMetrics: true }, [await stateMetrics.start()]);
    expect(alerts.leftOut).toEqual([]);
    await until('all is read', 120, async () => (
      (await watched.prometheus.query('mysql_up == 1')).length === 3
      && (await watched.prometheus.query('kube_statefulset_status_replicas_updated == 3')).length === 1
    ));
    await watched.isQuiet();
  }, 600);

  const faults: Fault[] = [
    {
      what: 'a change reaches no pod', alert: 'MySqlRolloutStuck',
      make: async () => {
        const change = async (partition: number, changed: string | null) => await patch(['statefulset', 'mysql'], { spec: {
          updateStrategy: { rollingUpdate: { partition } }, template: { metadata: { annotations: { 'example.com/changed': changed } } },
        } });
        await change(group.members.length, 'yes');
        return async () => await change(0, null);
      },
    },
    {
      what: 'a member tells another version', alert: 'MySqlVersionsDiffer', within: MOUNTED_SECONDS + 60, settles: MOUNTED_SECONDS + 60,
      make: async () => {
        const { data } = JSON.parse(await run('get', ...SCRIPTS, '--output', 'json')) as { data: Record<string, string> };
        const name = 'status.sql';
        expect(data[name]).toContain(VERSION);
        await patch(SCRIPTS, { data: { [name]: data[name].replace(VERSION, OTHER_VERSION) } });
        return async () => await patch(SCRIPTS, { data: { [name]: data[name] } });
      },
    },
  ];

  for (const fault of faults) {
    const { what, alert } = fault;
    diagnosed(`${what}: ${alert} fires, and resolves`, [NAMESPACE], async () => await watched.see(fault), 700);
  }

  afterAll(() => watched.report());
});
