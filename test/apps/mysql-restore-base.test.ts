import { distObjects, objectOfKind } from '../util';

const objects = distObjects('mysql-restore-base');

test('the folder holds the namespace and nothing else', () => {
  expect(objects.map((object) => [object.apiVersion, object.kind, object.metadata?.name, object.metadata?.namespace])).toEqual([
    ['v1', 'Namespace', 'mysql-restore', undefined],
  ]);
});

test('the namespace admits pods of the level restricted, and GitOps tools keep it', () => {
  expect(objectOfKind(objects, 'Namespace').metadata).toMatchObject({
    labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
    annotations: { 'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false', 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
  });
});
