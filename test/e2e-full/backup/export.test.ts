import { BackupDrill } from '../../../lib/mysql/backup/backup-drill';
import { MySqlDump } from '../../../lib/mysql/backup/mysql-dump';
import { MySqlRestore } from '../../../lib/mysql/backup/mysql-restore';
import { BackedUp, backupsIn } from '../../e2e/mysql/backed-up';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { applyDeclared } from '../../e2e/mysql/declare';
import { TOPOLOGIES } from '../../e2e/mysql/topologies';
import { diagnosed } from '../../e2e/support/diagnosed';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { TestedExport } from './tested-export';

const NAMESPACE = 'e2e-backup-export';
const RESTORED = `${NAMESPACE}-restored`;
const NAMESPACES = [NAMESPACE, RESTORED];
const [{ members, topology }] = TOPOLOGIES;
/** What a dump must bring, beside rows. */
const OBJECTS = `
  CREATE TABLE shop.orders (id INT PRIMARY KEY, note VARCHAR(40) CHARACTER SET utf8mb4, picture BLOB, at TIMESTAMP(6) NOT NULL);
  INSERT INTO shop.orders VALUES (1, 'Müller 🛒', X'00FF27', '2026-11-29 10:00:00.123456'), (2, '\\\\ ''quoted''', NULL, '2026-03-29 01:30:00');
  CREATE VIEW shop.open_orders AS SELECT id, note FROM shop.orders;
  CREATE TRIGGER shop.orders_note BEFORE INSERT ON shop.orders FOR EACH ROW SET NEW.note = COALESCE(NEW.note, 'none');
  CREATE FUNCTION shop.twice(n INT) RETURNS INT DETERMINISTIC RETURN 2 * n;
  CREATE EVENT shop.nightly ON SCHEDULE EVERY 1 DAY DO DELETE FROM shop.orders WHERE id < 0;
  CREATE DATABASE stock; CREATE TABLE stock.items (id INT PRIMARY KEY); INSERT INTO stock.items VALUES (7)`;
const FOUND = `SELECT GROUP_CONCAT(CONCAT_WS('|', id, note, HEX(picture), at) ORDER BY id), (SELECT COUNT(*) FROM shop.open_orders), shop.twice(4),
  (SELECT COUNT(*) FROM information_schema.events WHERE event_schema = 'shop'),
  (SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = 'shop') FROM shop.orders`;
const EXPECTED = '1|Müller 🛒|00FF27|2026-11-29 10:00:00.123456,2|\\\\ \'quoted\'|2026-03-29 01:30:00.000000\t2\t8\t1\t1';

describeInNamespace(RESTORED, () => describeInNamespace(NAMESPACE, () => {
  const store = new TestedExport(NAMESPACE, NAMESPACES);
  const cluster = new TestedCluster(NAMESPACE, members);
  const other = new TestedCluster(RESTORED, members);
  const backups = new BackedUp(NAMESPACE);
  const declared = () => backupsIn(store, {
    drill: BackupDrill.weekly({ check: 'SELECT COUNT(*) > 0 FROM shop.numbers' }), dump: MySqlDump.weekly({ keep: 2 }),
  });

  afterAll(async () => await store.clear(), 180_000);

  diagnosed('a cluster with backups on a claim of an NFS export starts, and its archive is ready', NAMESPACES, async () => {
    await store.start();
    await applyDeclared(NAMESPACE, topology(), { backups: declared() });
    await cluster.ready();
    await cluster.startWriter();
    await until('the archive is ready', 120, async () => await cluster.condition('mysql-archive-0') === 'True');
    await cluster.sql(await cluster.writable(), OBJECTS);
  });

  diagnosed('a backup is made there under writes, the list has it, and the drill restores it', NAMESPACES, async () => {
    await cluster.writes();
    await backups.succeed('backup');
    await backups.archived();
    expect(await backups.succeed('backup-list')).toMatch(/^timeline initial: recoverable from \S+Z until \S+Z$/m);
    expect(await backups.succeed('drill')).toContain('drill passed');
  });

  diagnosed('a dump is made of what the store has', NAMESPACES, async () => {
    await backups.archived();
    const log = await backups.succeed('dump');
    expect(log).toMatch(/dump \S+ holds 2 databases of \S+: shop stock$/m);
    expect(log).toMatch(/dump \S+ is stored and was read again: snapshot [0-9a-f]+$/m);
  });

  diagnosed('of three dumps the last two are kept', NAMESPACES, async () => {
    await backups.succeed('dump');
    expect(await backups.succeed('dump')).toContain('removed 1 dumps that are not kept');
    expect((await store.runBlock('backup-dump-list')).match(/^[0-9a-f]{8} /gm)).toHaveLength(2);
  });

  diagnosed('a dropped database is loaded from the dump, with rows, views, routines, triggers and events', NAMESPACES, async () => {
    const primary = await cluster.writable();
    await cluster.stopWriter();
    expect(await cluster.sql(primary, FOUND)).toBe(EXPECTED);
    await cluster.sql(primary, 'DROP DATABASE shop; DELETE FROM stock.items');
    await store.runBlock('backup-dump-load');
    expect(await cluster.sql(primary, FOUND)).toBe(EXPECTED);
    expect(await cluster.sql(primary, 'SELECT COUNT(*) FROM stock.items')).toBe('0'); // only the one that was asked for
  });

  diagnosed('a backup after the dumps has none of them among its own, and the next restore has all rows', NAMESPACES, async () => {
    await cluster.startWriter('again');
    await cluster.writes('again', 20);
    expect(await backups.succeed('backup')).toContain('of 2 proven backups of the timeline initial 2 are kept');
    await cluster.writes('again', 20);
    const seen = await cluster.stopWriter('again');
    await backups.archived();
    await applyDeclared(RESTORED, topology(), {
      restore: MySqlRestore.from(store.asBackup(), { cluster: `${NAMESPACE}/mysql`, id: 'r1' }),
    });
    await other.ready(240);
    await other.requireNothingLost(await other.writable(), seen);
    expect(await other.sql(await other.writable(), FOUND)).toBe(EXPECTED);
  });
}));
