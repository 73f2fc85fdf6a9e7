import { Family, proof } from '../feature';

const E2E = 'e2e/mysql/metrics';
const FAULTS = 'e2e-full/monitoring/alerts-group';
const QUIET = 'e2e-full/monitoring/no-alerts';

export const MONITORING: Family = {
  id: 'monitoring',
  title: 'Monitoring of MySqlCluster',
  features: [
    {
      name: 'metrics of a cluster that runs, without a restart of a server',
      unit: ['mysql/metrics/mysql-metrics', 'mysql/scripts/metrics-account'],
      endToEnd: [proof(E2E, 'metrics are switched on for a cluster that runs, and no server restarts')],
    },
    {
      name: 'a page with what the members say of the cluster',
      unit: ['mysql/scripts/metrics/facts'],
      endToEnd: [proof(E2E, 'Prometheus reads the facts and each member')],
    },
    {
      name: 'another password of the metrics, without a restart and without an alert',
      unit: ['mysql/scripts/metrics/exporter-options'],
      endToEnd: [proof(E2E, 'another password is used without a restart, and nobody is told')],
    },
    {
      name: 'monitors of the Prometheus Operator',
      unit: ['mysql/monitoring/mysql-monitors'],
      notTested: 'the Prometheus Operator itself: tests translate its objects for a plain Prometheus',
    },
    {
      name: 'alerts: each fires, not on its twin, and resolves, by promtool',
      unit: ['mysql/monitoring/mysql-alerts', 'mysql/monitoring/promtool'],
      endToEnd: [
        proof(E2E, 'all alerts are true by promtool in the image of Prometheus'), proof(E2E, 'every metric of a rule is served'),
      ],
    },
    {
      name: 'alerts of faults, with a real Prometheus: a group, a source and its replicas, backups, volumes, certificates',
      unit: ['mysql/monitoring/mysql-alerts'],
      endToEnd: [
        proof(E2E, 'a member that is gone is down, and back'), proof(FAULTS, '${what}: ${alert} fires, and resolves'),
        proof(FAULTS, 'a server that crashes again and again is told of'),
        proof('e2e-full/monitoring/alerts-replicas', '${what}: ${alert} fires, and resolves'),
        proof('e2e-full/monitoring/alerts-backups', '${what}: ${alert} fires, and resolves'),
        proof('e2e-full/monitoring/alerts-limits', '${what}: ${alert} fires, and resolves'),
        proof('e2e-full/monitoring/alerts-differences', '${what}: ${alert} fires, and resolves'),
      ],
      notTested: 'kube-state-metrics itself; MySqlGroupViewsDiffer and MySqlDrillTooOld other than by promtool',
    },
    {
      name: 'no alert at rest, and none while all members restart under load',
      unit: ['mysql/monitoring/promtool'],
      endToEnd: [
        proof(E2E, 'nothing is wrong, and no alert fires'),
        proof(QUIET, 'all members restart one after the other under load: no alert fires'),
        proof(QUIET, '${QUIET_MINUTES} minutes of normal load: no alert fires'),
      ],
    },
    {
      name: 'metrics that cost little: connections, processor, memory',
      unit: ['mysql/metrics/mysql-metrics'],
      endToEnd: [proof(FAULTS, 'all this costs little'), proof(E2E, 'scrapes use fewer connections than their account may have')],
    },
  ],
};
