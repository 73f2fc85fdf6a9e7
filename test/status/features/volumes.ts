import { Family, proof } from '../feature';

export const VOLUMES: Family = {
  id: 'volumes',
  title: 'Volumes',
  features: [
    {
      name: 'NfsPersistentVolumes: each claim gets the volume that is reserved for it',
      unit: ['nfs/nfs-persistent-volumes', 'nfs/reservations', 'nfs/nfs-paths', 'nfs/nfs-server'],
      endToEnd: [proof('e2e/web-storage', 'round ${round}, ${first} applied first: each claim is bound to the volume reserved for it')],
      notTested: 'NFS 4',
    },
    {
      name: 'NfsPersistentVolumes: data is served again after claims or volumes were deleted',
      unit: ['nfs/reservations.errors'],
      endToEnd: [
        proof('e2e/web-storage', 'data is served again after the claims were deleted and the volumes released'),
        proof('e2e/web-storage', 'data is served again after claims and volumes were deleted and made again'),
      ],
    },
    { name: 'NfsPersistentVolumes: volumes of the NFS CSI driver', unit: ['nfs/nfs-volume-type'], notTested: 'the NFS CSI driver' },
    {
      name: 'LocalPersistentVolumes: reservation, restart, replacement of a disk',
      unit: ['local/local-persistent-volumes', 'local/local-persistent-volumes.errors'],
      endToEnd: [
        proof('e2e/local-volumes', 'each pod gets the volume reserved for it, though the workload is applied first'),
        proof('e2e/local-volumes', 'a volume can be replaced by one in another place'),
      ],
    },
    {
      name: 'SharedClaim: one folder for many pods',
      unit: ['claim/shared-claim'],
      endToEnd: [proof('e2e/shared-claim', 'what one pod writes another one reads, and nobody writes through a read-only volume')],
    },
    { name: 'guards against pruning', unit: ['storage/prune-guards'], notTested: 'pruning by Argo CD and Flux' },
  ],
};
