import { IConstruct } from 'constructs';
import { PodSecurity } from '../pod/pod-security';
import { fail } from '../private/errors';
import { MySqlClusterProps } from './mysql-cluster-props';
import { MYSQL_ID } from './server-constants';

/** The user of all pods of a cluster. Folders to which the pods write are always volumes. */
export function memberSecurity(scope: IConstruct, { security }: Pick<MySqlClusterProps, 'security'>): PodSecurity {
  if (security?._rules.isRestricted === false) {
    fail(scope, {
      property: 'security', rule: 'be restricted, or left to the platform', value: 'PodSecurity.asImageBuilt()',
      cure: 'mysqld refuses to run as root; say PodSecurity.restricted({ user }) or PodSecurity.platformAssigned()',
    });
  }
  return security ?? PodSecurity.restricted({ user: MYSQL_ID });
}
