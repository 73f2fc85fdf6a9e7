import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ConfigMapContent, NO_SUBSTITUTION, present } from '../../core/config-map-content';
import { Labels } from '../../core/labels';
import { requireUniqueInApp } from '../../core/registry';

export interface ConfigMapConfig {
  readonly name: string;
  /** The namespace, if it is not that of the chart. */
  readonly namespace?: string;
  /** The user's word for the name. */
  readonly property: string;
  /** What to do when another ConfigMap has the name. */
  readonly fix: string;
  readonly labels: Labels;
  readonly content: ConfigMapContent;
  /** Whether tools may replace variables in it. */
  readonly hasSubstitution: boolean;
  readonly annotations?: Labels;
}

/** A ConfigMap with files. */
export function renderConfigMap(scope: Construct, id: string, config: ConfigMapConfig): ApiObject {
  const { name, property, fix, labels, content, hasSubstitution } = config;
  const annotations = { ...config.annotations, ...hasSubstitution ? {} : NO_SUBSTITUTION };
  requireUniqueInApp(scope, { property, value: name, what: 'a ConfigMap name', scoped: 'namespace', fix });
  return new ApiObject(scope, id, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: config.namespace, labels, annotations: present(annotations) },
    binaryData: present(content.binaryData),
    data: present(content.data),
  });
}
