import { IConstruct } from 'constructs';
import { fail } from '../../core/errors';
import { requireMountPath, requireRelativePath, requireUnique } from '../../core/validation';
import { ClaimTemplate } from '../../storage/claim-template';
import { PodVolume } from '../pod-volume';
import { VolumeMount } from '../volume-mount';

/** A mount, and what the user calls it, e.g. `mounts[0]`. */
export interface NamedMount extends VolumeMount {
  readonly property: string;
}

/** What one container mounts. */
export interface ContainerMounts {
  readonly mounts: NamedMount[];
  /** Folders that are writable although the root file system is not, and what the user calls their list. */
  readonly writablePaths: string[];
  readonly writablePathsProperty: string;
  /** The name of the emptyDir in which those folders are. */
  readonly scratch: string;
}

export interface RenderedMounts {
  readonly volumes: Record<string, unknown>[];
  /** The `volumeMounts` of each container. */
  readonly volumeMounts: (Record<string, unknown>[] | undefined)[];
}

/** The name of the main container's emptyDir. */
export const SCRATCH = 'scratch';

/** The mounts of a list of the user's. */
export function namedMounts(property: string, mounts: VolumeMount[] = []): NamedMount[] {
  return mounts.map((mount, index) => Object.assign({}, mount, { property: `${property}[${index}]` }));
}

/**
 * What the containers of a pod mount: the first one the claims, each of them its volumes, and one emptyDir with a folder for each path
 * that must be writable.
 */
export function renderMounts(scope: IConstruct, claims: ClaimTemplate[], containers: ContainerMounts[]): RenderedMounts {
  const claimMounts = claims.map(({ name, mountPath, subPath, readOnly }, index): NamedMount => (
    { property: `claims[${index}]`, volume: PodVolume.claimTemplate(name), mountPath, subPath, readOnly }
  ));
  const mountsOf = containers.map(({ mounts }, index) => (index === 0 ? claimMounts.concat(mounts) : mounts));
  containers.forEach((container, index) => requirePlaces(scope, container, mountsOf[index]));

  const paths = containers.map(({ writablePaths }, index) => scratchPaths(writablePaths, mountsOf[index]));
  const scratches = containers.filter((_, index) => paths[index].length > 0).map(({ scratch }) => PodVolume.emptyDir(scratch));
  const others = containers.flatMap(({ mounts }) => mounts);
  requireVolumeNames(scope, claims, others, scratches.map(({ name }) => name));
  return {
    volumes: [...new Set(others.map(({ volume }) => volume)), ...scratches]
      .map((volume) => volume._toKube()).filter((volume) => volume !== undefined),
    volumeMounts: containers.map(({ scratch }, index) => {
      const rendered = mountsOf[index].map(renderMount).concat(paths[index].map((path) => renderScratchMount(scratch, path)));
      return rendered.length > 0 ? rendered : undefined;
    }),
  };
}

function renderMount({ volume, mountPath, subPath, readOnly }: NamedMount): Record<string, unknown> {
  return { name: volume.name, mountPath, subPath, readOnly };
}

function renderScratchMount(name: string, mountPath: string): Record<string, unknown> {
  return { name, mountPath, subPath: mountPath.slice(1) };
}

/** The paths that must be writable and that no mount covers. */
function scratchPaths(writablePaths: string[], mounts: NamedMount[]): string[] {
  return [...new Set(writablePaths)].filter((path) => mounts.every(({ mountPath }) => mountPath !== path));
}

function requirePlaces(
  scope: IConstruct, { writablePaths, writablePathsProperty }: ContainerMounts, mounts: NamedMount[],
): void {
  for (const { property, mountPath, subPath } of mounts) {
    requireMountPath({ scope, property: `${property}.mountPath` }, mountPath);
    if (subPath !== undefined) {
      requireRelativePath({ scope, property: `${property}.subPath` }, subPath);
    }
  }
  requireUnique(scope, (index) => `${mounts[index].property}.mountPath`, mounts.map(({ mountPath }) => mountPath), 'mount path');
  writablePaths.forEach((path, index) => requireMountPath({ scope, property: `${writablePathsProperty}[${index}]` }, path));
}

/** A name stands for one volume of the pod only. */
function requireVolumeNames(scope: IConstruct, claims: ClaimTemplate[], mounts: NamedMount[], scratches: string[]): void {
  const volumes = new Map<string, PodVolume | ClaimTemplate>();
  const requireOwn = (property: string, name: string, volume: PodVolume | ClaimTemplate): void => {
    const rule = 'be a volume name of its own';
    if (scratches.includes(name)) {
      fail(scope, { property, rule, value: name, fix: 'the folders that must be writable use this name; choose another one' });
    }
    if ((volumes.get(name) ?? volume) !== volume) {
      fail(scope, {
        property, rule, value: name,
        fix: 'another volume or claim has this name; rename one, or mount the same PodVolume object twice to share it',
      });
    }
    volumes.set(name, volume);
  };
  claims.forEach((claim, index) => requireOwn(`claims[${index}].name`, claim.name, claim));
  mounts.forEach(({ volume, property }) => {
    volume._requireValid((part) => ({ scope, property: `${property}.volume.${part}` }));
    if (!volume._isClaimTemplate) {
      requireOwn(`${property}.volume.name`, volume.name, volume);
    } else if (claims.every(({ name }) => name !== volume.name)) {
      fail(scope, {
        property: `${property}.volume.name`, rule: 'be the name of a claim template', value: volume.name,
        fix: claims.length > 0 ? `the claims are ${claims.map(({ name }) => name).join(', ')}` : 'there are no claims; name one',
      });
    }
  });
}
