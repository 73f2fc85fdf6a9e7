import { ApiObject, App, Chart, Size } from 'cdk8s';
import { IConfigMap, IPersistentVolumeClaim, ISecret, Pod, Volume } from 'cdk8s-plus-27';
import { Origin } from '../core/errors';
import { nameOf } from '../core/held-objects';
import { requireServer, warnOfClusterName } from '../core/nfs-server';
import { quantity } from '../core/quantity';
import { requireAdmitted } from '../core/restricted-namespace';
import { requireDnsLabel, requireDnsName, requireExportPath, requireInteger, requireRelativePath, requireSize } from '../core/validation';
import { requireArrival } from '../core/yaml-text';

/** Options of an emptyDir volume. */
export interface EmptyDirOptions {
  /**
   * The most that the volume may hold. A pod whose volume holds more is evicted.
   *
   * @default - only the container's ephemeral-storage limit bounds it
   */
  readonly sizeLimit?: Size;

  /**
   * Keep the files in memory, where they count as the container's memory.
   *
   * @default false
   */
  readonly inMemory?: boolean;
}

/** Options of a volume that shows the keys of a ConfigMap or a Secret as files. */
export interface KeyFilesOptions {
  /**
   * The keys to show, each with the relative path of its file.
   *
   * @default - every key, as a file of the same name
   */
  readonly items?: { [key: string]: string };

  /**
   * The files' mode, e.g. `0o440`.
   *
   * @default 0o644
   */
  readonly defaultMode?: number;

  /**
   * Whether the pod starts although the ConfigMap or Secret does not exist.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/** Says where a part of the volume came from. */
type At = (part: string) => Origin;

/**
 * A volume of a pod.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 */
export class PodVolume {
  /** Files from the keys of a ConfigMap. */
  public static configMap(name: string, configMapName: string, options: KeyFilesOptions = {}): PodVolume {
    return new PodVolume(name, { configMap: { name: configMapName, ...keyFiles(options) } }, (at) => {
      requireDnsName(at('configMapName'), configMapName);
      requireKeyFiles(at, options);
    });
  }

  /** Files from the keys of a Secret. */
  public static secret(name: string, secretName: string, options: KeyFilesOptions = {}): PodVolume {
    return new PodVolume(name, { secret: { secretName, ...keyFiles(options) } }, (at) => {
      requireDnsName(at('secretName'), secretName);
      requireKeyFiles(at, options);
    });
  }

  /** Files from the keys of a ConfigMap of cdk8s-plus. The workload depends on it. */
  public static fromConfigMap(name: string, configMap: IConfigMap, options: KeyFilesOptions = {}): PodVolume {
    return new PodVolume(name, { configMap: { name: configMap.name, ...keyFiles(options) } }, (at) => {
      requireDnsName(at('configMap'), nameOf(at('configMap').scope, configMap));
      requireKeyFiles(at, options);
    });
  }

  /** Files from the keys of a Secret of cdk8s-plus. The workload depends on it. */
  public static fromSecret(name: string, secret: ISecret, options: KeyFilesOptions = {}): PodVolume {
    return new PodVolume(name, { secret: { secretName: secret.name, ...keyFiles(options) } }, (at) => {
      requireDnsName(at('secret'), nameOf(at('secret').scope, secret));
      requireKeyFiles(at, options);
    });
  }

  /** A PersistentVolumeClaim of cdk8s-plus that all pods share. The workload depends on it. */
  public static fromPersistentVolumeClaim(name: string, claim: IPersistentVolumeClaim): PodVolume {
    return new PodVolume(name, { persistentVolumeClaim: { claimName: claim.name } }, (at) => {
      requireDnsName(at('claim'), nameOf(at('claim').scope, claim));
    });
  }

  /** A volume of cdk8s-plus of any kind, under its own name. The workload depends on it. */
  public static fromVolume(volume: Volume): PodVolume {
    // Only a pod of cdk8s-plus can render it, so one in a temporary app does.
    const pod = new Pod(new Chart(new App(), 'volume'), 'pod', { containers: [{ image: 'none' }], volumes: [volume] });
    const { spec } = ApiObject.of(pod).toJson() as { spec: { volumes: Record<string, unknown>[] } };
    const source = Object.fromEntries(Object.entries(spec.volumes[0]).filter(([field]) => field !== 'name'));
    return new PodVolume(volume.name, source, (at) => {
      at('volume').scope.node.addDependency(volume);
      requireArrival(at('volume'), source);
    });
  }

  /** An empty folder that lives as long as the pod. */
  public static emptyDir(name: string, options: EmptyDirOptions = {}): PodVolume {
    const sizeLimit = options.sizeLimit && quantity(options.sizeLimit);
    return new PodVolume(name, { emptyDir: { medium: options.inMemory ? 'Memory' : undefined, sizeLimit } }, (at) => {
      if (options.sizeLimit !== undefined) {
        requireSize(at('sizeLimit'), options.sizeLimit);
      }
    });
  }

  /** A PersistentVolumeClaim that exists already and that all pods share. */
  public static persistentVolumeClaim(name: string, claimName: string): PodVolume {
    return new PodVolume(name, { persistentVolumeClaim: { claimName } }, (at) => requireDnsName(at('claimName'), claimName));
  }

  /** A folder of an NFS server, mounted without a PersistentVolume. */
  public static nfs(name: string, server: string, path: string): PodVolume {
    return new PodVolume(name, { nfs: { server, path } }, (at) => {
      requireServer(at('server'), server);
      requireExportPath(at('path'), path);
      warnOfClusterName(at('server'), server);
    });
  }

  /** The volume of a claim template of the same workload, for a container beside the main one or a second path. */
  public static claimTemplate(name: string): PodVolume {
    return new PodVolume(name, undefined, () => undefined);
  }

  /** The volume's name in the pod: a DNS label. */
  public readonly name: string;

  private constructor(
    name: string, private readonly _source: Record<string, unknown> | undefined, private readonly _check: (at: At) => void,
  ) {
    this.name = name;
  }

  /** @internal */
  public get _isClaimTemplate(): boolean {
    return this._source === undefined;
  }

  /**
   * Throws when a part is not one that Kubernetes accepts.
   *
   * @internal
   */
  public _requireValid(at: At): void {
    requireDnsLabel(at('name'), this.name);
    this._check(at);
    if (this._source !== undefined) {
      const { scope, property } = at('name');
      requireAdmitted({ scope, property: property.replace(/\.name$/, '') }, Object.keys(this._source)[0]);
    }
  }

  /**
   * Undefined for a claim, which the StatefulSet adds to its pods.
   *
   * @internal
   */
  public _toKube(): Record<string, unknown> | undefined {
    return this._source && { name: this.name, ...this._source };
  }
}

function keyFiles(options: KeyFilesOptions): Record<string, unknown> {
  return {
    items: options.items && Object.entries(options.items).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, path]) => ({ key, path })),
    defaultMode: options.defaultMode,
    optional: options.optional,
  };
}

function requireKeyFiles(at: At, { items, defaultMode }: KeyFilesOptions): void {
  for (const [key, path] of Object.entries(items ?? {})) {
    requireArrival(at(`items.${key}`), key);
    requireRelativePath(at(`items.${key}`), path);
  }
  if (defaultMode !== undefined) {
    requireInteger(at('defaultMode'), defaultMode, 0, 0o777, 'write it as an octal number, as in 0o440');
  }
}
