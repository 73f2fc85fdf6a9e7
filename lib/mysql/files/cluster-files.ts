import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { checksum } from '../../core/checksum';
import { renderDeclaration, tlsIsOptional } from '../accounts/databases-and-users';
import { renderConfiguration } from '../configuration/render-configuration';
import { PATHS } from '../constants/paths';
import { BUNDLES } from '../constants/programs';
import { ClusterContext } from '../context/cluster-context';
import { renderUserSecrets } from '../context/connection-keys';
import { renderFiles, renderScripts } from './config-map';
import { programsChecksum, scriptsIn } from './script-bundle';

const CERTIFICATE = { ssl_ca: `${PATHS.tls}/ca.crt`, ssl_cert: `${PATHS.tls}/tls.crt`, ssl_key: `${PATHS.tls}/tls.key` };

/** What only the files need. */
export interface ClusterFilesConfig {
  readonly configuration: Record<string, string>;
  readonly memoryLimit: Size;
  /** The server from which the first member copies restored data, by its name in DNS. */
  readonly restoreHost?: string;
  /** The pod of the archive of binary logs. */
  readonly archivePod?: string;
}

/**
 * The ConfigMaps of a cluster. Configuration and scripts change the pods of the members; the list of members and the declaration of
 * databases and users are read while they run.
 *
 * @returns the checksum of what changes pods of members that run these programs
 */
export function renderClusterFiles(scope: Construct, context: ClusterContext, config: ClusterFilesConfig): (programs: string[]) => string {
  const { names, labels, topology, version, members, databases, users, moreAccounts, tlsSecret } = context;
  const files = {
    'my.cnf': renderConfiguration(scope, {
      version,
      memoryLimit: config.memoryLimit,
      user: config.configuration,
      enforced: { ...topology.enforced, ...tlsSecret !== undefined ? { ...CERTIFICATE, ...topology.enforcedWithAuthority } : {} },
      defaults: topology.defaultsIn(config.memoryLimit),
      reservedMemory: topology.reservedMemory,
      tlsIsOptional: tlsIsOptional(users),
    }),
  };
  const { config: configName, scripts: scriptsName, topology: topologyName } = names.configMaps;
  renderFiles(scope, 'Config', { name: configName, labels: labels.common }, files);
  renderScripts(scope, scriptsName, labels.common, scriptsIn(topology.scripts, BUNDLES[topology.scripts].folders));
  renderFiles(scope, 'Topology', { name: topologyName, labels: labels.common }, {
    declaration: renderDeclaration(scope, databases, users, topology.own, moreAccounts),
    members: members.map((member) => `${member}\n`).join(''),
    ...config.restoreHost === undefined ? {} : { restore: `${config.restoreHost}\n` },
    ...config.archivePod === undefined ? {} : { archive: `${config.archivePod}\n` },
    ...users.some(({ isGenerated }) => isGenerated) ? { 'user-secrets': renderUserSecrets(names, users, tlsSecret !== undefined) } : {},
  });
  return (programs) => checksum([files, programsChecksum(topology.scripts, programs)]);
}
