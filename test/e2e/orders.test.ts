import { readdirSync } from 'fs';
import { DIST } from '../util';
import { Delivery } from './support/delivery';
import { diagnosed } from './support/diagnosed';
import { GITOPS_TOOLS, inOrderOf } from './support/gitops-tool';
import { MySqlNodes } from './support/mysql-nodes';
import { WebStorage } from './support/web-storage';
import { Workspace } from './support/workspace';

/** What a folder of `dist` needs beside itself. */
interface Needs {
  /** Other folders of `dist`. They are applied before it, after it, and as one with it. */
  readonly folders: string[];
  /** What the cluster must have; how it is taken away again. */
  readonly prepare?: () => Promise<{ release: () => Promise<void> }>;
  /** What a Deployment may say instead of becoming ready, since the images of the cluster may lack what it needs. */
  readonly excuses?: Record<string, string>;
  /** What must become true beside the readiness of all workloads. */
  readonly ready?: (workspace: Workspace) => Promise<void>;
}

/** A new app stands here only if it needs something: without an entry it is applied alone and waited for. */
const NEEDS: Record<string, Needs> = {
  'mysql-innodb-cluster': {
    folders: [],
    excuses: { 'mysql-adoption': 'the image has no mysqlsh', 'mysql-router': 'the group has no metadata of InnoDB Cluster' },
  },
  'mysql-source-replica': { folders: [], prepare: async () => await MySqlNodes.prepare() },
  'web-storage': { folders: ['nfs-volumes'], ready: webStorageReady },
};

const FOLDERS = readdirSync(DIST);
const NEEDED = Object.values(NEEDS).flatMap(({ folders }) => folders);

/** In which steps users of the tools sync the folders: one Application or Kustomization after the other, or one for all. */
function plansFor(folder: string): string[][][] {
  const needed = NEEDS[folder]?.folders ?? [];
  return needed.length === 0 ? [[[folder]]] : [[needed, [folder]], [[folder], needed], [[folder, ...needed]]];
}

const CASES = GITOPS_TOOLS.flatMap((tool) => FOLDERS.filter((folder) => !NEEDED.includes(folder)).flatMap((folder) => (
  plansFor(folder).map((plan) => ({ tool, folder, plan, text: plan.map((step) => step.join(' and ')).join(', then ') }))
)));

describe('the folders of dist become ready in the order of', () => {
  const workspace = Workspace.create();

  const deliveries: Delivery[] = [];
  const prepared: { release: () => Promise<void> }[] = [];

  afterEach(async () => {
    const delivery = deliveries.pop();
    await delivery?.remove();
    delivery?.dispose();
    await prepared.pop()?.release();
  }, 300_000);

  afterAll(() => workspace.remove());

  for (const { tool, folder, plan, text } of CASES) {
    diagnosed(`${tool.name}: ${text}`, Delivery.namespacesOf(plan.flat().map(dist)), async () => {
      const delivery = new Delivery(plan.flat().map(dist));
      await delivery.requireAbsent();
      deliveries.push(delivery);
      const preparation = await NEEDS[folder]?.prepare?.();
      prepared.push(...preparation === undefined ? [] : [preparation]);
      for (const step of plan) {
        await delivery.apply(tool, step.map(dist));
      }
      await NEEDS[folder]?.ready?.(workspace);
      await delivery.ready(NEEDS[folder]?.excuses);
    });
  }

  function dist(name: string): string {
    return workspace.dist(name);
  }
});

test('all folders are applied, and the table names folders that exist', () => {
  expect([...new Set(CASES.flatMap(({ plan }) => plan.flat()))].sort()).toEqual([...FOLDERS].sort());
  expect(FOLDERS).toEqual(expect.arrayContaining([...Object.keys(NEEDS), ...NEEDED]));
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

async function webStorageReady(workspace: Workspace): Promise<void> {
  const webStorage = new WebStorage(workspace);
  await webStorage.started();
  expect(await webStorage.boundVolumes()).toEqual(WebStorage.RESERVED);
}
