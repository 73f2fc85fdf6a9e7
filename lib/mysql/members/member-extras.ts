import { IConstruct } from 'constructs';
import { fail } from '../../core/errors';
import { requireMountPath } from '../../core/validation';
import { AuxiliaryContainer } from '../../pod/auxiliary-container';
import { PodSecurity } from '../../pod/pod-security';
import { auxiliaryMounts, namedContainers, renderAuxiliaryContainer, requireApart } from '../../pod/render/auxiliary-containers';
import { namedMounts, renderMounts, SCRATCH } from '../../pod/render/mounts';
import { ContainerConfig } from '../../pod/render/stateful-set';
import { VolumeMount } from '../../pod/volume-mount';
import { ClaimTemplate } from '../../storage/claim-template';
import { MYSQL_PORT, MYSQL_PORT_NAME, RECIPIENT_PORT } from '../constants/ports';

/** What the user adds to the pods of members. */
export interface MemberExtrasConfig {
  readonly sidecars?: AuxiliaryContainer[];
  readonly mounts?: VolumeMount[];
}

/** What a pod of a member has of its own, which nothing that is added may replace. */
interface OwnPod {
  readonly claim: ClaimTemplate;
  readonly containerNames: string[];
  readonly volumeNames: string[];
  readonly mountPaths: string[];
  readonly security: PodSecurity;
  readonly gracePeriod: number;
}

export interface MemberExtras {
  readonly containers: ContainerConfig[];
  readonly volumes: Record<string, unknown>[];
  /** What the container `mysqld` mounts besides. */
  readonly volumeMounts: Record<string, unknown>[];
}

/** The containers beside the server and the agent, and the volumes of these and of the server. */
export function renderMemberExtras(scope: IConstruct, { sidecars = [], mounts = [] }: MemberExtrasConfig, own: OwnPod): MemberExtras {
  const others = namedContainers([], sidecars);
  const ports = [{ name: MYSQL_PORT_NAME, port: MYSQL_PORT }, { name: 'recipient', port: RECIPIENT_PORT }];
  requireApart(scope, { name: 'mysqld', nameProperty: 'mysqld', ports }, others);
  sidecars.forEach(({ name }, index) => requireOther(scope, `sidecars[${index}].name`, name, own.containerNames, 'container name'));
  mounts.forEach(({ volume, mountPath }, index) => {
    requireMountPath({ scope, property: `mounts[${index}].mountPath` }, mountPath);
    requireOther(scope, `mounts[${index}].mountPath`, mountPath, own.mountPaths, 'mount path');
    if (!volume._isClaimTemplate) {
      requireOther(scope, `mounts[${index}].volume.name`, volume.name, own.volumeNames, 'volume name');
    }
  });
  sidecars.forEach((sidecar, index) => sidecar.mounts?.forEach(({ volume }, at) => {
    if (!volume._isClaimTemplate) {
      requireOther(scope, `sidecars[${index}].mounts[${at}].volume.name`, volume.name, own.volumeNames, 'volume name');
    }
  }));
  const { volumes, volumeMounts: [[, ...ofServer] = [], ...ofSidecars] } = renderMounts(scope, [own.claim], [
    { mounts: namedMounts('mounts', mounts), writablePaths: [], writablePathsProperty: 'security.writablePaths', scratch: SCRATCH },
    ...others.map((other) => auxiliaryMounts(other, own.security._rules.container.readOnlyRootFilesystem === true)),
  ]);
  return {
    containers: others.map((other, index) => renderAuxiliaryContainer(scope, other, own.gracePeriod, ofSidecars[index])),
    volumes,
    volumeMounts: ofServer,
  };
}

function requireOther(scope: IConstruct, property: string, value: string, taken: string[], what: string): void {
  if (taken.includes(value)) {
    fail(scope, {
      property, rule: `be a ${what} that the cluster does not use`, value, fix: `choose another one; the cluster uses ${taken.join(', ')}`,
    });
  }
}
