import { Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { IClaimOwner, NfsPaths, NfsPersistentVolumes } from '../lib';

/** Where the volumes are and who uses them. */
export interface NfsVolumesProps {
  /** The address of the NFS server. */
  readonly server: string;

  /** The workload whose claims get the first volumes. */
  readonly reserveFor: IClaimOwner;
}

/** The base of `WebStorage`, and a system of its own: the volumes `pv000`, `pv001` and `pv002` on the folders of an NFS server. */
export class NfsVolumes extends Chart {
  public constructor(scope: Construct, id: string, props: NfsVolumesProps) {
    super(scope, id);
    const volumes = new NfsPersistentVolumes(this, 'nfs', {
      server: props.server,
      paths: NfsPaths.numbered('/k8s/nfs', { count: 3 }),
      namePrefix: 'pv',
      capacity: Size.gibibytes(1),
      mountOptions: [], // those of the nodes, as in the original manifests
    });
    volumes.reserveFor(props.reserveFor);
  }
}
