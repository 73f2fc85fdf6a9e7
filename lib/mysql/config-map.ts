import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Labels } from '../private/labels';
import { requireUniqueInApp } from '../private/registry';

/** A ConfigMap with files of a cluster. */
export function renderConfigMap(scope: Construct, id: string, name: string, labels: Labels, data: Record<string, string>): ApiObject {
  requireUniqueInApp(scope, {
    property: 'name', value: name, what: 'a ConfigMap name', scoped: 'namespace', cure: 'give each cluster its own name',
  });
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels }, data });
}
