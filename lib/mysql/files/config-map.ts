import { Construct } from 'constructs';
import { configMapContent } from '../../core/config-map-content';
import { Labels } from '../../core/labels';
import { renderConfigMap } from '../../pod/render/config-map';

/** A ConfigMap with files of a cluster, in which no tool replaces variables: scripts are full of what looks like some. */
export function renderFiles(scope: Construct, id: string, name: string, labels: Labels, files: Record<string, string>): void {
  renderConfigMap(scope, id, {
    property: 'name', name, cure: 'give each cluster its own name', labels, content: configMapContent(files), hasSubstitution: false,
  });
}
