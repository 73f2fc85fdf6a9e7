import { IServiceAccount, ISecret } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { fail } from '../../core/errors';
import { nameOf, nameOrHeld } from '../../core/held-objects';
import { requireDnsName, requireUnique } from '../../core/validation';

/** The identity of pods towards the API server and registries. */
export interface PodAccessConfig {
  readonly serviceAccountName?: string;
  readonly serviceAccount?: IServiceAccount;
  readonly automountServiceAccountToken?: boolean;
  readonly imagePullSecrets?: string[];
  readonly dockerRegistryAuth?: ISecret;
}

/** Renders the fields of a pod's spec for its identity. No token is mounted unless the user asks for it. */
export function renderPodAccess(scope: IConstruct, config: PodAccessConfig): Record<string, unknown> {
  const { automountServiceAccountToken = false, dockerRegistryAuth } = config;
  const serviceAccountName = serviceAccountNameOf(scope, config);
  const imagePullSecrets = [
    ...config.imagePullSecrets ?? [], ...dockerRegistryAuth === undefined ? [] : [nameOf(scope, dockerRegistryAuth)],
  ];
  if (serviceAccountName !== undefined) {
    requireDnsName({ scope, property: 'serviceAccountName' }, serviceAccountName);
  } else if (automountServiceAccountToken) {
    fail(scope, {
      property: 'serviceAccountName', rule: 'be named where automountServiceAccountToken is true', value: serviceAccountName,
      fix: 'name an account with the rights that the pods need; those of the account "default" are every pod\'s',
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

/** The name of the account, however it is given. */
export function serviceAccountNameOf(scope: IConstruct, { serviceAccountName, serviceAccount }: PodAccessConfig): string | undefined {
  return nameOrHeld({ scope, property: 'serviceAccountName' }, serviceAccountName, serviceAccount);
}
