import { IConstruct } from 'constructs';
import { fail } from '../../core/errors';
import { PodSecurity } from '../../pod/pod-security';

/** The user of the official images. */
const MYSQL_ID = 999;

/** The user of all pods of a cluster. Folders to which the pods write are always volumes. */
export function memberSecurity(scope: IConstruct, security?: PodSecurity): PodSecurity {
  if (security?._rules.isRestricted === false) {
    fail(scope, {
      property: 'security', rule: 'be restricted, or left to the platform', value: 'PodSecurity.asImageBuilt()',
      fix: 'mysqld refuses to run as root; say PodSecurity.restricted({ user }) or PodSecurity.platformAssigned()',
    });
  }
  return security ?? PodSecurity.restricted({ user: MYSQL_ID });
}

/** The security context of pods without claims: `fsGroupChangePolicy` is about nothing else. */
export function withoutClaims(securityContext: Record<string, unknown>): Record<string, unknown> {
  return { ...securityContext, fsGroupChangePolicy: undefined };
}
