import { Fields, fieldsAt, isFields, Manifest, without } from '../../manifests/manifest';

/** What is in a volume's spec beside its source. */
const NO_SOURCE = [
  'accessModes', 'capacity', 'claimRef', 'mountOptions', 'nodeAffinity', 'persistentVolumeReclaimPolicy', 'storageClassName',
  'volumeAttributesClassName', 'volumeMode',
];

/** Where a PersistentVolume's data is. Here false and the empty text are the same as nothing. */
export function volumeSource(volume: Manifest): Fields {
  return pruned(without(fieldsAt(volume, 'spec'), NO_SOURCE));
}

function pruned(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== false && value !== '')
    .map(([key, value]) => [key, isFields(value) ? pruned(value) : value]));
}
