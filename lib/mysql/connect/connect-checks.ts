import { INetworkPolicyPeer } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { fail } from '../../core/errors';
import { requireDnsLabel, requireDnsName, requireEnvName, requireMountPath } from '../../core/validation';
import { requireArrival } from '../../core/yaml-text';
import { AddedMount, isOpenWorkload, OpenContainer, OpenPod } from '../../pod/additions/open-pod';
import { plusPod } from '../../pod/additions/plus-pod';
import { referencesOf } from '../../pod/render/references';
import { ResolvedUser } from '../accounts/databases-and-users';
import { ClusterContext } from '../context/cluster-context';
import { databasesOf, isInKeys } from '../context/connection-keys';
import { MySqlConnectOptions } from './mysql-connect-options';

const FOLDER_NAME_MAX = 50;

/** The pods of a client. */
export function podOf(cluster: IConstruct, client: INetworkPolicyPeer): OpenPod {
  const pod = isOpenWorkload(client) ? client._openPod : plusPod(client);
  return pod ?? fail(cluster, {
    property: 'client of connect', rule: 'be a StatefulWeb, or a workload of cdk8s-plus', value: client.node.path,
    fix: 'for other pods call allowFrom, and mount the Secret of the user',
  });
}

export function containerOf(cluster: IConstruct, { containers }: OpenPod, name?: string): OpenContainer {
  const container = name === undefined ? containers[0] : containers.find((one) => one.name === name);
  return container ?? fail(cluster, {
    property: 'container of connect', rule: 'be a container of the pod', value: name,
    fix: containers.length === 0 ? 'the pod has none; add one before connect' : `it has ${containers.map((one) => one.name).join(', ')}`,
  });
}

export function userOf(cluster: IConstruct, { users }: ClusterContext, name: string): ResolvedUser {
  return users.find((user) => user.name === name) ?? fail(cluster, {
    property: 'user of connect', rule: 'be a user of the cluster', value: name,
    fix: users.length === 0 ? 'declare it in users' : `declare it in users, which has ${users.map((user) => user.name).join(', ')}`,
  });
}

/** The database with which the client connects; undefined for none. */
export function databaseOf(cluster: IConstruct, { databases }: ClusterContext, user: ResolvedUser, name?: string): string | undefined {
  const granted = databasesOf(user);
  const database = name ?? granted[0];
  const property = 'database of connect';
  if (database === undefined) {
    return undefined;
  }
  if (!granted.includes(database)) {
    fail(cluster, {
      property, rule: `be one in which ${user.name} has privileges`, value: database,
      fix: `add it to the grants of ${user.name}${granted.length === 0 ? '' : `, which has ${granted.join(', ')}`}`,
    });
  }
  if (databases.every((declared) => declared.name !== database)) {
    fail(cluster, { property, rule: 'be a database of the cluster', value: database, fix: 'declare it in databases, so that it exists' });
  }
  if (database !== granted[0] && !isInKeys(database)) {
    fail(cluster, {
      property, rule: `be the first one of the grants of ${user.name}, since "$" is in no key of a Secret`, value: database,
      fix: 'make it the first grant, or rename the database',
    });
  }
  return database;
}

/** Pods read Secrets of their own namespace only. */
export function requireReachableSecrets(
  cluster: IConstruct,
  context: ClusterContext,
  namespaces: { readonly own?: string; readonly client?: string },
  options: MySqlConnectOptions,
): void {
  for (const property of ['secretName', 'caSecretName'] as const) {
    if (options[property] !== undefined) {
      requireDnsName({ scope: cluster, property: `${property} of connect` }, options[property]);
    }
  }
  if (options.caSecretName !== undefined && context.tlsSecret === undefined) {
    fail(cluster, {
      property: 'caSecretName of connect', rule: 'be left out where each server makes its own certificate', value: options.caSecretName,
      fix: 'no authority signs these; give the cluster a certificate with tls',
    });
  }
  if (namespaces.client === namespaces.own) {
    return;
  }
  const where = `where the client is in the namespace ${namespaces.client ?? 'that the chart does not name'}`;
  if (options.secretName === undefined) {
    fail(cluster, {
      property: 'secretName of connect', rule: `be named ${where}`, value: undefined,
      fix: `copy the Secret of the user from ${namespaces.own ?? 'the namespace of the cluster'}: docs/mysql-connect.md says how`,
    });
  }
  if (context.tlsSecret !== undefined && options.caSecretName === undefined) {
    fail(cluster, {
      property: 'caSecretName of connect', rule: `be named ${where}`, value: undefined,
      fix: `copy the key ca.crt of ${context.tlsSecret}: docs/mysql-connect.md says how`,
    });
  }
}

/** A text refers to variables that the same call adds, and not to others of templates, whose order is not the user's. */
export function requireTemplates(cluster: IConstruct, templates: Record<string, string>, added: string[]): void {
  const known = added.filter((name) => templates[name] === undefined);
  for (const [name, text] of Object.entries(templates)) {
    const origin = { scope: cluster, property: `templates.${name} of the binding of connect` };
    requireArrival(origin, text);
    const unknown = referencesOf(text).find((target) => !known.includes(target));
    if (unknown !== undefined) {
      fail(cluster, {
        property: origin.property, rule: 'refer to variables of the binding only', value: `$(${unknown})`, fix: `these are ${known.join(', ')}`,
      });
    }
  }
}

/** A variable stands for one value. The same text again is none too many. */
export function requireFreeVariables(
  cluster: IConstruct, { name: container, variables }: OpenContainer, added: [name: string, value?: string][],
): void {
  const seen = new Set<string>();
  for (const [name, value] of added) {
    requireEnvName({ scope: cluster, property: 'binding of connect' }, name);
    if (seen.has(name) || variables.has(name) && (value === undefined || variables.get(name) !== value)) {
      fail(cluster, {
        property: 'binding of connect', rule: 'name variables that the container does not have', value: name,
        fix: `${container} has it already, perhaps of another call of connect; say another prefix or root in the binding`,
      });
    }
    seen.add(name);
  }
}

/** The mounts that the container lacks. */
export function freeMounts(cluster: IConstruct, { name: container, mounts }: OpenContainer, added: AddedMount[]): AddedMount[] {
  return added.filter(({ volume, mountPath, isShared }) => {
    const origin = { scope: cluster, property: 'binding of connect' };
    requireMountPath(origin, mountPath);
    const other = mounts.get(mountPath);
    if (other === undefined || isShared && other === volume.name) {
      return other === undefined;
    }
    return fail(cluster, {
      ...origin, rule: 'name a folder at which the container mounts nothing', value: mountPath,
      fix: `${container} mounts something there already, perhaps of another call of connect; say another name in the binding`,
    });
  });
}

/** The name of a folder is a part of the name of its volume. */
export function requireFolderName(cluster: IConstruct, name: string): void {
  const origin = { scope: cluster, property: 'name of the binding of connect' };
  requireDnsLabel(origin, name, FOLDER_NAME_MAX, ' (the name of its volume has more)');
}
