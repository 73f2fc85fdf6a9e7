import { RestorePoint } from '../../../lib/mysql/backup/restore-point';
import { backupsIn } from '../../e2e/mysql/backed-up';
import { TestedStore } from '../../e2e/mysql/store';
import { TOPOLOGIES } from '../../e2e/mysql/topologies';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { Failing } from './failing';
import { Inventory } from './inventory';
import { Recurring } from './recurring';
import { Restored } from './restored';
import { applyWithFolder } from './same-folder';

const NAMESPACE = 'e2e-identities';
const RESTORED = `${NAMESPACE}-restored`;
const TWIN = `${NAMESPACE}-twin`;
const NAMESPACES = [NAMESPACE, RESTORED, TWIN];
const FOREIGN = /FOREIGN: .*nothing is stored and nothing deleted\. To go back .* restore it; .* give its backups another prefix$/;
const USED = /timeline r1 was restored before, since the store \S+ has \w+ of it: take a new id/;
const RESTORES = ['--selector', 'app.kubernetes.io/component=restore'];

describeInNamespace(TWIN, () => describeInNamespace(RESTORED, () => describeInNamespace(NAMESPACE, () => {
  const [, { members: [source], topology }] = TOPOLOGIES;
  const store = new TestedStore(NAMESPACE);
  const cluster = new Recurring(NAMESPACE, store);
  const restored = new Restored(RESTORED, store, `${NAMESPACE}/mysql`);
  const twin = new Recurring(TWIN, store);
  const { backups } = cluster;
  const failing = new Failing(NAMESPACE);
  const inventory = new Inventory(store, NAMESPACE);
  /** Of each timeline in which the cluster was, all transactions at its end. */
  const histories: string[] = [];
  let before: Map<string, string>;
  let middle = '';
  let first: RestorePoint;

  diagnosed('a cluster has three backups, and transactions between them', NAMESPACES, async () => {
    await store.start();
    await cluster.apply();
    await cluster.ready();
    await cluster.sql(source, 'CREATE TABLE shop.numbers (number BIGINT PRIMARY KEY)');
    await cluster.archives();
    for (const number of [1, 2, 3]) {
      await backups.succeed('backup');
      await cluster.insert(number);
    }
    middle = await cluster.insert(4);
    await cluster.insert(5);
    await end();
    before = await inventory.contents();
  }, 420);

  for (const kept of ['spool-mysql-archive-0', undefined]) {
    const volume = kept === undefined ? 'a new volume' : 'the old volume';
    diagnosed(`new data of the same name is refused, with ${volume} of the archive, and nothing is deleted`, NAMESPACES, async () => {
      await cluster.clear(kept);
      await cluster.apply();
      await cluster.ready();
      await cluster.isForeign();
      await failing.run('backup', FOREIGN);
      await cluster.sql(source, 'CREATE TABLE shop.new (id INT PRIMARY KEY)');
      await cluster.isForeign();
      await inventory.requireIntact(before);
      expect([...(await inventory.contents()).keys()].sort()).toEqual([...before.keys()].sort());
      expect(await backups.succeed('backup-list')).toMatch(/^timeline initial: recoverable from \S+Z until \S+Z$/m);
    });
  }

  diagnosed('its backups can be restored', NAMESPACES, async () => {
    await store.admit(RESTORED);
    const ids = await inventory.published();
    expect(ids).toHaveLength(3);
    expect(await restored.to(RestorePoint.backup(ids[0]))).toEqual([1, 2]);
    expect(await restored.to(RestorePoint.backup(ids[2]))).toEqual([]);
    expect(await restored.to()).toEqual([1, 2, 3, 4, 5]);
    await restored.clear();
  }, 600);

  diagnosed('it is restored to a point before the end, and goes on', NAMESPACES, async () => {
    await cluster.clear();
    first = RestorePoint.afterTransaction(middle);
    await cluster.apply({ id: 'r1', until: first });
    await cluster.ready(300);
    expect(await cluster.rows()).toBe('1,2,3,4');
    await backups.firstOf('r1');
    await cluster.insert(11);
    middle = await cluster.insert(12);
    await cluster.insert(13);
    await end();
  }, 420);

  diagnosed('its id restores nothing a second time, to whichever point', NAMESPACES, async () => {
    await cluster.clear();
    for (const until of [first, RestorePoint.latest()]) {
      await cluster.apply({ id: 'r1', until });
      await failing.restore(USED);
      await kubectl('--namespace', NAMESPACE, 'delete', 'job', ...RESTORES, '--cascade=foreground');
    }
  });

  diagnosed('with a new id it has the data of the last timeline, and none of those that were left', NAMESPACES, async () => {
    await cluster.apply({ id: 'r2', until: RestorePoint.beforeTransaction(middle) });
    await cluster.ready(300);
    expect(await cluster.rows()).toBe('1,2,3,4,11');
    await backups.firstOf('r2');
    await cluster.insert(21);
    await end();
    await inventory.requireIntact(before);
  }, 420);

  diagnosed('no transaction has the identifier of another one', NAMESPACES, async () => {
    const uuids: string[][] = [];
    for (const [index, history] of histories.entries()) {
      const own = await cluster.sql(source, `SELECT GTID_SUBTRACT('${history}', '${histories.slice(0, index).join()}')`);
      console.log(`timeline ${index} has alone: ${own}`);
      uuids.push(own.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? []);
    }
    expect(uuids.map(({ length }) => length > 0)).toEqual([true, true, true]);
    expect(new Set(uuids.flat()).size).toBe(uuids.flat().length);
  });

  diagnosed('a restore of a cluster that has data does nothing, whatever its id is', NAMESPACES, async () => {
    const started = await cluster.starts();
    await cluster.apply({ id: 'r3' });
    const run = ['--namespace', NAMESPACE];
    await kubectl(...run, 'wait', 'job', ...RESTORES, '--for', 'condition=Complete', '--timeout', '120s');
    const log = await kubectl(...run, 'logs', ...RESTORES, '--container', 'restore', '--tail', '-1');
    expect(log).toMatch(/inert: there is data at mysql-\S+/);
    expect(await cluster.rows()).toBe('1,2,3,4,11,21');
    expect(await cluster.starts()).toBe(started);
  });

  diagnosed('a second cluster on the same folder of the store is refused, and the first one goes on', NAMESPACES, async () => {
    await cluster.archives();
    before = await inventory.contents();
    await store.admit(TWIN);
    await applyWithFolder(TWIN, `${NAMESPACE}/mysql`, topology(), { backups: backupsIn(store) });
    await twin.ready();
    await twin.isForeign();
    await new Failing(TWIN).run('backup', FOREIGN);
    await backups.succeed('backup');
    await cluster.insert(22);
    await backups.archived();
    await cluster.archives();
    await twin.isForeign();
    await inventory.requireIntact(before);
  }, 420);

  /** Before a cluster is lost, all that it wrote is in the store. */
  async function end(): Promise<void> {
    await cluster.archives();
    await backups.archived();
    histories.push(await cluster.executed(source));
  }
})));
