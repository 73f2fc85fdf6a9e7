import { Family, proof } from '../feature';

/** What both topologies have. */
export const MYSQL: Family = {
  id: 'mysql',
  title: 'MySqlCluster',
  features: [
    {
      name: 'accounts with generated passwords; databases, users, grants',
      unit: ['mysql/accounts/databases-and-users', 'mysql/scripts/accounts', 'mysql/scripts/grants', 'mysql/scripts/generate-accounts'],
      endToEnd: [proof('e2e/mysql/source-replica', 'a source and two replicas start from nothing, with accounts that a Job makes')],
    },
    {
      name: '`connect`: an application gets host, password, database and CA, and both sides of the policies',
      unit: ['mysql/connect/connect', 'mysql/connect/connect.errors', 'mysql/scripts/user-secrets'],
      endToEnd: [proof('e2e-full/mysql/drivers', 'a pod connects with what the call gave, through both policies')],
    },
    {
      name: 'a change of passwords while clients work',
      unit: ['mysql/scripts/passwords', 'mysql/scripts/discard-passwords'],
      endToEnd: [
        proof(
          'e2e-full/mysql/passwords',
          'old and new passwords are accepted when the Secret has changed, and a replica may start meanwhile',
        ),
        proof('e2e-full/group/operations', 'old passwords are discarded by the documented steps'),
      ],
    },
    {
      name: 'TLS with certificates of a Secret, verified by members and clients, changed without a restart',
      unit: ['mysql/scripts/certificate'],
      endToEnd: [
        proof('e2e-full/mysql/certificates', 'clients can verify whom they speak to, under every name of a Service and a pod'),
        proof('e2e-full/mysql/certificates', 'a changed certificate is served without a restart'),
        proof('e2e-full/group/certificates', 'members of a group verify each other by the certificates of a Secret'),
      ],
      notTested: 'cert-manager',
    },
    {
      name: 'no connection without TLS, without a password or from other pods',
      unit: ['mysql/mysql-cluster', 'mysql/platform'],
      endToEnd: [proof('e2e/mysql/source-replica', 'strangers, plaintext and wrong passwords are refused')],
    },
    {
      name: 'configuration, with the sum of the memory',
      unit: ['mysql/configuration/golden', 'mysql/configuration/errors', 'mysql/configuration/memory/memory-plan'],
      endToEnd: [
        proof('e2e-full/mysql/growth', 'a change of configuration reaches every member, replicas from the last to the first'),
        proof('e2e-full/group/members', 'a changed configuration is rolled out, the primary last, and writes go on'),
      ],
      notTested: 'MySQL 8.4',
    },
    {
      name: '`status` on any member and from any machine: where writes go, what is wrong, what to do next; within 10 s',
      unit: ['mysql/scripts/status', 'mysql/scripts/look-at-members', 'mysql/scripts/says', 'operate/main'],
      endToEnd: [
        proof('e2e/mysql/status', 'a group that is well is fine, as each member says within 2 s'),
        proof('e2e/mysql/status', 'with two of three members frozen it is down, as the third says within 10 s'),
        proof('e2e/mysql/backup', 'the status of a member says it, too'),
        proof('e2e-full/monitoring/status', 'with the source and a replica frozen it is down, with the page about promotions'),
        proof('e2e-full/monitoring/status', 'a member with transactions of its own is ERRANT, with the page, and so in an Event'),
        proof('e2e-full/monitoring/status-limits', 'a volume that is nearly full is named, and a watch shows it when it is so'),
        proof('e2e-full/monitoring/status-limits', 'a certificate that expires soon is named'),
        proof('e2e-full/monitoring/status-limits', 'a password that no server had makes it unknown, within 10 s'),
      ],
    },
    {
      name: '`diagnose`: all that an issue needs, without secrets',
      unit: ['operate/main'],
      endToEnd: [proof('e2e-full/monitoring/status', 'the diagnosis has all of it, and no secret of the namespace')],
    },
    {
      name: 'agents take less than 1 % of a core at rest',
      unit: ['mysql/scripts/agent-loop'],
      endToEnd: [proof('e2e-full/mysql/at-rest', 'agent and probes take less than 1 % of a core for each pod at rest')],
    },
    {
      name: 'a user that the platform assigns',
      unit: ['mysql/platform'],
      tried: [{
        tool: 'MySQL 9.7.4 as user 1000680000', page: 'docs/mysql-cluster.md', says: 'as user 1000680000 of group 0, but not on OpenShift',
      }],
      notTested: 'OpenShift',
    },
    {
      name: 'dashboards of the cluster, its servers and its backups',
      unit: ['mysql/dashboards/mysql-dashboards', 'dashboards/models', 'dashboards/picture'],
      endToEnd: [
        proof('e2e-full/monitoring/dashboards', 'each query of each panel has data'),
        proof('e2e-full/monitoring/dashboards', 'the first row shows an outage'),
      ],
      notTested: 'Grafana',
    },
    {
      name: 'version upgrades and metrics do not exist yet',
      unit: [],
      notTested: 'version upgrades, metrics',
    },
  ],
};

