import { IConstruct } from 'constructs';
import { INT32_MAX } from '../../core/limits';
import { requireInteger } from '../../core/validation';
import { PodSecurity } from '../pod-security';

const PRIVILEGED_PORTS_BELOW = 1024;

/** The pod's `securityContext`. */
export function renderPodSecurityContext(scope: IConstruct, security: PodSecurity, ports: number[]): Record<string, unknown> {
  const seccompProfile = { type: 'RuntimeDefault' };
  const { identity, isRestricted } = security._rules;
  if (!isRestricted) {
    return { seccompProfile };
  }
  for (const [property, id] of Object.entries(identity ?? {})) {
    requireInteger({ scope, property: `security.${property}` }, id, 1, INT32_MAX,
      'root (0) is not restricted; for an image that needs root say PodSecurity.asImageBuilt()');
  }
  return {
    fsGroup: identity?.group,
    fsGroupChangePolicy: 'OnRootMismatch',
    runAsGroup: identity?.group,
    runAsNonRoot: true,
    runAsUser: identity?.user,
    seccompProfile,
    sysctls: renderSysctls(ports),
  };
}

/** The container's `securityContext`. */
export function renderContainerSecurityContext(security: PodSecurity): Record<string, unknown> {
  return { allowPrivilegeEscalation: false, ...security._rules.container };
}

/**
 * A user other than root may not listen on ports below 1024 unless this setting of the pod's own network namespace says so; the
 * capability NET_BIND_SERVICE does not help, since without privilege escalation no other user than root gets it. The setting is one of
 * the "safe" ones that a node allows by default and that the Pod Security level "restricted" admits:
 * https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/#safe-and-unsafe-sysctls
 */
function renderSysctls(ports: number[]): Record<string, string>[] | undefined {
  const lowest = Math.min(...ports);
  return lowest < PRIVILEGED_PORTS_BELOW ? [{ name: 'net.ipv4.ip_unprivileged_port_start', value: String(lowest) }] : undefined;
}
