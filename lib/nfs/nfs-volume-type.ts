import { PersistentVolumeAccessMode, PersistentVolumeReclaimPolicy } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { fail } from '../core/errors';
import { Labels } from '../core/labels';
import { requireDnsName } from '../core/validation';
import { NfsOnDelete } from './nfs-on-delete';

const { READ_WRITE_ONCE, READ_ONLY_MANY, READ_WRITE_MANY, READ_WRITE_ONCE_POD } = PersistentVolumeAccessMode;
const { RETAIN, DELETE } = PersistentVolumeReclaimPolicy;
const DEFAULT_DRIVER = 'nfs.csi.k8s.io';
const SEPARATOR = '#';
const DRIVER_MAX = 63;

/** How the NFS CSI driver is used. */
export interface NfsCsiOptions {
  /**
   * The name under which the driver is installed: a DNS name of at most 63 characters.
   *
   * @default nfs.csi.k8s.io
   */
  readonly driver?: string;

  /**
   * How the driver treats a volume's folder when the volume is deleted, which happens only with reclaim policy DELETE. For anything
   * but RETAIN the server must export the folder's parent to the driver's controller, too.
   *
   * @default NfsOnDelete.RETAIN
   */
  readonly onDelete?: NfsOnDelete;
}

/** A folder of an NFS server as a volume. */
interface NfsFolder {
  /** The name of the PersistentVolume. */
  readonly name: string;
  readonly server: string;
  readonly path: string;
  readonly readOnly?: boolean;
}

/** The capabilities of a type of NFS volume, and how it is rendered. */
interface NfsVolumeRules {
  readonly accessModes: PersistentVolumeAccessMode[];
  /** The fix for another access mode. */
  readonly accessModesCure: string;
  readonly reclaimPolicies: PersistentVolumeReclaimPolicy[];
  /** The fix for another reclaim policy. */
  readonly reclaimPolicyCure: string;
  readonly annotations: (reclaimPolicy: PersistentVolumeReclaimPolicy) => Labels;
  /** The volume's source, e.g. `{ nfs: {...} }`. */
  readonly source: (folder: NfsFolder) => Record<string, unknown>;
  readonly requireValid: (scope: IConstruct, paths: string[], reclaimPolicy: PersistentVolumeReclaimPolicy) => void;
}

/** The program that mounts the folders: the kubelet itself, or a CSI driver. */
export class NfsVolumeType {
  /**
   * The kubelet mounts, by the volume type `nfs`, which needs nothing but mount.nfs on the nodes. It knows neither ReadWriteOncePod nor
   * the reclaim policy Delete, and never applies a pod's `fsGroup`.
   */
  public static inTree(): NfsVolumeType {
    return new NfsVolumeType({
      accessModes: [READ_WRITE_ONCE, READ_ONLY_MANY, READ_WRITE_MANY],
      accessModesCure: 'the nfs volume type knows no other',
      reclaimPolicies: [RETAIN],
      reclaimPolicyCure: 'the nfs volume type cannot delete files; delete them on the server',
      annotations: () => ({}),
      source: ({ server, path, readOnly }) => ({ nfs: { path, readOnly: readOnly || undefined, server } }),
      requireValid: () => undefined,
    });
  }

  /**
   * The NFS CSI driver mounts, which must be installed in the cluster. It knows ReadWriteOncePod and the reclaim policy Delete, and
   * applies a pod's `fsGroup`.
   *
   * The volume's handle is `<server>#<parent folder>#<folder>#<volume>#<onDelete>`, as the driver itself writes it. It contains the
   * volume's name, so it is as unique in a cluster as that, and it changes only together with name, server or path.
   *
   * @see https://github.com/kubernetes-csi/csi-driver-nfs
   */
  public static csi(options: NfsCsiOptions = {}): NfsVolumeType {
    const driver = options.driver ?? DEFAULT_DRIVER;
    const onDelete = options.onDelete ?? NfsOnDelete.RETAIN;
    return new NfsVolumeType({
      accessModes: [READ_WRITE_ONCE, READ_ONLY_MANY, READ_WRITE_MANY, READ_WRITE_ONCE_POD],
      accessModesCure: 'use PersistentVolumeAccessMode',
      reclaimPolicies: [RETAIN, DELETE],
      reclaimPolicyCure: 'use PersistentVolumeReclaimPolicy',
      // Without it no controller deletes the volume: https://github.com/kubernetes/kubernetes/pull/122030
      annotations: (reclaimPolicy): Labels => reclaimPolicy === DELETE ? { 'pv.kubernetes.io/provisioned-by': driver } : {},
      source: ({ name, server, path, readOnly }) => {
        const [folder, ...parents] = path.slice(1).split('/').reverse();
        return {
          csi: {
            driver,
            readOnly: readOnly || undefined,
            volumeAttributes: { server, share: path },
            volumeHandle: [server, parents.reverse().join('/'), folder, name, onDelete].join(SEPARATOR),
          },
        };
      },
      requireValid: (scope, paths, reclaimPolicy) => {
        requireDnsName({ scope, property: 'volumeType.driver' }, driver);
        requireCsi(scope, { driver, onDelete, paths, reclaimPolicy });
      },
    });
  }

  /** @internal */
  public readonly _rules: NfsVolumeRules;

  private constructor(rules: NfsVolumeRules) {
    this._rules = rules;
  }
}

interface CsiTerms {
  readonly driver: string;
  readonly onDelete: NfsOnDelete;
  readonly paths: string[];
  readonly reclaimPolicy: PersistentVolumeReclaimPolicy;
}

function requireCsi(scope: IConstruct, { driver, onDelete, paths, reclaimPolicy }: CsiTerms): void {
  if (driver.length > DRIVER_MAX) {
    fail(scope, {
      property: 'volumeType.driver', rule: `have at most ${DRIVER_MAX} characters`, value: driver, fix: 'name an installed CSIDriver',
    });
  }
  if (onDelete !== NfsOnDelete.RETAIN && reclaimPolicy !== DELETE) {
    fail(scope, {
      property: 'volumeType.onDelete', rule: `be ${NfsOnDelete.RETAIN} with the reclaim policy ${reclaimPolicy}`, value: onDelete,
      fix: 'leave it out, or set reclaimPolicy to DELETE and let the driver do it when the claim is deleted',
    });
  }
  paths.forEach((path, index) => {
    const property = `paths[${index}]`;
    if (path.includes(SEPARATOR)) {
      fail(scope, {
        property, rule: `have no ${SEPARATOR}, with which the CSI driver parts a volume's handle`, value: path, fix: 'export another folder',
      });
    }
    if (path === '/' && onDelete !== NfsOnDelete.RETAIN) {
      fail(scope, { property, rule: `be below "/" with onDelete ${onDelete}`, value: path, fix: 'name a folder with a parent' });
    }
  });
}
