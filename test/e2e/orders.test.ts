import { workloadFolders } from '../support/dist-folders';
import { FolderStore } from './support/folder-store';
import { FOLDERS_WITH_NEEDS, testFolder } from './support/folder-trial';
import { GITOPS_TOOLS, inOrderOf } from './support/gitops-tool';
import { Workspace } from './support/workspace';

/**
 * What is applied by one of the tools alone, since it takes minutes; a test without a cluster holds the order of every folder against both
 * (test/folders.test.ts).
 */
const BY_ONE_TOOL: Record<string, string> = {
  'mysql-backup': 'Argo CD', 'mysql-innodb-cluster': 'Flux', 'mysql-source-replica': 'Argo CD',
};

/** Has no backup to restore here; folders.test.ts has one. */
const RESTORE = 'mysql-restore';

const foldersOf = (tool: string) => workloadFolders().filter((folder) => (BY_ONE_TOOL[folder] ?? tool) === tool && folder !== RESTORE);

describe('each folder of dist and its base, as one, become ready in the order of', () => {
  const workspace = Workspace.create();

  afterAll(async () => {
    workspace.remove();
    await FolderStore.remove();
  }, 120_000);

  describe.each(GITOPS_TOOLS)('$name', (tool) => {
    for (const folder of foldersOf(tool.name)) {
      testFolder(folder, workspace, folder, async (trial) => {
        await trial.apply(tool);
        await trial.ready();
      });
    }
  });
});

test('all folders are applied, and the tables name folders that exist', () => {
  expect([...new Set(GITOPS_TOOLS.flatMap(({ name }) => foldersOf(name))), RESTORE].sort()).toEqual(workloadFolders());
  expect(workloadFolders()).toEqual(expect.arrayContaining([...FOLDERS_WITH_NEEDS, ...Object.keys(BY_ONE_TOOL)]));
});

test.each([
  ['Argo CD', ['Namespace', 'NetworkPolicy', 'PersistentVolume', 'Service', 'StatefulSet', 'ServiceMonitor']],
  ['Flux', ['Namespace', 'Service', 'StatefulSet', 'PersistentVolume', 'ServiceMonitor', 'NetworkPolicy']],
])('%s sorts kinds in its own way', (name, sorted) => {
  const groups: Record<string, string> = {
    NetworkPolicy: 'networking.k8s.io/v1', StatefulSet: 'apps/v1', ServiceMonitor: 'monitoring.coreos.com/v1',
  };
  const manifests = [...sorted].sort().map((kind) => ({ apiVersion: groups[kind] ?? 'v1', kind, metadata: { name: 'web' } }));
  const tool = GITOPS_TOOLS.find((candidate) => candidate.name === name)!;
  expect(inOrderOf(tool, manifests).map(({ kind }) => kind)).toEqual(sorted);
});
