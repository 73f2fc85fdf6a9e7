import { BackupRetention } from '../../../lib/mysql/backup/backup-retention';
import { BackedUp, backupsIn } from '../../e2e/mysql/backed-up';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { applyDeclared } from '../../e2e/mysql/declare';
import { TestedStore } from '../../e2e/mysql/store';
import { TOPOLOGIES } from '../../e2e/mysql/topologies';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Failing } from './failing';
import { Inventory } from './inventory';
import { Restored } from './restored';
import { ARCHIVE, TestedArchive } from './tested-archive';
import { Texts } from './texts';

const NAMESPACE = 'e2e-store-faults';
const RESTORED = `${NAMESPACE}-restored`;
const NAMESPACES = [NAMESPACE, RESTORED];
const MEBIBYTES = 512; // of the store
const [RIGHT_SECRET, RIGHT_KEY] = TestedStore.SECRETS;
/** What a pack of the repository is: most of a base. */
const PACK = 'pack=$(ls -S base/data/*/* | head -n 1)';
/** Half of it is something else. */
const DAMAGE = 'dd if=/dev/urandom of="$pack" bs=1k count=$(($(stat -c %s "$pack") / 2048)) conv=notrunc 2>/dev/null';

const NOT_INNODB = /copy\.sh: these tables are not InnoDB.*: shop\.old \(MyISAM\); nothing was stored\. Change each, as in ALTER TABLE/;
const KEY = /(?=.*another key than \/encryption-key\/password)(?=.*put the key of this store into the Secret)/;
const REFUSED = /http:\/\/store\.\S+ refuses the credentials: correct access-key-id and secret-access-key of the Secret/;
const DAMAGED = /the repository at http:\/\/store\.\S+ is damaged: repair it with `restic repair`/;
const UNREADABLE = /restoring the base \S+ failed in \S+\/base: .*if the repository is damaged, restore another backup/;
const NO_BUCKET = /http:\/\/store\.\S+ has no bucket backups for these credentials: make it, or correct its name/;
const FULL = /http:\/\/store\.\S+ is full: make it larger, or remove old backups with `restic forget --prune`/;

