import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { checksum } from '../core/checksum';
import { ClusterContext } from './cluster-context';
import { renderConfigMap } from './config-map';
import { renderConfiguration } from './configuration/render-configuration';
import { renderDeclaration, tlsIsOptional } from './declaration';
import { DEFAULT_RESOURCES } from './member-resources';
import { scriptBundle } from './script-bundle';

const CERTIFICATE = { ssl_ca: '/tls/ca.crt', ssl_cert: '/tls/tls.crt', ssl_key: '/tls/tls.key' };

/**
 * The ConfigMaps of a cluster. Configuration and scripts change the pods; the list of members and the declaration of databases and users
 * are read while they run.
 *
 * @returns the checksum of what changes the pods
 */
export function renderClusterFiles(scope: Construct, context: ClusterContext, hasCertificate: boolean): string {
  const { names, labels, topology, props, version, members, users } = context;
  const config = {
    'my.cnf': renderConfiguration(scope, {
      version,
      memoryLimit: memoryLimit(context),
      user: props.configuration ?? {},
      enforced: { ...topology.enforced, ...hasCertificate ? { ...CERTIFICATE, ...topology.enforcedWithAuthority } : {} },
      defaults: topology.defaults,
      reservedMemory: topology.reservedMemory,
      tlsIsOptional: tlsIsOptional(users),
    }),
  };
  const scripts = scriptBundle(topology.scripts);
  renderConfigMap(scope, 'Config', names.configMaps.config, labels.common, config);
  renderConfigMap(scope, 'Scripts', names.configMaps.scripts, labels.common, scripts);
  renderConfigMap(scope, 'Topology', names.configMaps.topology, labels.common, {
    declaration: renderDeclaration(scope, props.databases ?? [], users, topology.routers !== undefined),
    members: members.map((member) => `${member}\n`).join(''),
  });
  return checksum([config, scripts]);
}

function memoryLimit({ props }: ClusterContext): Size {
  return (props.resources?.memory ?? DEFAULT_RESOURCES.memory!).limit!;
}
