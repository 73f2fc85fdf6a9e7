import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { LocalPersistentVolumesProps, LocalStorageClass, LocalVolume, PrunePolicy } from '../../lib';

/** Every property set: `Required` makes the compiler ask for those that are added later. */
export const EVERYTHING: Required<LocalPersistentVolumesProps> = {
  volumes: [
    LocalVolume.onHost('node-1', '/mnt/mysql'),
    LocalVolume.onLabelledNode({ mysql: 'replica', 'example.com/disk': 'nvme' }, '/mnt/mysql'),
  ],
  capacity: Size.gibibytes(25),
  namePrefix: 'mysql.',
  storageClass: LocalStorageClass.create('mysql-local-storage'),
  accessModes: [PersistentVolumeAccessMode.READ_WRITE_ONCE_POD],
  labels: { 'example.com/team': 'shop' },
  annotations: { 'example.com/runbook': 'https://example.com/disks' },
  prune: PrunePolicy.KEEP,
};