describeInNamespace(RESTORED, () => describeInNamespace(NAMESPACE, () => {
  const [, { members, topology }] = TOPOLOGIES;
  const store = new TestedStore(NAMESPACE);
  const cluster = new TestedCluster(NAMESPACE, members);
  const backups = new BackedUp(NAMESPACE);
  const archive = new TestedArchive(cluster);
  const texts = new Texts(cluster, members[0]);
  const failing = new Failing(NAMESPACE);
  const inventory = new Inventory(store, NAMESPACE);
  let bases: string[] = [];

  diagnosed('a cluster with a backup starts', NAMESPACES, async () => {
    await store.start(MEBIBYTES);
    await applyDeclared(NAMESPACE, topology(), { backups: backupsIn(store, { retention: BackupRetention.keep({ last: 50 }) }) });
    await cluster.ready();
    await texts.create();
    await until('the archive is ready', 120, archives);
    await backups.succeed('backup');
    bases = await inventory.bases();
    expect(bases).toHaveLength(1);
  });

  diagnosed('a table of MyISAM makes a backup fail, and the statement that it names cures that', NAMESPACES, async () => {
    await cluster.sql(members[0], 'CREATE TABLE shop.old (id INT PRIMARY KEY) ENGINE = MyISAM; INSERT INTO shop.old VALUES (1)');
    const line = await failing.run('backup', NOT_INNODB);
    expect(await inventory.bases()).toEqual(bases);
    await cluster.sql(members[0], /ALTER TABLE .* ENGINE = InnoDB/.exec(line)![0]);
    await requireBackup();
  });

  const packs = [
    ['a damaged pack', `cp "$pack" /data/kept; ${DAMAGE}`, 'cat /data/kept >"$pack"; rm /data/kept'],
    ['a missing pack', 'mv "$pack" /data/kept', 'mv /data/kept "$pack"'],
  ];
  for (const [fault, harm, cure] of packs) {
    diagnosed(`${fault} makes backup and drill fail, until it is there again`, NAMESPACES, async () => {
      const pack = await inventory.shell(`${PACK}; ${harm}; echo "$pack"`);
      await during(async () => {
        await failing.run('backup', DAMAGED);
        await failing.run('drill', UNREADABLE);
        expect(await inventory.bases()).toEqual(bases);
      }, async () => await inventory.shell(`pack=${pack}; ${cure}`));
      await requireBackup();
      await backups.succeed('drill');
    });
  }

  diagnosed('another encryption key makes backup, drill, list and archive fail, until it is the right one', NAMESPACES, async () => {
    await setSecret('backup-key', { password: 'another key' });
    await during(async () => {
      await failing.run('backup', KEY);
      await failing.run('drill', KEY);
      await failing.run('backup-list', KEY);
      await kubectl('--namespace', NAMESPACE, 'delete', 'pod', ARCHIVE); // it has the right one as long as it runs
      await failing.archive(/bad password/, async () => await texts.write());
    }, async () => await setSecret('backup-key', { password: RIGHT_KEY }));
    expect(await inventory.bases()).toEqual(bases);
    await requireBackup();
    await until('the archive goes on', 180, archives);
  }, 600);

  diagnosed('refused credentials make backup, drill and archive fail, until they are right', NAMESPACES, async () => {
    const before = await incarnation();
    await setSecret('backup-store', { 'secret-access-key': 'expired' });
    await during(async () => {
      await failing.run('backup', REFUSED);
      await failing.run('drill', REFUSED);
      await failing.archive(/SignatureDoesNotMatch|403/, async () => await texts.write());
    }, async () => await setSecret('backup-store', { 'secret-access-key': RIGHT_SECRET }));
    expect(await inventory.bases()).toEqual(bases);
    await requireBackup();
    await until('the archive goes on', 180, archives);
    expect(await incarnation()).toBe(before);
  }, 600);

  diagnosed('a bucket that is not there makes backup and drill fail, until it is', NAMESPACES, async () => {
    await store.hasBucket(false);
    await during(async () => {
      await failing.run('backup', NO_BUCKET);
      await failing.run('drill', NO_BUCKET);
    }, async () => await store.hasBucket(true));
    expect(await inventory.bases()).toEqual(bases);
    await requireBackup();
  });

  diagnosed('a full bucket makes backup and archive fail, and the drill does not need room', NAMESPACES, async () => {
    const before = await incarnation();
    await store.isFull(true);
    await during(async () => {
      await failing.run('backup', FULL);
      await backups.succeed('drill');
      await failing.archive(/[Nn]o space left|InsufficientStorage|507/, async () => await texts.write());
    }, async () => await store.isFull(false));
    expect(await inventory.bases()).toEqual(bases);
    await requireBackup();
    await until('the archive goes on', 120, archives);
    expect(await incarnation()).toBe(before);
  }, 900);

  diagnosed('a restore fails by the same causes, and goes on when they are cured', NAMESPACES, async () => {
    const restored = new Restored(RESTORED, store, `${NAMESPACE}/mysql`);
    const attempts = new Failing(RESTORED);
    await backups.archived();
    const rows = await cluster.sql(members[0], 'CHECKSUM TABLE shop.numbers');
    await store.admit(RESTORED);
    await setSecret('backup-key', { password: 'another key' }, RESTORED);
    await Promise.all([restored.to(), (async () => {
      await attempts.restore(KEY);
      const pack = await inventory.shell(`${PACK}; mv "$pack" /data/kept; echo "$pack"`);
      await setSecret('backup-key', { password: RIGHT_KEY }, RESTORED);
      await attempts.restore(UNREADABLE);
      await inventory.shell(`mv /data/kept ${pack}`);
    })()]);
    expect(await restored.sql(members[0], 'CHECKSUM TABLE shop.numbers')).toBe(rows);
  }, 480);

  async function archives(): Promise<boolean> {
    return await archive.archives();
  }

  /** Cures what makes the body fail, also where that is not as it should be. */
  async function during(body: () => Promise<void>, cure: () => Promise<unknown>): Promise<void> {
    await body().finally(cure);
  }

  /** A backup succeeds now, and the earlier ones are there. */
  async function requireBackup(): Promise<void> {
    await backups.succeed('backup');
    const now = await inventory.bases();
    expect(now).toEqual([expect.any(String), ...bases]);
    bases = now;
  }

  async function incarnation(): Promise<string> {
    const started = 'jsonpath={.metadata.uid} {.status.containerStatuses[*].containerID}';
    return await kubectl('--namespace', NAMESPACE, 'get', 'pod', ARCHIVE, '--output', started);
  }

  async function setSecret(name: string, stringData: Record<string, string>, namespace = NAMESPACE): Promise<void> {
    await kubectl('--namespace', namespace, 'patch', 'secret', name, '--patch', JSON.stringify({ stringData }));
  }
}));
