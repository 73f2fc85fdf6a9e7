import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { ClaimTemplate } from '../../lib';
import { claim, renderWeb } from '../util';

function rendered(changes: Partial<ClaimTemplate> = {}) {
  const [template] = renderWeb({ claims: [claim(changes)] }).statefulSet.spec?.volumeClaimTemplates ?? [];
  return template;
}

test('a template has apiVersion, kind and volumeMode, as the API server returns it, and no metadata but the name', () => {
  expect(rendered()).toEqual({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'www' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, volumeMode: 'Filesystem' },
  });
});

test('labels of the web are not on the template, which could never take a new one', () => {
  const { statefulSet } = renderWeb({ claims: [claim()], labels: { team: 'shop' } }, 'shop');
  expect(statefulSet.spec?.volumeClaimTemplates?.[0].metadata).toEqual({ name: 'www' });
});

test.each<[string, string | undefined, string[]]>([
  ['that is left out is absent', undefined, []],
  ['that is empty is the empty string', '', ['']],
  ['that is named is the name', 'fast', ['fast']],
])('a storage class %s', (_, storageClassName, expected) => {
  const spec = rendered({ storageClassName }).spec ?? {};
  expect('storageClassName' in spec ? [spec.storageClassName] : []).toEqual(expected);
});

test('access modes, size and attributes class are those given', () => {
  expect(rendered({
    accessModes: [PersistentVolumeAccessMode.READ_WRITE_MANY, PersistentVolumeAccessMode.READ_ONLY_MANY],
    size: Size.mebibytes(1536),
    volumeAttributesClassName: 'gold',
  }).spec).toEqual({
    accessModes: ['ReadWriteMany', 'ReadOnlyMany'],
    resources: { requests: { storage: '1536Mi' } },
    volumeAttributesClassName: 'gold',
    volumeMode: 'Filesystem',
  });
});

test('claims are kept when the StatefulSet is deleted or scaled down', () => {
  expect(renderWeb({ claims: [claim()] }).statefulSet.spec?.persistentVolumeClaimRetentionPolicy)
    .toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
});

test('without claims there are no templates and nothing to keep', () => {
  const { spec } = renderWeb().statefulSet;
  expect([spec?.volumeClaimTemplates, spec?.persistentVolumeClaimRetentionPolicy]).toEqual([undefined, undefined]);
});
