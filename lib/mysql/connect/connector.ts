import { Chart } from 'cdk8s';
import { INetworkPolicyPeer } from 'cdk8s-plus-27';
import { Construct, IConstruct } from 'constructs';
import { fail } from '../../core/errors';
import { NetworkIsolation } from '../../network/network-isolation';
import { allowPlusEgress } from '../../network/render/plus-egress';
import { isOpenWorkload } from '../../pod/additions/open-pod';
import { renderConfigMap } from '../../pod/render/config-map';
import { ResolvedUser } from '../accounts/databases-and-users';
import { MYSQL_PORT } from '../constants/ports';
import { ClusterContext } from '../context/cluster-context';
import { connectionFacts } from '../context/connection-keys';
import {
  containerOf, databaseOf, freeMounts, podOf, requireFolderName, requireFreeVariables, requireReachableSecrets, requireTemplates, userOf,
} from './connect-checks';
import { MySqlAccess } from './mysql-access';
import { MySqlBinding, VARIABLE_VALUES } from './mysql-binding';
import { MySqlConnectOptions } from './mysql-connect-options';
import { MySqlConnection } from './mysql-connection';
import { AUTHORITY, projectAsFolder, projectAsVariables, Source } from './projection';

/** Connects applications with a cluster. */
export class Connector {
  private readonly _clients = new Set<INetworkPolicyPeer>();
  private readonly _configMaps = new Map<string, string>();

  public constructor(
    private readonly _cluster: Construct,
    private readonly _context: ClusterContext,
    private readonly _allowFrom: (client: INetworkPolicyPeer) => void,
  ) {}

  public connect(client: INetworkPolicyPeer, options: MySqlConnectOptions): MySqlConnection {
    const { names, tlsSecret, name } = this._context;
    const pod = podOf(this._cluster, client);
    const container = containerOf(this._cluster, pod, options.container);
    const user = userOf(this._cluster, this._context, options.user);
    const database = databaseOf(this._cluster, this._context, user, options.database);
    const namespace = client.toPodSelector()?.toPodSelectorConfig().namespaces?.names?.[0];
    const namespaces = { own: Chart.of(this._cluster).namespace || undefined, client: namespace };
    requireReachableSecrets(this._cluster, this._context, namespaces, options);
    const binding = this._bind(options.binding ?? MySqlBinding.variables());
    const source: Source = {
      user,
      endpoint: { isReadOnly: options.access === MySqlAccess.READ_ONLY, database },
      secretName: options.secretName ?? user.secretName,
      configMap: user.isGenerated ? undefined : this._factsOf(client, user, namespace),
    };
    const caSecret = options.caSecretName ?? tlsSecret;
    const addition = binding.variables === undefined ? projectAsFolder(binding, source, pod, caSecret)
      : projectAsVariables({ ...binding, variables: binding.variables }, source, pod, { name: `ca-${name}`, secretName: caSecret });
    requireTemplates(this._cluster, binding.templates, addition.env.map((variable) => variable.name));
    requireFreeVariables(this._cluster, container, addition.env.map((variable) => [variable.name, variable.value]));
    container.add({
      env: addition.env.filter((variable) => !container.variables.has(variable.name)),
      mounts: freeMounts(this._cluster, container, addition.mounts),
    });
    this._allow(client);
    const serviceName = source.endpoint.isReadOnly ? names.readOnly : names.readWrite;
    return {
      endpoint: { serviceName, host: names.inDns(serviceName), port: MYSQL_PORT },
      user: user.name,
      database,
      secretName: source.secretName,
      passwordKey: user.secretKey,
      variables: Object.fromEntries(Object.entries(binding.variables ?? {}).filter(([, variable]) => (
        addition.env.some((added) => added.name === variable)))),
      folder: binding.variables === undefined ? binding.folder : undefined,
      caFile: caSecret === undefined ? undefined : `${binding.folder}/${AUTHORITY}`,
    };
  }

  private _bind(binding: MySqlBinding): ReturnType<MySqlBinding['_bind']> {
    const form = binding._bind(this._context.name);
    if (form.unknown.length > 0) {
      fail(this._cluster, {
        property: 'names of the binding of connect', rule: `be by ${Object.keys(VARIABLE_VALUES).join(', ')}`, value: form.unknown[0],
        fix: 'name what the variable holds, as in { host: \'WORDPRESS_DB_HOST\' }',
      });
    }
    if (form.variables === undefined) {
      requireFolderName(this._cluster, form.folder.split('/').at(-1)!);
    }
    return form;
  }

  /** Both sides of the policies, once for each client. */
  private _allow(client: INetworkPolicyPeer): void {
    if (this._clients.has(client)) {
      return;
    }
    this._clients.add(client);
    if (this._context.isolation !== NetworkIsolation.NONE) {
      this._allowFrom(client);
    }
    const cluster = this._cluster as unknown as INetworkPolicyPeer;
    if (!isOpenWorkload(client)) {
      allowPlusEgress(client, cluster);
    } else if (client.networkPolicy !== undefined) {
      client.allowTo(cluster);
    }
  }

  /** The ConfigMap with what is no secret of a user whose Secret another tool makes: one in each namespace with a client. */
  private _factsOf(client: IConstruct, user: ResolvedUser, namespace?: string): string {
    const { names, name, labels, tlsSecret } = this._context;
    const key = `${namespace ?? ''}/${user.name}`;
    const configMap = this._configMaps.get(key) ?? `${name}-user-${user.name.toLowerCase().replaceAll('_', '-')}`;
    if (!this._configMaps.has(key)) {
      this._configMaps.set(key, configMap);
      renderConfigMap(Chart.of(client), `${this._cluster.node.addr}-${namespace}-${user.name}`, {
        name: configMap, namespace, property: 'users', fix: 'give the user another name', labels: labels.common,
        content: { data: connectionFacts(names, user, tlsSecret !== undefined), binaryData: {} }, hasSubstitution: true,
      });
    }
    return configMap;
  }
}
