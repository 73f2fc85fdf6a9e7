import { PruneGuards } from '../../lib';
import { addVolumes, objectsOfKind, synth, testChart } from '../util';

test('the guards of other objects are those of volumes', () => {
  const chart = testChart();
  addVolumes(chart);
  for (const { metadata } of objectsOfKind(synth(chart), 'PersistentVolume')) {
    expect(metadata?.annotations).toEqual(PruneGuards.annotations());
  }
  expect(PruneGuards.annotations()).toEqual({
    'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false', 'kustomize.toolkit.fluxcd.io/prune': 'disabled',
  });
});

test('a change of the guards of one object leaves those of the next one alone', () => {
  Object.assign(PruneGuards.annotations(), { team: 'web' });
  expect(PruneGuards.annotations()).not.toHaveProperty('team');
});
