import { kubectl } from './kubectl';

const OVERLOOKED_AFTER_MS = 20_000;
const LOOK_MS = 10_000;

interface Volume {
  readonly name: string;
  readonly ephemeral?: object;
  readonly persistentVolumeClaim?: { readonly claimName: string };
}

interface Pod {
  readonly metadata: { readonly name: string; readonly uid: string };
  readonly spec: { readonly volumes?: Volume[] };
  readonly status: { readonly conditions?: { readonly type: string; readonly status: string; readonly lastTransitionTime: string }[] };
}

interface Claim {
  readonly metadata: { readonly name: string };
  readonly status?: { readonly phase?: string };
}

/**
 * The pods of a namespace that the scheduler leaves Pending for five minutes although their claims are bound (kubernetes#87145). Each is
 * helped as an operator does it, by docs/nfs-persistent-volumes.md: any change of the claim makes the scheduler look again.
 */
export class Overlooked {
  private readonly _helped = new Set<string>();
  private _lookedAt = Date.now();

  /**
   * @param _change changes claims; left out, it annotates them
   */
  public constructor(
    private readonly _namespace: string,
    private readonly _change: (claims: string[]) => Promise<unknown> = async (claims) => await annotate(_namespace, claims),
  ) {}

  /** Helps those that have waited for a while; to be called again and again while pods are awaited. */
  public async help(): Promise<void> {
    if (Date.now() - this._lookedAt < LOOK_MS) {
      return;
    }
    this._lookedAt = Date.now();
    for (const { metadata: { name, uid }, spec: { volumes = [] }, status: { conditions = [] } } of await this._list<Pod>('pods')) {
      const scheduled = conditions.find(({ type }) => type === 'PodScheduled');
      const waiting = Date.now() - Date.parse(scheduled?.lastTransitionTime ?? '');
      const claims = volumes.flatMap((volume) => (
        volume.ephemeral !== undefined ? [`${name}-${volume.name}`] : volume.persistentVolumeClaim?.claimName ?? []));
      if (scheduled?.status !== 'False' || !(waiting > OVERLOOKED_AFTER_MS) || claims.length === 0 || this._helped.has(uid)) {
        continue;
      }
      const bound = (await this._list<Claim>('persistentvolumeclaims')).filter(({ status }) => status?.phase === 'Bound');
      if (claims.every((claim) => bound.some(({ metadata }) => metadata.name === claim))) {
        console.info(`${this._namespace}: ${name} is pending ${waiting} ms although its claims are bound: looking again`);
        await this._change(claims);
        this._helped.add(uid);
      }
    }
  }

  private async _list<T>(kind: string): Promise<T[]> {
    return (JSON.parse(await kubectl('--namespace', this._namespace, 'get', kind, '--output', 'json')) as { items: T[] }).items;
  }
}

async function annotate(namespace: string, claims: string[]): Promise<void> {
  await kubectl('--namespace', namespace, 'annotate', 'persistentvolumeclaim', ...claims, '--overwrite', `scheduler-look-again=${Date.now()}`);
}
