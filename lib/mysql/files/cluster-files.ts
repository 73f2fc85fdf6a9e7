import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { checksum } from '../../core/checksum';
import { renderDeclaration, tlsIsOptional } from '../accounts/databases-and-users';
import { renderConfiguration } from '../configuration/render-configuration';
import { PATHS } from '../constants/paths';
import { ClusterContext } from '../context/cluster-context';
import { renderUserSecrets } from '../context/connection-keys';
import { renderFiles } from './config-map';
import { scriptBundle } from './script-bundle';

const CERTIFICATE = { ssl_ca: `${PATHS.tls}/ca.crt`, ssl_cert: `${PATHS.tls}/tls.crt`, ssl_key: `${PATHS.tls}/tls.key` };

/** What only the files need. */
export interface ClusterFilesConfig {
  readonly configuration: Record<string, string>;
  readonly memoryLimit: Size;
}

/**
 * The ConfigMaps of a cluster. Configuration and scripts change the pods; the list of members and the declaration of databases and users
 * are read while they run.
 *
 * @returns the checksum of what changes the pods
 */
export function renderClusterFiles(scope: Construct, context: ClusterContext, config: ClusterFilesConfig): string {
  const { names, labels, topology, version, members, databases, users, tlsSecret } = context;
  const files = {
    'my.cnf': renderConfiguration(scope, {
      version,
      memoryLimit: config.memoryLimit,
      user: config.configuration,
      enforced: { ...topology.enforced, ...tlsSecret !== undefined ? { ...CERTIFICATE, ...topology.enforcedWithAuthority } : {} },
      defaults: topology.defaults,
      reservedMemory: topology.reservedMemory,
      tlsIsOptional: tlsIsOptional(users),
    }),
  };
  const scripts = scriptBundle(topology.scripts);
  renderFiles(scope, 'Config', names.configMaps.config, labels.common, files);
  renderFiles(scope, 'Scripts', names.configMaps.scripts, labels.common, scripts);
  renderFiles(scope, 'Topology', names.configMaps.topology, labels.common, {
    declaration: renderDeclaration(scope, databases, users, topology.own),
    members: members.map((member) => `${member}\n`).join(''),
    ...users.some(({ isGenerated }) => isGenerated) ? { 'user-secrets': renderUserSecrets(names, users, tlsSecret !== undefined) } : {},
  });
  return checksum([files, scripts]);
}
