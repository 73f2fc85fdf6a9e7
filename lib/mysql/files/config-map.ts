import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { configMapContent, NO_SUBSTITUTION, present } from '../../core/config-map-content';
import { Labels } from '../../core/labels';
import { requireUniqueInApp } from '../../core/registry';

/** A ConfigMap with files of a cluster, in which no tool replaces variables: scripts are full of what looks like some. */
export function renderConfigMap(scope: Construct, id: string, name: string, labels: Labels, files: Record<string, string>): ApiObject {
  requireUniqueInApp(scope, {
    property: 'name', value: name, what: 'a ConfigMap name', scoped: 'namespace', cure: 'give each cluster its own name',
  });
  const { data, binaryData } = configMapContent(files);
  return new ApiObject(scope, id, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, labels, annotations: NO_SUBSTITUTION },
    binaryData: present(binaryData),
    data: present(data),
  });
}
