import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeReclaimPolicy } from 'cdk8s-plus-27';
import { NfsPersistentVolumesProps, NfsVolumeType, PrunePolicy } from '../../lib';

/** Every property set: `Required` makes the compiler ask for those that are added later. */
export const EVERYTHING: Required<NfsPersistentVolumesProps> = {
  server: 'fd00::10',
  paths: ['/exports/blue', '/exports/green'],
  capacity: Size.mebibytes(1536),
  namePrefix: 'shop.',
  accessModes: [
    PersistentVolumeAccessMode.READ_WRITE_ONCE, PersistentVolumeAccessMode.READ_ONLY_MANY, PersistentVolumeAccessMode.READ_WRITE_MANY,
  ],
  reclaimPolicy: PersistentVolumeReclaimPolicy.RETAIN,
  mountOptions: ['nfsvers=4.2', 'softerr', 'nconnect=4'],
  uncheckedMountOptions: ['max_frobs=3'],
  volumeType: NfsVolumeType.inTree(),
  readOnly: false,
  storageClassName: 'nfs',
  labels: { 'example.com/team': 'shop' },
  annotations: { 'example.com/runbook': 'https://example.com/nfs' },
  prune: PrunePolicy.KEEP,
};
