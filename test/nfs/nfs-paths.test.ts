import { NfsPaths } from '../../lib';

test('a number follows the prefix, from 0 on', () => {
  expect(NfsPaths.numbered('/k8s/nfs', { count: 3 })).toEqual(['/k8s/nfs0', '/k8s/nfs1', '/k8s/nfs2']);
});

test('the first number may be another one', () => {
  expect(NfsPaths.numbered('/k8s/nfs', { count: 3, first: 9 })).toEqual(['/k8s/nfs9', '/k8s/nfs10', '/k8s/nfs11']);
});

test('an explicitly undefined first number is 0', () => {
  expect(NfsPaths.numbered('/k8s/nfs', { count: 1, first: undefined })).toEqual(['/k8s/nfs0']);
});

test('no paths are none', () => {
  expect(NfsPaths.numbered('/k8s/nfs', { count: 0 })).toEqual([]);
});
