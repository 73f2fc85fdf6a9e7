import { MySqlMetrics } from '../../../lib/mysql/metrics/mysql-metrics';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { until } from '../../e2e/support/wait';
import { Fault, Watched } from './faults';
import { describeLimited } from './limited';

const NAMESPACE = 'e2e-alerts-limits';
const STEPS = 4; // of a volume that fills up
const STEP_MS = 20_000; // longer than the agents take to see it, and than the facts are read

/** What operators hear of volumes and certificates. */
describeLimited(NAMESPACE, (limited) => {
  const { cluster } = limited;
  const [source, replica] = cluster.members;
  const watched = new Watched(cluster);

  diagnosed('a source and a replica with small volumes and certificates work, and no alert fires', [NAMESPACE], async () => {
    const mysql = await limited.start({ metrics: MySqlMetrics.exporter() });
    await kubectl('--namespace', NAMESPACE, 'rollout', 'status', 'deployment/mysql-metrics', '--timeout', '120s');
    await watched.watch(mysql);
    await until('all is read', 120, async () => (await watched.prometheus.query('mysql_up == 1')).length === 2);
    await watched.isQuiet();
  }, 600);

  const faults: Fault[] = [
    {
      what: 'a volume fills up', alert: 'MySqlVolumeFillsUp', within: 120,
      make: async () => {
        await limited.fill(source, 75);
        for (let step = 0; step < STEPS; step++) {
          await new Promise((resolve) => setTimeout(resolve, STEP_MS)); // it is a rise over time
          await limited.fill(source, 4);
        }
        return async () => await limited.empty(source);
      },
    },
    {
      what: 'a volume is full', alert: 'MySqlVolumeFull', within: 120, implies: ['MySqlVolumeFillsUp'],
      make: async () => {
        await limited.fill(replica, 94);
        return async () => await limited.empty(replica);
      },
    },
    {
      what: 'a certificate expires soon', alert: 'MySqlCertificateExpires', within: 240,
      make: async () => {
        await limited.certify('2000', 3);
        return async () => await limited.certify('3000');
      },
    },
  ];

  for (const fault of faults) {
    const { what, alert } = fault;
    diagnosed(`${what}: ${alert} fires, and resolves`, [NAMESPACE], async () => await watched.see(fault), 700);
  }

  afterAll(() => watched.report());
});
