import { IConstruct } from 'constructs';
import { fail } from '../../core/errors';
import { requireDnsName, requireUnique } from '../../core/validation';

/** As whom pods speak to the API server and to registries. */
export interface PodAccessConfig {
  readonly serviceAccountName?: string;
  readonly automountServiceAccountToken?: boolean;
  readonly imagePullSecrets?: string[];
}

/** The fields of a pod's spec that say as whom it speaks to others. No token is mounted unless it is asked for. */
export function renderPodAccess(scope: IConstruct, config: PodAccessConfig): Record<string, unknown> {
  const { serviceAccountName, automountServiceAccountToken = false, imagePullSecrets = [] } = config;
  if (serviceAccountName !== undefined) {
    requireDnsName({ scope, property: 'serviceAccountName' }, serviceAccountName);
  } else if (automountServiceAccountToken) {
    fail(scope, {
      property: 'serviceAccountName', rule: 'be named where automountServiceAccountToken is true', value: serviceAccountName,
      cure: 'name an account with the rights that the pods need; those of the account "default" are every pod\'s',
    });
  }
  imagePullSecrets.forEach((name, index) => requireDnsName({ scope, property: `imagePullSecrets[${index}]` }, name));
  requireUnique(scope, (index) => `imagePullSecrets[${index}]`, imagePullSecrets, 'Secret');
  return {
    automountServiceAccountToken,
    imagePullSecrets: imagePullSecrets.length > 0 ? imagePullSecrets.map((name) => ({ name })) : undefined,
    serviceAccountName,
  };
}
