import { mkdirSync, rmSync } from 'fs';
import { ApiObject } from 'cdk8s';
import { command, kubectl } from '../../e2e/support/kubectl';
import { applyChart } from '../../e2e/support/own-namespace';

/** A small volume for one claim: a file system of its own on this machine, which has to be a node for that. */
export class SmallDisk {
  public static readonly CLASS = 'small-disk';

  /** Why there can be none here; undefined when there can. */
  public static impossible(): string | undefined {
    return process.platform === 'linux' && process.getuid?.() === 0 ? undefined : 'a file system can be mounted by root on Linux only';
  }

  private readonly _folder: string;
  private readonly _image: string;

  public constructor(public readonly name: string, private readonly _mebibytes: number) {
    this._folder = `/var/tmp/cdk8s-stateful-${name}`;
    this._image = `${this._folder}.img`;
  }

  /** Makes it, of the class `small-disk`, for a claim. */
  public async create(namespace: string, claim: string): Promise<void> {
    mkdirSync(this._folder, { recursive: true });
    await command('truncate', ['--size', `${this._mebibytes}M`, this._image]); // in no memory, unlike a tmpfs
    await command('mkfs.ext4', ['-q', this._image]);
    await command('mount', ['-o', 'loop', this._image, this._folder]);
    const node = await kubectl('get', 'nodes', '--output', 'jsonpath={.items[0].metadata.labels.kubernetes\\.io/hostname}');
    await applyChart(namespace, (chart) => {
      new ApiObject(chart, 'volume', {
        apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: this.name },
        spec: {
          capacity: { storage: `${this._mebibytes}Mi` }, accessModes: ['ReadWriteOnce'], persistentVolumeReclaimPolicy: 'Retain',
          storageClassName: SmallDisk.CLASS,
          claimRef: { namespace, name: claim },
          local: { path: this._folder },
          nodeAffinity: {
            required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] }] },
          },
        },
      });
    });
  }

  public async remove(): Promise<void> {
    await kubectl('delete', 'persistentvolume', this.name, '--ignore-not-found');
    await command('umount', [this._folder]);
    rmSync(this._folder, { recursive: true });
    rmSync(this._image);
  }
}
