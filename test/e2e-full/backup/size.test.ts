import { readFileSync } from 'fs';
import { join } from 'path';
import { ApiObject, Size } from 'cdk8s';
import { MySqlRestore } from '../../../lib/mysql/backup/mysql-restore';
import { PointInTimeArchive } from '../../../lib/mysql/backup/point-in-time-archive';
import { BackedUp, backupsIn } from '../../e2e/mysql/backed-up';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { applyDeclared } from '../../e2e/mysql/declare';
import { TestedStore } from '../../e2e/mysql/store';
import { TOPOLOGIES } from '../../e2e/mysql/topologies';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { applyChart, describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Measures } from '../mysql/measures';

const NAMESPACE = 'e2e-backup-size';
const RESTORED = `${NAMESPACE}-restored`;
const NAMESPACES = [NAMESPACE, RESTORED];
const STORAGE = { storage: { size: Size.gibibytes(8) } };
/** Two of them fill a page of 16 KiB, so that the table has 2 GiB. */
const ROW = `CONCAT(${Array(7).fill('RANDOM_BYTES(1024)').join()})`;
const ROWS = 2 ** 18;
const BATCH = 2 ** 13;
const TIMES_MAX = 3;

describeInNamespace(RESTORED, () => describeInNamespace(NAMESPACE, () => {
  const [, { members, topology }] = TOPOLOGIES;
  const store = new TestedStore(NAMESPACE);
  const cluster = new TestedCluster(NAMESPACE, members);
  const other = new TestedCluster(RESTORED, members);
  const backups = new BackedUp(NAMESPACE);
  const measures = new Measures();
  const [source] = members;

  afterAll(() => measures.report());

  diagnosed('a cluster has 2 GiB of data that cannot be compressed', NAMESPACES, async () => {
    await store.start();
    await applyDeclared(NAMESPACE, topology(), { ...STORAGE, backups: backupsIn(store, { pointInTime: PointInTimeArchive.none() }) });
    await cluster.ready();
    const columns = 'id INT AUTO_INCREMENT PRIMARY KEY, data VARBINARY(7168) NOT NULL';
    await cluster.sql(source, `CREATE TABLE shop.numbers (${columns}); INSERT INTO shop.numbers (data) VALUES (${ROW})`);
    for (let rows = 1; rows < ROWS; rows += Math.min(rows, BATCH)) {
      await cluster.sql(source, `INSERT INTO shop.numbers (data) SELECT ${ROW} FROM shop.numbers LIMIT ${BATCH}`);
    }
    const bytes = 'SELECT file_size FROM information_schema.innodb_tablespaces WHERE name = "shop/numbers"';
    expect(Number(await cluster.sql(source, bytes))).toBeGreaterThanOrEqual(2 ** 31);
    expect(await cluster.sql(source, 'SELECT COUNT(*) FROM shop.numbers')).toBe(String(ROWS));
    await until('the replica has them', 720, async () => await cluster.executed(members[1]) === await cluster.executed(source));
  }, 1200);

  diagnosed('a backup of it is made', NAMESPACES, async () => {
    await measures.of('backup', async () => {
      const { succeeded } = await backups.run('backup', 900);
      expect(succeeded).toBe(true);
    });
  }, 900);

  diagnosed('it is restored', NAMESPACES, async () => {
    await store.admit(RESTORED);
    await applyDeclared(RESTORED, topology(), {
      ...STORAGE, restore: MySqlRestore.from(store.asBackup(), { cluster: `${NAMESPACE}/mysql`, id: 'r1' }),
    });
    await other.ready(900);
    const created = await kubectl('--namespace', RESTORED, 'get', 'job', '--selector', 'app.kubernetes.io/component=restore', '--output',
      'jsonpath={.items[0].metadata.creationTimestamp}');
    const ready = await kubectl('--namespace', RESTORED, 'get', 'pod', source, '--output',
      'jsonpath={.status.conditions[?(@.type=="Ready")].lastTransitionTime}');
    measures.add('restore, until the first server is ready', Date.parse(ready) - Date.parse(created));
    console.log(await kubectl('--namespace', RESTORED, 'logs', '--selector', 'app.kubernetes.io/component=restore', '--all-containers',
      '--tail', '-1'));
    const checksum = 'CHECKSUM TABLE shop.numbers';
    expect(await other.sql(source, checksum)).toBe(await cluster.sql(source, checksum));
  }, 960);

  diagnosed('that takes at most three times what it takes to copy the files and to start a server on them', NAMESPACES, async () => {
    await kubectl('--namespace', NAMESPACE, 'scale', 'statefulset', 'mysql-replica', '--replicas', '0');
    await kubectl('--namespace', NAMESPACE, 'wait', 'pod/mysql-replica-0', '--for', 'delete', '--timeout', '90s');
    await startByHand(`data-${members[1]}`);
    await until('all is copied by hand', 900, async () => (
      await kubectl('--namespace', NAMESPACE, 'get', 'pod', 'by-hand', '--output', 'jsonpath={.status.phase}') !== 'Running'));
    const log = await kubectl('--namespace', NAMESPACE, 'logs', 'by-hand');
    console.log(log);
    for (const [, what, milliseconds] of log.matchAll(/^(\D+) (\d+)$/gm)) {
      measures.add(what, Number(milliseconds));
    }
    const times = measures.median('restore, until the first server is ready') / measures.median('cp and start');
    console.log(`the restore takes ${times.toFixed(1)} times as long as cp and start`);
    expect(times).toBeLessThanOrEqual(TIMES_MAX);
  }, 1000);
}));

/** Runs what somebody does without backups, in a pod with the volume of a stopped server and another one of the same class. */
async function startByHand(claim: string): Promise<void> {
  await applyChart(NAMESPACE, (chart) => {
    new ApiObject(chart, 'claim', {
      apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'by-hand' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '8Gi' } } },
    });
    new ApiObject(chart, 'pod', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'by-hand' },
      spec: {
        restartPolicy: 'Never',
        securityContext: { runAsNonRoot: true, runAsUser: 999, fsGroup: 999, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [{
          name: 'by-hand', image: 'mysql:9.7', imagePullPolicy: 'IfNotPresent',
          command: ['bash', '-c', readFileSync(join(__dirname, 'copied-by-hand.sh'), 'utf8')],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          volumeMounts: [{ name: 'from', mountPath: '/from' }, { name: 'to', mountPath: '/to' }],
        }],
        volumes: [
          { name: 'from', persistentVolumeClaim: { claimName: claim } },
          { name: 'to', persistentVolumeClaim: { claimName: 'by-hand' } },
        ],
      },
    });
  });
  await kubectl('--namespace', NAMESPACE, 'wait', 'pod/by-hand', '--for', 'jsonpath={.status.phase}=Running', '--timeout', '60s');
}
