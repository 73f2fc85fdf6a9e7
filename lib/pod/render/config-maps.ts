import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checksum } from '../../core/checksum';
import { hasVariables, NO_SUBSTITUTION, present } from '../../core/config-map-content';
import { Labels } from '../../core/labels';
import { requireUniqueInApp } from '../../core/registry';
import { requireOneOf, requireUnique } from '../../core/validation';
import { ConfigFiles } from '../config-files';
import { PodVolume } from '../pod-volume';
import { Substitution } from '../substitution';
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
    const { data, binaryData } = files._load({ scope, property });
    const name = `${owner}-${files.name}`;
    requireUniqueInApp(scope, {
      property: `${property}.name`, value: name, what: 'a ConfigMap name', scoped: 'namespace', cure: 'give each its own name',
    });
    const substitution = files.substitution ?? (hasVariables(data) ? Substitution.DISABLED : Substitution.ENABLED);
    requireOneOf({ scope, property: `${property}.substitution` }, substitution, Object.values(Substitution), 'use Substitution');
    new ApiObject(scope, `ConfigFiles-${files.name}`, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, labels, annotations: substitution === Substitution.DISABLED ? NO_SUBSTITUTION : undefined },
      binaryData: present(binaryData),
      data: present(data),
    });
    annotations[`checksum/${files.name}`] = checksum([data, binaryData]);
    return { property, volume: PodVolume.configMap(files.name, name), mountPath: files.mountPath, subPath: files.subPath };
  });
  return { mounts, annotations };
}
