import { MySqlRestore } from '../../../lib/mysql/backup/mysql-restore';
import { BackedUp, backupsIn } from '../../e2e/mysql/backed-up';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { applyDeclared } from '../../e2e/mysql/declare';
import { TestedStore } from '../../e2e/mysql/store';
import { TOPOLOGIES } from '../../e2e/mysql/topologies';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { ProcessSearch } from './process-search';

const NAMESPACE = 'e2e-backup-secrets';
const RESTORED = `${NAMESPACE}-restored`;
const NAMESPACES = [NAMESPACE, RESTORED];
const TRIES = 5; // some steps take a second
const SECRETS_MIN = 5; // passwords of accounts, besides the secrets of the store
const TESTS_OWN = ['store', 'writer']; // the store has its keys in its environment, and the writer logs in as it likes
const [, { members, topology }] = TOPOLOGIES;

interface Secrets {
  readonly items: { readonly data?: Record<string, string> }[];
}

/** What the passwords and keys of a namespace are. */
async function secretsOf(namespace: string): Promise<string[]> {
  const { items } = JSON.parse(await kubectl('--namespace', namespace, 'get', 'secrets', '--output', 'json')) as Secrets;
  const values = items.flatMap(({ data = {} }) => Object.entries(data)
    .filter(([key]) => /password|secret-access-key/.test(key)).map(([, value]) => Buffer.from(value, 'base64').toString().trim()));
  return [...new Set([...values, ...TestedStore.SECRETS])];
}

describeInNamespace(RESTORED, () => describeInNamespace(NAMESPACE, () => {
  const store = new TestedStore(NAMESPACE);
  const cluster = new TestedCluster(NAMESPACE, members);
  const backups = new BackedUp(NAMESPACE);

  /** Runs Jobs until each of the containers was searched while it ran. */
  async function requireHidden(containers: string[], run: () => Promise<unknown>, namespace = NAMESPACE, tries = TRIES): Promise<void> {
    const secrets = await secretsOf(namespace);
    expect(secrets.length).toBeGreaterThan(SECRETS_MIN);
    const search = new ProcessSearch(namespace, secrets, TESTS_OWN);
    for (let time = 0; time < tries && containers.some((container) => !search.searched.has(container)); time++) {
      await search.during(run());
    }
    expect(search.found).toEqual([]);
    expect(containers.filter((container) => !search.searched.has(container))).toEqual([]);
  }

  diagnosed('a cluster with backups starts', [NAMESPACE], async () => {
    await store.start();
    await applyDeclared(NAMESPACE, topology(), { backups: backupsIn(store) });
    await cluster.ready();
    await cluster.startWriter();
  });

  diagnosed('no process of a backup, of the archive and of the members shows a secret', [NAMESPACE], async () => {
    await requireHidden(['look', 'copy', 'store', 'keep', 'receive', 'ship', 'mysqld', 'agent'], () => backups.succeed('backup'));
  }, 900);

  diagnosed('no process of a drill shows a secret', [NAMESPACE], async () => {
    await requireHidden(['drill'], () => backups.succeed('drill'));
  }, 900);

  diagnosed('no process of a restore shows a secret', NAMESPACES, async () => {
    await store.admit(RESTORED);
    await applyDeclared(RESTORED, topology(), { restore: MySqlRestore.from(store.asBackup(), { cluster: `${NAMESPACE}/mysql`, id: 'r1' }) });
    await until('the passwords are generated', 60, async () => (await secretsOf(RESTORED)).length > SECRETS_MIN);
    await requireHidden(['restore', 'mysqld'], () => new TestedCluster(RESTORED, members).ready(300), RESTORED, 1);
  }, 600);

  diagnosed('no log shows a secret', NAMESPACES, async () => {
    for (const namespace of NAMESPACES) {
      const secrets = await secretsOf(namespace);
      const pods = (await kubectl('--namespace', namespace, 'get', 'pods', '--output', 'name')).split('\n').filter((pod) => pod !== '');
      for (const pod of pods) {
        const log = await kubectl('--namespace', namespace, 'logs', pod, '--all-containers', '--tail', '-1');
        expect([pod, secrets.filter((secret) => log.includes(secret)).length]).toEqual([pod, 0]);
      }
    }
  });
}));
