import { Family, proof } from '../feature';

const E2E = 'e2e/mysql/backup';
const MEMBERS = 'e2e-full/backup/archive';
const POD = 'e2e-full/backup/archive-pod';
const INTERRUPTIONS = 'e2e-full/backup/interruptions';

export const BACKUP: Family = {
  id: 'backup',
  title: 'Backups of MySqlCluster',
  features: [
    {
      name: 'a backup under writes, of both topologies, in a store that speaks S3, encrypted and started once',
      unit: ['mysql/backup/backup', 'mysql/backup/backup.errors', 'mysql/scripts/backup/donors', 'mysql/scripts/backup/own-data'],
      endToEnd: [proof(E2E, 'a backup is made while clients write, and no client sees an error')],
      notTested: 'S3 of Amazon itself, and servers of 8.4',
    },
    { name: 'backups on a claim or an NFS export', unit: ['mysql/backup/backup'],
      endToEnd: [proof('e2e-full/backup/export', 'a backup is made there under writes, the list has it, and the drill restores it')],
    },
    {
      name: 'an archive of binary logs, with states',
      unit: ['mysql/scripts/backup/decide-archive', 'mysql/scripts/backup/archive-logs'],
      endToEnd: [proof(E2E, 'a cluster with backups starts, and its archive is ready')],
    },
    {
      name: 'no gap in the archive after a failover, a switchover, a cut or a freeze; a killed archive, a lost claim, a store that is away',
      unit: ['mysql/scripts/backup/decide-archive'],
      endToEnd: [
        proof(MEMBERS, '${name}: the archive goes on'),
        proof(MEMBERS, 'a drill restores every row that was acknowledged, from the backup before all faults'),
        proof(POD, '${name}: the archive goes on'),
        proof(POD, 'the store is away for ${AWAY_S} s: the archive is not ready, and catches up'),
        proof(POD, 'the archive has one chain without a gap, and a drill restores every row that was acknowledged'),
      ],
    },
    {
      name: 'a gap has a name, and a backup closes it',
      unit: ['mysql/scripts/backup/decide-archive', 'mysql/scripts/store/list'],
      endToEnd: [
        proof(POD, 'logs that are purged before the archive comes are a gap, which has a name'),
        proof(POD, 'a backup closes the gap, and from then on every row can be restored again'),
      ],
    },
    {
      name: 'no half backup counts after a kill at any step of a backup, its retention, a drill or a restore',
      unit: ['mysql/scripts/store/locks', 'mysql/scripts/store/keep'],
      endToEnd: [
        proof(INTERRUPTIONS, 'a backup is interrupted by ${named(each)}, and the Job succeeds'),
        proof(INTERRUPTIONS, 'retention is interrupted by ${named(each)}, and the Job succeeds'),
        proof(INTERRUPTIONS, 'a drill is interrupted by ${named(each)}, and the Job succeeds'),
        proof(INTERRUPTIONS, 'a restore is interrupted by ${named(each)}, and the cluster has every row'),
      ],
    },
    {
      name: 'a list of what can be restored',
      unit: ['mysql/scripts/store/list', 'mysql/scripts/store/look'],
      endToEnd: [proof(E2E, 'the list says until when the data can be restored')],
    },
    {
      name: 'a drill with a check',
      unit: ['mysql/scripts/backup/drill'],
      endToEnd: [proof(E2E, 'the drill restores it, and its check is true')],
    },
    {
      name: 'a restore into another cluster, before a transaction',
      unit: ['mysql/scripts/backup/restore', 'mysql/scripts/backup/resolve-point', 'mysql/scripts/backup/replay'],
      endToEnd: [
        proof(E2E, 'a table is dropped, and another cluster is restored to the transaction before'),
        proof(E2E, 'the restored cluster writes transactions that no other cluster ever had'),
      ],
    },
    {
      name: 'a restore after everything is lost but the store; once only',
      unit: ['mysql/scripts/backup/fetch-logs', 'mysql/scripts/backup/fetch-base'],
      endToEnd: [
        proof(E2E, 'everything is lost but the store, and the cluster is restored to the last transaction'),
        proof(E2E, 'the same manifests again restore nothing'),
        proof('e2e/folders', '${folder} starts by the README\'s line, and its data outlives kubectl delete -f'),
      ],
    },
    {
      name: 'a restore to a random time or transaction, ten of each',
      unit: ['mysql/scripts/backup/resolve-point'],
      endToEnd: [
        proof('e2e-full/backup/points', 'random time ${time} has what was committed before, and nothing that was written later'),
        proof('e2e-full/backup/points', 'random transaction ${time} is ${after ? \'the last one\' : \'the first one that is not there\'}'),
      ],
    },
    {
      name: 'how much a total loss loses, with and without the claim of the archive',
      unit: ['mysql/scripts/backup/decide-archive'],
      endToEnd: [
        proof('e2e-full/backup/losses', 'loss ${time} of everything but the store loses no more than an interval and ten seconds'),
        proof('e2e-full/backup/losses',
          'loss ${time} of everything but the store and the claim of the archive loses no more than two seconds'),
      ],
    },
    {
      name: 'what backups and the archive cost',
      unit: [],
      endToEnd: [
        proof('e2e-full/backup/costs', 'the archive costs little at rest'),
        proof('e2e-full/backup/costs', 'commits take hardly longer while a backup is made, and while a table changes'),
      ],
      notTested: 'full tests that were not yet run to the end',
    },
    {
      name: 'no secret in an argument, an environment or a log of any container',
      unit: ['mysql/backup/backup'],
      endToEnd: [
        proof('e2e-full/backup/secrets', 'no process of a backup, of the archive and of the members shows a secret'),
        proof('e2e-full/backup/secrets', 'no process of a restore shows a secret'),
      ],
    },
    {
      name: 'faults of the store: packs, key, credentials, bucket, room, authority; a table of MyISAM; a small scratch volume',
      unit: ['mysql/scripts/store/look', 'mysql/scripts/store/full-store', 'mysql/scripts/backup/fetch-base'],
      endToEnd: [
        proof('e2e-full/backup/store-faults', '${fault} makes backup and drill fail, until it is there again'),
        proof('e2e-full/backup/store-faults', 'refused credentials make backup, drill and archive fail, until they are right'),
        proof('e2e-full/backup/store-places', 'an authority that nobody knows makes backup, drill and archive fail, until it is named'),
        proof('e2e-full/backup/store-places', 'a full scratch volume makes backup and drill fail, until it has room'),
      ],
    },
    {
      name: 'data that is not what the store has: initialized from scratch, restored twice, of a second cluster',
      unit: ['mysql/scripts/backup/own-data', 'mysql/scripts/backup/decide-archive'],
      endToEnd: [
        proof('e2e-full/backup/identities', 'new data of the same name is refused, with ${volume} of the archive, and nothing is deleted'),
        proof('e2e-full/backup/identities', 'with a new id it has the data of the last timeline, and none of those that were left'),
        proof('e2e-full/backup/identities', 'a second cluster on the same folder of the store is refused, and the first one goes on'),
      ],
    },
    {
      name: 'how long backup and restore of 2 GiB take, beside a manual copy and mysqldump',
      unit: [],
      endToEnd: [
        proof('e2e-full/backup/size', 'that takes at most three times what it takes to copy the files and to start a server on them'),
      ],
      notTested: 'the bar of three times is missed: six times on a busy machine',
    },
    {
      name: 'a dump as SQL of what the store has, and a database that is loaded from it',
      unit: ['mysql/scripts/backup/dump', 'mysql/scripts/store/store-dump', 'mysql/backup/backup.errors'],
      endToEnd: [
        proof('e2e-full/backup/export', 'a dump is made of what the store has'),
        proof('e2e-full/backup/export', 'a dropped database is loaded from the dump, with rows, views, routines, triggers and events'),
      ],
      notTested: 'into servers of an older series',
    },
    { name: 'retention of proven backups and of logs', unit: ['mysql/scripts/store/keep'], notTested: 'on a cluster' },
  ],
};
