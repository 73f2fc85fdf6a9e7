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

  /** Where it is on this machine. */
  public readonly folder: string;

  private readonly _image: string;

  public constructor(public readonly name: string, private readonly _mebibytes: number) {
    this.folder = `/var/tmp/cdk8s-stateful-${name}`;
    this._image = `${this.folder}.img`;
  }

  /**
   * Makes it, of the class `small-disk`.
   *
   * @param claim for which it is; left out it is for any of that class
   * @param mebibytes what it says that it has; left out it is what it has
   */
  public async create(namespace: string, claim?: string, mebibytes = this._mebibytes): Promise<void> {
    mkdirSync(this.folder, { recursive: true });
    await command('truncate', ['--size', `${this._mebibytes}M`, this._image]); // in no memory, unlike a tmpfs
    await command('mkfs.ext4', ['-q', this._image]);
    await command('mount', ['-o', 'loop', this._image, this.folder]);
    const node = await kubectl('get', 'nodes', '--output', 'jsonpath={.items[0].metadata.labels.kubernetes\\.io/hostname}');
    await applyChart(namespace, (chart) => {
      new ApiObject(chart, 'volume', {
        apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: this.name },
        spec: {
          capacity: { storage: `${mebibytes}Mi` }, accessModes: ['ReadWriteOnce'], persistentVolumeReclaimPolicy: 'Retain',
          storageClassName: SmallDisk.CLASS,
          claimRef: claim === undefined ? undefined : { namespace, name: claim },
          local: { path: this.folder },
          nodeAffinity: {
            required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] }] },
          },
        },
      });
    });
  }

  public async remove(): Promise<void> {
    await kubectl('delete', 'persistentvolume', this.name, '--ignore-not-found');
    await command('umount', [this.folder]);
    rmSync(this.folder, { recursive: true });
    rmSync(this._image);
  }
}
