import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { BackupRetention } from '../../../lib/mysql/backup/backup-retention';
import { BackedUp, backupsIn } from '../../e2e/mysql/backed-up';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { applyDeclared } from '../../e2e/mysql/declare';
import { TestedStore } from '../../e2e/mysql/store';
import { TOPOLOGIES } from '../../e2e/mysql/topologies';
import { diagnosed } from '../../e2e/support/diagnosed';
import { command, kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { SmallDisk } from '../mysql/small-disk';
import { Failing } from './failing';
import { Inventory } from './inventory';
import { SmallScratch } from './small-scratch';
import { TestedArchive } from './tested-archive';
import { Texts } from './texts';

const NAMESPACE = 'e2e-store-places';
const AUTHORITY = 'store-tls';
const UNTRUSTED = /the certificate of https:\/\/store\.\S+ is not trusted: give the backup the authority that signed it/;
const FULL = /the scratch volume \/scratch is full: \d+ MiB are free, and a backup needs the size of the data and \d+ MiB: make it larger/;
const SMALL = /copy\.sh: the scratch volume \/scratch is too small for the data of mysql-replica-0: make it larger; the server says: /;
const NO_ROOM = /the scratch volume has room for \d+ bytes, and the base \S+ needs \d+: give it more/;
const DECLARED_MEBIBYTES = 2048; // as much as the claims of the members
const MEBIBYTES = 1536;
const OPTIONS = { retention: BackupRetention.keep({ last: 50 }) }; // so that no backup goes

const impossible = SmallDisk.impossible();
const scratch = new SmallScratch('e2e-scratch', MEBIBYTES);

afterAll(async () => { // after the namespace and its claims
  if (impossible === undefined) {
    await scratch.remove();
  }
}, 60_000);

describeInNamespace(NAMESPACE, () => {
  const [, { members, topology }] = TOPOLOGIES;
  const store = new TestedStore(NAMESPACE);
  const cluster = new TestedCluster(NAMESPACE, members);
  const backups = new BackedUp(NAMESPACE);
  const archive = new TestedArchive(cluster);
  const texts = new Texts(cluster, members[0]);
  const failing = new Failing(NAMESPACE);
  const inventory = new Inventory(store, NAMESPACE);
  let bases: string[] = [];

  diagnosed('a cluster stores a backup by https, with an authority of its own', [NAMESPACE], async () => {
    await createCertificate();
    await store.start(undefined, AUTHORITY);
    await apply(AUTHORITY);
    await cluster.ready();
    await texts.create();
    await backups.succeed('backup');
    await until('the archive is ready', 120, archives);
    bases = await inventory.bases();
    expect(bases).toHaveLength(1);
  });

  diagnosed('an authority that nobody knows makes backup, drill and archive fail, until it is named', [NAMESPACE], async () => {
    await apply();
    await failing.run('backup', UNTRUSTED);
    await failing.run('drill', UNTRUSTED);
    await failing.archive(/x509/, async () => await texts.write());
    expect(await inventory.published()).toEqual(bases);
    await apply(AUTHORITY);
    await backups.succeed('backup');
    await until('the archive is ready', 120, archives);
    bases = await inventory.bases();
    expect(bases).toHaveLength(2);
  }, 480);

  diagnosed('a full scratch volume makes backup and drill fail, until it has room', [NAMESPACE], async () => {
    if (impossible !== undefined) {
      console.log(`left out: ${impossible}`);
      return;
    }
    await scratch.create(NAMESPACE, undefined, DECLARED_MEBIBYTES);
    const backedUp = backupsIn(store, { ...OPTIONS, scratch: { storageClassName: SmallDisk.CLASS } });
    await applyDeclared(NAMESPACE, topology(), { backups: backedUp });
    await scratch.offer(120);
    await failing.run('backup', FULL);
    await scratch.offer(220);
    await failing.run('backup', SMALL);
    await scratch.offer(100);
    await failing.run('drill', NO_ROOM);
    expect(await inventory.published()).toEqual(bases);
    await scratch.offer(1200);
    await backups.succeed('backup');
    await kubectl('--namespace', NAMESPACE, 'delete', 'job', '--all', '--cascade=foreground');
    await scratch.offer(1200);
    await backups.succeed('drill');
    await kubectl('--namespace', NAMESPACE, 'delete', 'job', '--all', '--cascade=foreground');
    expect((await inventory.published()).slice(1)).toEqual(bases);
  }, 480);

  /** By https, where an authority may be named. */
  async function apply(authority?: string): Promise<void> {
    await applyDeclared(NAMESPACE, topology(), { backups: backupsIn(store, OPTIONS, store.asSecureBackup(authority)) });
  }

  async function archives(): Promise<boolean> {
    return await archive.archives();
  }

  async function createCertificate(): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-certificates-'));
    try {
      await command('bash', [join(__dirname, '../mysql/certificate.sh'), '0x51', '30', store.host], folder);
      const files = ['ca.crt', 'tls.crt', 'tls.key'].map((file) => `--from-file=${join(folder, file)}`);
      await kubectl('--namespace', NAMESPACE, 'create', 'secret', 'generic', AUTHORITY, ...files);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
});
