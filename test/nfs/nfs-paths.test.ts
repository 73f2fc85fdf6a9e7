import { NfsPaths, NumberedPathsOptions } from '../../lib';

test('a number follows the prefix, from 0 on', () => {
  expect(NfsPaths.numbered('/k8s/nfs', { count: 3 })).toEqual(['/k8s/nfs0', '/k8s/nfs1', '/k8s/nfs2']);
});

test('the first number may be another one', () => {
  expect(NfsPaths.numbered('/k8s/nfs', { count: 3, first: 9 })).toEqual(['/k8s/nfs9', '/k8s/nfs10', '/k8s/nfs11']);
});

test('an explicitly undefined first number is 0', () => {
  expect(NfsPaths.numbered('/k8s/nfs', { count: 1, first: undefined })).toEqual(['/k8s/nfs0']);
});

test.each<[NumberedPathsOptions, string]>([
  [{ count: 0 }, `'count' must be a whole number from 1, got 0`],
  [{ count: -1 }, `'count' must be a whole number from 1, got -1`],
  [{ count: 1.5 }, `'count' must be a whole number from 1, got 1.5`],
  [{ count: 2, first: 0.5 }, `'first' must be a whole number from 0, got 0.5`],
])('fails with %j', (options, message) => {
  expect(() => NfsPaths.numbered('/k8s/nfs', options))
    .toThrow(new Error(`[NfsPaths.numbered] ${message}: as in NfsPaths.numbered("/k8s/nfs", { count: 3 })`));
});
