import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';
import { GitOpsTool, inOrderOf, Manifest } from './gitops-tool';
import { kubectl } from './kubectl';
import { until } from './wait';

// A StatefulSet tries less and less often while pods of a deleted one of its name still stop. The scheduler may overlook that a claim was
// bound just when it looked, and then looks again after five minutes, where nothing else happens in the cluster.
const WAIT_SECONDS = 480;
const COMMAND_SECONDS = 100;

/** What is read of an object beyond its name. */
interface Workload extends Manifest {
  readonly spec?: {
    readonly replicas?: number;
    readonly ordinals?: { readonly start: number };
    readonly volumeClaimTemplates?: { readonly metadata: { readonly name: string } }[];
  };
}

/** What a Deployment says in its log when it cannot become ready. */
export interface Excuse {
  readonly deployment: string;
  readonly says: string;
}

/** What Deployments may say instead of becoming ready, since the images of the cluster lack a program. */
export interface Excuses {
  /** What the Deployment says that misses the program. */
  readonly cause: Excuse;
  /** What the others say then, and only then. */
  readonly effects: Excuse[];
}

/** Folders of `dist` on the cluster: applied, waited for, and taken away again. */
export class Delivery {
  /** The namespaces of the objects. */
  public readonly namespaces: string[];

  private readonly _folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-delivery-'));
  private readonly _manifests: Workload[];

  public constructor(folders: string[]) {
    this._manifests = folders.flatMap(manifestsOf);
    this.namespaces = [...new Set(this._manifests.flatMap(({ metadata }) => metadata.namespace ?? []))];
  }

  /** How many objects there are. */
  public get size(): number {
    return this._manifests.length;
  }

  /** Fails when the cluster has an object that the delivery would overwrite and delete. */
  public async requireAbsent(): Promise<void> {
    const found = await kubectl('get', ...this._files(this._manifests), '--ignore-not-found', '--output', 'name');
    if (found !== '') {
      throw new Error(`the cluster has objects that these tests would replace and delete; remove them first:\n${found}`);
    }
  }

  /** Applies all objects as the tool does that syncs them as one, and does not wait between them. */
  public async apply(tool: GitOpsTool): Promise<void> {
    for (const manifest of inOrderOf(tool, this._manifests)) {
      await kubectl('apply', ...tool.apply, '--filename', this._file(manifest));
    }
  }

  /** Waits until every workload is ready. */
  public async ready(excuses?: Excuses): Promise<void> {
    const allowed = excuses === undefined ? [] : [excuses.cause, ...excuses.effects];
    const used: Excuse[] = [];
    for (const { kind, metadata } of this._manifests) {
      const namespace = ['--namespace', metadata.namespace ?? ''];
      const excuse = kind === 'Deployment' ? allowed.find(({ deployment }) => deployment === metadata.name) : undefined;
      if (excuse !== undefined) {
        used.push(...await isExcused(namespace, excuse) ? [excuse] : []);
      } else if (['StatefulSet', 'Deployment', 'DaemonSet'].includes(kind)) {
        await succeeds(...namespace, 'rollout', 'status', `${kind}/${metadata.name}`);
      } else if (kind === 'Job') {
        await succeeds(...namespace, 'wait', '--for=condition=complete', `job/${metadata.name}`);
      }
    }
    if (used.length > 0 && !used.includes(excuses!.cause)) {
      throw new Error(`not ready, although no program is missing: ${used.map(({ deployment, says }) => `${deployment} says "${says}"`).join()}`);
    }
  }

  /** Takes away all objects and the claims of StatefulSets: workloads first, then claims, then what they used. */
  public async remove(): Promise<void> {
    const [statefulSets, others] = [true, false].map((wanted) => this._manifests.filter(({ kind }) => (kind === 'StatefulSet') === wanted));
    await this._delete(statefulSets);
    for (const { metadata: { namespace = '' }, claims } of statefulSets.map(withClaims).filter((of) => of.claims.length > 0)) {
      await kubectl('--namespace', namespace, 'delete', 'persistentvolumeclaim', ...claims, '--ignore-not-found', '--timeout=120s');
    }
    await this._delete(others.reverse());
  }

  /** Forgets the files. */
  public dispose(): void {
    rmSync(this._folder, { recursive: true });
  }

  private async _delete(manifests: Workload[]): Promise<void> {
    if (manifests.length > 0) {
      await kubectl('delete', ...this._files(manifests), '--ignore-not-found', '--timeout=120s');
    }
  }

  private _files(manifests: Workload[]): string[] {
    return manifests.flatMap((manifest) => ['--filename', this._file(manifest)]);
  }

  private _file(manifest: Manifest): string {
    const { kind, metadata: { namespace = '', name } } = manifest;
    const file = join(this._folder, `${kind}.${namespace}.${name}.json`);
    writeFileSync(file, JSON.stringify(manifest));
    return file;
  }
}

/** Runs a kubectl that waits, and again when it has waited in vain, within the bound. */
async function succeeds(...args: string[]): Promise<void> {
  await until(`kubectl ${args.join(' ')} succeeds`, WAIT_SECONDS, async () => {
    await kubectl(...args, `--timeout=${COMMAND_SECONDS}s`);
    return true;
  });
}

/** Waits until a Deployment is available or has said its excuse; whether it is the latter. */
async function isExcused(namespace: string[], { deployment, says }: Excuse): Promise<boolean> {
  const state = await until(`the Deployment ${deployment} is available, or says "${says}"`, WAIT_SECONDS, async () => {
    const available = await kubectl(...namespace, 'get', 'deployment', deployment, '--output',
      'jsonpath={.status.conditions[?(@.type=="Available")].status}');
    const log = await kubectl(...namespace, 'logs', `deployment/${deployment}`).catch(() => ''); // its container may not run yet
    return available === 'True' ? 'available' : log.includes(says) && 'excused';
  });
  return state === 'excused';
}

function manifestsOf(folder: string): Workload[] {
  return readdirSync(folder).sort().flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8'), { version: '1.1' }))
    .map((document) => document.toJS() as Workload);
}

/** With the claims that Kubernetes makes from the templates of a StatefulSet. */
function withClaims({ metadata, spec }: Workload) {
  const ordinals = [...Array(spec?.replicas ?? 1).keys()].map((index) => index + (spec?.ordinals?.start ?? 0));
  const claims = (spec?.volumeClaimTemplates ?? []).flatMap((template) => ordinals.map(
    (ordinal) => `${template.metadata.name}-${metadata.name}-${ordinal}`,
  ));
  return { metadata, claims };
}
