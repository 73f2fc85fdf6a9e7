import { Construct } from 'constructs';
import { configMapContent } from '../../core/config-map-content';
import { Labels } from '../../core/labels';
import { renderConfigMap } from '../../pod/render/config-map';
import { Scripts } from './script-bundle';

/** Where the files of a ConfigMap are in `lib/mysql`, one a line: keys cannot hold folders. */
const SOURCES = 'cdk8s-stateful/sources';

/** A ConfigMap with files of a cluster, in which no tool replaces variables: scripts are full of what looks like some. */
export function renderFiles(
  scope: Construct, id: string, metadata: { readonly name: string; readonly labels: Labels }, files: Record<string, string>,
  annotations?: Labels,
): void {
  renderConfigMap(scope, id, {
    ...metadata, property: 'name', fix: 'give each cluster its own name', content: configMapContent(files), hasSubstitution: false,
    annotations,
  });
}

/** A ConfigMap with scripts, which says for each file where its source is. */
export function renderScripts(scope: Construct, name: string, labels: Labels, { files, sources }: Scripts): void {
  renderFiles(scope, 'Scripts', { name, labels }, files, { [SOURCES]: sources.map((path) => `${path}\n`).join('') });
}
