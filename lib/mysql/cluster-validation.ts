import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { fail } from '../core/errors';
import { requireAnnotations, requireDnsLabel, requireDnsName, requireServiceName, requireSize } from '../core/validation';
import { MySqlVersion } from './context/mysql-version';
import { MySqlClusterProps } from './mysql-cluster-props';

const SERVICE_NAME_MAX = 63;

interface Resolved {
  readonly name: string;
  readonly image: string;
  readonly version: MySqlVersion;
}

/** Refuses what no other part of the cluster checks. */
export function requireValidCluster(scope: IConstruct, { name, image, version }: Resolved, props: MySqlClusterProps): void {
  const { namespace } = Chart.of(scope);
  if (namespace) {
    requireDnsLabel({ scope, property: 'namespace of the chart' }, namespace);
  }
  requireServiceName({ scope, property: 'name' }, name.slice(0, SERVICE_NAME_MAX)); // name-limits.ts has how long it may be
  version._requireSupported({ scope, property: 'version' });
  version._requireImage({ scope, property: 'image' }, image);
  requireSize({ scope, property: 'storage.size' }, props.storage.size);
  if (props.storage.claimName !== undefined) {
    requireDnsLabel({ scope, property: 'storage.claimName' }, props.storage.claimName);
  }
  requireAnnotations({ scope, property: 'podAnnotations' }, props.podAnnotations ?? {});
  if (props.clusterDomain !== undefined) {
    requireDnsName({ scope, property: 'clusterDomain' }, props.clusterDomain);
  }
  if (props.resources?.memory !== undefined && props.resources.memory.limit === undefined) {
    fail(scope, {
      property: 'resources.memory.limit', rule: 'be named', value: undefined,
      fix: 'the buffer pool and the number of connections follow from it; write it as in Size.gibibytes(1)',
    });
  }
}
