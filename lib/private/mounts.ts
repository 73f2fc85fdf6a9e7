import { IConstruct } from 'constructs';
import { PodVolume } from '../pod/pod-volume';
import { VolumeMount } from '../pod/volume-mount';
import { ClaimTemplate } from '../storage/claim-template';
import { fail } from './errors';
import { requireMountPath, requireRelativePath, requireUnique } from './validation';

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

/** A mount that the user named, of a claim or of another volume. */
interface Place {
  readonly property: string;
  readonly volumeName: string;
  readonly mountPath: string;
  readonly subPath?: string;
  readonly readOnly?: boolean;
}

/** What a container mounts: its claims, the user's volumes, and one emptyDir with a folder for each path that must be writable. */
export function renderMounts(scope: IConstruct, { claims, mounts, writablePaths }: MountOptions): RenderedMounts {
  const places: Place[] = [
    ...claims.map((claim, index) => ({ ...claim, property: `claims[${index}]`, volumeName: claim.name })),
    ...mounts.map((mount, index) => ({ ...mount, property: `mounts[${index}]`, volumeName: mount.volume.name })),
  ];
  requirePlaces(scope, places);
  writablePaths.forEach((path, index) => requireMountPath({ scope, property: `security.writablePaths[${index}]` }, path));

  const scratchPaths = [...new Set(writablePaths)].filter((path) => places.every(({ mountPath }) => mountPath !== path));
  const scratch = scratchPaths.length > 0 ? [PodVolume.emptyDir(SCRATCH)] : [];
  requireVolumeNames(scope, claims, mounts, scratch.length > 0);
  return {
    volumes: [...new Set([...mounts.map(({ volume }) => volume), ...scratch])].map((volume) => volume._toKube()),
    volumeMounts: [
      ...places.map(({ volumeName, mountPath, subPath, readOnly }) => ({ name: volumeName, mountPath, subPath, readOnly })),
      ...scratchPaths.map((path) => ({ name: SCRATCH, mountPath: path, subPath: path.slice(1) })),
    ],
  };
}

function requirePlaces(scope: IConstruct, places: Place[]): void {
  for (const { property, mountPath, subPath } of places) {
    requireMountPath({ scope, property: `${property}.mountPath` }, mountPath);
    if (subPath !== undefined) {
      requireRelativePath({ scope, property: `${property}.subPath` }, subPath);
    }
  }
  requireUnique(scope, (index) => `${places[index].property}.mountPath`, places.map(({ mountPath }) => mountPath), 'mount path');
}

/** A name stands for one volume of the pod only. */
function requireVolumeNames(scope: IConstruct, claims: ClaimTemplate[], mounts: VolumeMount[], hasScratch: boolean): void {
  const volumes = new Map<string, PodVolume | ClaimTemplate>();
  const requireOwn = (property: string, name: string, volume: PodVolume | ClaimTemplate): void => {
    const rule = 'be a volume name of its own';
    if (hasScratch && name === SCRATCH) {
      fail(scope, { property, rule, value: name, cure: 'the folders that must be writable use this name; choose another one' });
    }
    if ((volumes.get(name) ?? volume) !== volume) {
      fail(scope, {
        property, rule, value: name,
        cure: 'another volume or claim has this name; rename one, or mount the same PodVolume object twice to share it',
      });
    }
    volumes.set(name, volume);
  };
  claims.forEach((claim, index) => requireOwn(`claims[${index}].name`, claim.name, claim));
  mounts.forEach(({ volume }, index) => {
    volume._requireValid((part) => ({ scope, property: `mounts[${index}].volume.${part}` }));
    requireOwn(`mounts[${index}].volume.name`, volume.name, volume);
  });
}
