import { workloadFolders } from '../support/dist-folders';
import { BackedUpRow } from './support/backed-up-row';
import { Content, DefaultPage, OwnPages, Row } from './support/content';
import { FolderStore } from './support/folder-store';
import { FolderTrial, testFolder } from './support/folder-trial';
import { get, kubectl } from './support/kubectl';
import { Toolbox } from './support/toolbox';
import { Workspace } from './support/workspace';

/** How the README applies a folder of workloads and its base, and what its clients write and read. */
interface Tried {
  readonly folder: string;
  /** The tag of the README's block. */
  readonly block: string;
  readonly content: Content;
}

let toolbox: Toolbox | undefined;
const web = () => toolbox!;

/**
 * The folders of a round are tried side by side. Each MySQL app has a round of its own: the requests of both would not fit two nodes of two
 * cores.
 */
const ROUNDS: Tried[][] = [
  [
    { folder: 'mysql-innodb-cluster', block: 'mysql-innodb-cluster-apply', content: new Row('mysql-innodb-cluster', 'mysql') },
    { folder: 'web-topology', block: 'web-topology-apply', content: new DefaultPage(web, 'web-topology') },
    { folder: 'web-hardened', block: 'web-hardened-apply', content: new DefaultPage(web, 'web-hardened') },
  ],
  [
    { folder: 'mysql-source-replica', block: 'mysql-source-replica-apply', content: new Row('data', 'mysql-service') },
    { folder: 'web-storage', block: 'web-storage-apply', content: new OwnPages(web, 'default') },
  ],
];

const row = new BackedUpRow('mysql-backup', 'mysql');

/** The second one restores what the first one stored. */
ROUNDS.push(
  [{ folder: 'mysql-backup', block: 'mysql-backup-apply', content: row }],
  [{ folder: 'mysql-restore', block: 'mysql-restore-apply', content: row.restoredIn('mysql-restore') }],
);

const workspace = Workspace.create();

beforeAll(async () => {
  if (await get('pod', Toolbox.NAME, 'default') !== undefined) {
    throw new Error(`the cluster has a pod ${Toolbox.NAME} that these tests would delete; remove it first`);
  }
  toolbox = await Toolbox.start('default');
}, 120_000);

afterAll(async () => {
  await toolbox?.remove();
  await FolderStore.remove();
  workspace.remove();
}, 180_000);

describe.each(ROUNDS.map((tried, index) => [index + 1, tried] as const))('round %i', (_, tried) => {
  for (const { folder, block, content } of tried) {
    testFolder(`${folder} starts by the README's line, and its data outlives kubectl delete -f`, workspace, folder, async (trial) => {
      requireCreated(trial, await workspace.runBlock(block));
      await trial.ready();
      await content.write();
      const [outliving, pods] = [await trial.outliving(), await trial.pods()];

      await kubectl('delete', '--filename', workspace.dist(folder));
      expect(await trial.outliving()).toEqual(outliving);

      await kubectl('apply', '--filename', workspace.dist(folder));
      await trial.ready();
      await content.requireServed();
      expect(await trial.outliving()).toEqual(outliving);
      requireReplaced(pods, await trial.pods());
    });
  }
});

test('every folder is tried', () => {
  expect(ROUNDS.flat().map(({ folder }) => folder).sort()).toEqual(workloadFolders());
});

/** Fails unless kubectl created every object of folder and base, and did nothing else. */
function requireCreated(trial: FolderTrial, answer: string): void {
  const lines = answer.trim().split('\n');
  expect(lines.filter((line) => !line.endsWith(' created'))).toEqual([]);
  expect(lines).toHaveLength(trial.size);
}

/** Fails unless all pods are others under the same names. */
function requireReplaced(before: Record<string, string>, after: Record<string, string>): void {
  expect(Object.keys(before).length).toBeGreaterThan(0);
  expect(Object.keys(after).sort()).toEqual(Object.keys(before).sort());
  expect(Object.keys(before).filter((pod) => after[pod] === before[pod])).toEqual([]);
}
