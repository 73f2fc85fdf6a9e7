import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { requireImage } from '../../core/validation';
import { renderResources } from '../../pod/render/resources';
import { PATHS, script } from '../constants/paths';
import { ClusterContext } from '../context/cluster-context';
import { componentLabels } from '../context/component-labels';
import { METADATA_RESOURCES } from '../context/default-resources';
import { MySqlRouterOptions } from '../topology/mysql-router-options';
import { renderRouterDeployment } from './router-deployment';

const GRACE_SECONDS = 150; // MySQL Shell, which may take 120 s (adopt.sh), is not to be killed half-way

/** The name of the Deployment. */
export function metadataName({ name }: Pick<ClusterContext, 'name'>): string {
  return `${name}-router-metadata`;
}

/**
 * What keeps the metadata of InnoDB Cluster equal to the group, since Router believes it: one pod, since two would interfere. It alone has
 * MySQL Shell and the password of `admin`; Routers, to which clients speak, have neither.
 */
export function renderMetadata(
  cluster: Construct, context: ClusterContext, options: MySqlRouterOptions, scripts: string,
): ApiObject {
  const scope = new Construct(cluster, 'router-metadata');
  const name = metadataName(context);
  const labels = componentLabels(cluster, context, 'router-metadata');
  const image = options.shellImage ?? context.image;
  requireImage({ scope: cluster, property: 'topology.router.shellImage' }, image);
  context.version._requireNotOlder({ scope: cluster, property: 'topology.router.shellImage' }, image);
  return renderRouterDeployment(scope, context, {
    name,
    labels,
    replicas: 1,
    strategy: { type: 'Recreate' },
    placement: options.placement,
    gracePeriodSeconds: GRACE_SECONDS,
    container: {
      name: 'adopt', image, command: [script('adopt.sh')], resources: renderResources(cluster, undefined, METADATA_RESOURCES),
    },
    environment: { CLUSTER_NAME: context.name, HOME: PATHS.temporary, MYSQLSH_USER_CONFIG_HOME: PATHS.temporary },
    accounts: ['admin', 'monitor', 'replication', 'router'],
    tls: context.tlsSecret === undefined ? undefined : { secretName: context.tlsSecret, keys: ['ca.crt'] },
    scripts,
  });
}
