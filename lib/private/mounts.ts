import { IConstruct } from 'constructs';
import { PodVolume } from '../pod/pod-volume';
import { VolumeMount } from '../pod/volume-mount';
import { ClaimTemplate } from '../storage/claim-template';
import { fail } from './errors';
import { requireDnsLabel, requirePath, requireRelativePath, requireUnique } from './validation';

const SCRATCH = 'scratch';

export interface MountOptions {
  readonly claims: ClaimTemplate[];
  readonly mounts: VolumeMount[];
  /** Folders that are writable although the root file system is not. */
  readonly writablePaths: string[];
}

export interface RenderedMounts {
  readonly volumes: Record<string, unknown>[];
  readonly volumeMounts: Record<string, unknown>[];
}

/** What a container mounts: its claims, the user's volumes, and one emptyDir with a folder for each path that must be writable. */
export function renderMounts(scope: IConstruct, options: MountOptions): RenderedMounts {
  const { claims, mounts } = options;
  const places = [
    ...claims.map((claim, index) => ({ ...claim, property: `claims[${index}]`, volume: claim.name })),
    ...mounts.map((mount, index) => ({ ...mount, property: `mounts[${index}]`, volume: mount.volume.name })),
  ];
  for (const place of places) {
    requirePath({ scope, property: `${place.property}.mountPath` }, place.mountPath);
    if (place.subPath !== undefined) {
      requireRelativePath({ scope, property: `${place.property}.subPath` }, place.subPath);
    }
  }
  requireUnique(scope, (index) => `${places[index].property}.mountPath`, places.map((place) => place.mountPath), 'mount path');
  options.writablePaths.forEach((path, index) => requirePath({ scope, property: `security.writablePaths[${index}]` }, path));

  const taken = new Set(places.map((place) => place.mountPath));
  const scratch = [...new Set(options.writablePaths)].filter((path) => !taken.has(path));
  const volumes = podVolumes(scope, claims, mounts);
  return {
    volumes: [...volumes.map((volume) => volume._toKube()), ...scratch.length > 0 ? [{ name: SCRATCH, emptyDir: {} }] : []],
    volumeMounts: [
      ...places.map(({ volume, mountPath, subPath, readOnly }) => ({ name: volume, mountPath, subPath, readOnly })),
      ...scratch.map((path) => ({ name: SCRATCH, mountPath: path, subPath: path.slice(1).replaceAll('/', '-') })),
    ],
  };
}

/** The volumes behind the mounts, each once. A name stands for one volume only. */
function podVolumes(scope: IConstruct, claims: ClaimTemplate[], mounts: VolumeMount[]): PodVolume[] {
  const owners = new Map<string, PodVolume | undefined>([[SCRATCH, undefined], ...claims.map((claim) => [claim.name, undefined] as const)]);
  mounts.forEach(({ volume }, index) => {
    const property = `mounts[${index}].volume.name`;
    requireDnsLabel({ scope, property }, volume.name);
    if (owners.has(volume.name) && owners.get(volume.name) !== volume) {
      fail(scope, {
        property,
        rule: 'be a volume name of its own',
        value: volume.name,
        cure: volume.name === SCRATCH ? 'the folders that must be writable use this name; choose another one'
          : 'another volume or claim has this name; rename one, or mount the same PodVolume object twice to share it',
      });
    }
    owners.set(volume.name, volume);
  });
  return [...owners.values()].filter((volume) => volume !== undefined);
}