export const SOURCE_REPLICA: Family = {
  id: 'source-replica',
  title: 'A source and its replicas',
  features: [
    {
      name: 'members are killed, deleted or lose their volumes: no acknowledged row is lost',
      unit: ['mysql/scripts/source-replica/provision', 'mysql/scripts/source-replica/source', 'mysql/scripts/source-replica/replica'],
      endToEnd: [
        proof('e2e/mysql/source-replica', 'kill -9 of the server of ${pod} loses nothing'),
        proof(
          'e2e/mysql/source-replica',
          'a source that lost its claim gets the data of the most advanced replica, all that was acknowledged',
        ),
        proof('e2e-full/mysql/crashes', 'at last all members have the same rows and transactions'),
        proof('e2e-full/mysql/kills', 'a copy whose donor is killed is made again'),
        proof('e2e-full/mysql/removed-data', 'servers end at once when their claims are deleted while they stop'),
      ],
    },
    {
      name: 'promotion and switchover by a Job',
      unit: ['mysql/scripts/source-replica/promote', 'mysql/scripts/source-replica/promote-doubts'],
      endToEnd: [
        proof('e2e/mysql/source-replica', 'a replica is promoted when the source is gone, and not before'),
        proof('e2e/mysql/source-replica', 'the old source comes back as a replica and takes over again, with all that was acknowledged'),
        proof('e2e-full/mysql/kills', 'a promotion that is killed is finished by the next one'),
      ],
    },
    {
      name: 'reads only from replicas within `maxLag`; no stale read at the source',
      unit: ['mysql/scripts/source-replica/replica-doubts', 'mysql/scripts/source-replica/silence'],
      endToEnd: [
        proof('e2e-full/mysql/replicas', 'a replica that a locked table keeps behind leaves the read Service, and comes back'),
        proof('e2e-full/mysql/truth', 'no read was stale in any event, and nothing that was acknowledged is lost'),
      ],
    },
    {
      name: 'errant transactions, purged logs, new copies',
      unit: ['mysql/scripts/replace-data', 'mysql/scripts/survey'],
      endToEnd: [
        proof('e2e-full/mysql/replicas', 'a replica with transactions of its own stops, names them, and keeps its data'),
        proof('e2e-full/mysql/replicas', 'a replica whose source purged what it needs says so, gets a new copy, and follows'),
      ],
    },
    {
      name: 'the death of a node, a full disk',
      unit: ['mysql/scripts/disk'],
      endToEnd: [
        proof('e2e-full/mysql/node-death', 'its source comes back with it and follows with the data that it had; nothing is lost'),
        proof('e2e-full/mysql/disk-full', 'it comes back when there is space, with all that was acknowledged'),
      ],
    },
  ],
};
