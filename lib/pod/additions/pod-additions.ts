import { ContainerAddition, EnvVariable, OpenContainer, OpenPod, PodVolumeSpec } from './open-pod';

/** A rendered container. */
interface Rendered {
  readonly name: string;
  readonly env?: unknown;
  readonly volumeMounts?: unknown;
}

/** What a workload has rendered of its pods. */
interface RenderedPod {
  readonly containers: Rendered[];
  readonly initContainers: Rendered[];
  readonly volumes: Record<string, unknown>[];
  /** The volumes that the workload adds itself. */
  readonly claimNames: string[];
}

/** What is added to the pods of a workload of this library after their construction, and rendered with them. */
export class PodAdditions implements OpenPod {
  private readonly _added = new Map<string, ContainerAddition[]>();

  public constructor(private readonly _pod: RenderedPod) {}

  public get containers(): OpenContainer[] {
    return [...this._pod.containers, ...this._pod.initContainers].map((container) => {
      const { env, volumeMounts } = this.container(container) as {
        env?: EnvVariable[]; volumeMounts?: { name: string; mountPath: string }[];
      };
      return {
        name: container.name,
        variables: new Map((env ?? []).map(({ name, value }) => [name, value])),
        mounts: new Map((volumeMounts ?? []).map((mount) => [mount.mountPath, mount.name])),
        add: (addition) => {
          this._added.set(container.name, [...this._additionsOf(container.name), addition]);
        },
      };
    });
  }

  public get volumes(): Map<string, PodVolumeSpec | undefined> {
    const own = [...this._pod.claimNames, ...this._pod.volumes.map(({ name }) => name as string)];
    return new Map([
      ...own.map((name): [string, undefined] => [name, undefined]),
      ...this._addedVolumes.map((volume): [string, PodVolumeSpec] => [volume.name, volume]),
    ]);
  }

  /** A rendered container with what was added. Added variables stand first, so that others may refer to them. */
  public container<T extends Rendered>(container: T): T {
    const additions = this._additionsOf(container.name);
    if (additions.length === 0) {
      return container;
    }
    const env = additions.flatMap((addition) => addition.env);
    const mounts = additions.flatMap((addition) => addition.mounts)
      .map(({ volume, mountPath }) => ({ name: volume.name, mountPath, readOnly: true }));
    return {
      ...container,
      env: [...env, ...(container.env ?? []) as unknown[]],
      volumeMounts: mounts.length === 0 ? container.volumeMounts : [...(container.volumeMounts ?? []) as unknown[], ...mounts],
    };
  }

  /** The volumes of the pod, with those that were added; undefined without any. */
  public renderVolumes(): Record<string, unknown>[] | undefined {
    const all = [...this._pod.volumes, ...this._addedVolumes];
    return all.length > 0 ? all : undefined;
  }

  private get _addedVolumes(): PodVolumeSpec[] {
    const volumes = [...this._added.values()].flat().flatMap(({ mounts }) => mounts.map(({ volume }) => volume));
    return [...new Map(volumes.map((volume) => [volume.name, volume])).values()];
  }

  private _additionsOf(container: string): ContainerAddition[] {
    return this._added.get(container) ?? [];
  }
}
