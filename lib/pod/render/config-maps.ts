import { Construct } from 'constructs';
import { checksum } from '../../core/checksum';
import { hasVariables } from '../../core/config-map-content';
import { Labels } from '../../core/labels';
import { requireOneOf, requireUnique } from '../../core/validation';
import { ConfigFiles } from '../config-files';
import { PodVolume } from '../pod-volume';
import { Substitution } from '../substitution';
import { renderConfigMap } from './config-map';
import { NamedMount } from './mounts';

/** The ConfigMaps of configuration files, and what a pod needs of them. */
export interface RenderedConfigFiles {
  readonly mounts: NamedMount[];
  /** The checksums, which change the pods together with the files. */
  readonly annotations: Labels;
}

/** A ConfigMap `<owner>-<name>` for each. Its name stays when its content changes, so that no old one is left behind. */
export function renderConfigFiles(scope: Construct, owner: string, labels: Labels, configFiles: ConfigFiles[]): RenderedConfigFiles {
  requireUnique(scope, (index) => `configFiles[${index}].name`, configFiles.map(({ name }) => name), 'name');
  const annotations: Labels = {};
  const mounts = configFiles.map((files, index): NamedMount => {
    const property = `configFiles[${index}]`;
    const content = files._load({ scope, property });
    const name = `${owner}-${files.name}`;
    const substitution = files.substitution ?? (hasVariables(content.data) ? Substitution.DISABLED : Substitution.ENABLED);
    requireOneOf({ scope, property: `${property}.substitution` }, substitution, Object.values(Substitution), 'use Substitution');
    renderConfigMap(scope, `ConfigFiles-${files.name}`, {
      property: `${property}.name`,
      name,
      fix: 'give each its own name',
      labels,
      content,
      hasSubstitution: substitution === Substitution.ENABLED,
    });
    annotations[`checksum/${files.name}`] = checksum([content.data, content.binaryData]);
    return { property, volume: PodVolume.configMap(files.name, name), mountPath: files.mountPath, subPath: files.subPath };
  });
  return { mounts, annotations };
}
