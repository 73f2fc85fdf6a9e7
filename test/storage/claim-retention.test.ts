import { ClaimRetention } from '../../lib';
import { claim, renderWeb } from '../util';

test.each<[string, ClaimRetention | undefined, object]>([
  ['stay by default', undefined, { whenDeleted: 'Retain', whenScaled: 'Retain' }],
  ['stay when asked to', ClaimRetention.retain(), { whenDeleted: 'Retain', whenScaled: 'Retain' }],
  ['go with the StatefulSet', ClaimRetention.deleting({ whenDeleted: true }), { whenDeleted: 'Delete', whenScaled: 'Retain' }],
  ['go with their pods', ClaimRetention.deleting({ whenScaled: true, whenDeleted: undefined }),
    { whenDeleted: 'Retain', whenScaled: 'Delete' }],
  ['go in both cases', ClaimRetention.deleting({ whenDeleted: true, whenScaled: true }), { whenDeleted: 'Delete', whenScaled: 'Delete' }],
])('claims %s', (_, claimRetention, policy) => {
  expect(renderWeb({ claims: [claim()], claimRetention }).statefulSet.spec?.persistentVolumeClaimRetentionPolicy).toEqual(policy);
});

test('no claims have no policy', () => {
  const { statefulSet } = renderWeb({ claimRetention: ClaimRetention.deleting({ whenDeleted: true }) });
  expect(statefulSet.spec?.persistentVolumeClaimRetentionPolicy).toBeUndefined();
});
