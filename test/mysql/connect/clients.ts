import { Chart } from 'cdk8s';
import { ContainerProps, Deployment, DeploymentProps } from 'cdk8s-plus-27';
import { MySqlAccounts, MySqlCluster, MySqlClusterProps } from '../../../lib';
import { Manifest, testChart } from '../../util';
import { addCluster } from '../cluster';

export interface Container {
  readonly name: string;
  readonly env?: {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: Record<string, { readonly name: string; readonly key: string }>;
  }[];
  readonly volumeMounts?: { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
}

export interface Pod {
  readonly containers: Container[];
  readonly initContainers?: Container[];
  readonly volumes?: { readonly name: string; readonly projected?: unknown; readonly secret?: unknown }[];
}

/** A cluster with users `shop`, who has a Secret that a Job makes, and `report`, whose Secret another tool makes. */
export function addShop(chart: Chart = testChart('data'), props: Partial<MySqlClusterProps> = {}): MySqlCluster {
  return addCluster(chart, {
    accounts: MySqlAccounts.generated(),
    databases: [{ name: 'shop' }, { name: 'archive' }, { name: 'cash$' }],
    users: [
      { name: 'shop', grants: [{ database: 'shop' }, { database: 'archive' }, { database: 'cash$' }, { database: 'elsewhere' }] },
      { name: 'report', secretName: 'report', secretKey: 'word', grants: [{ database: 'shop', privileges: ['SELECT'] }] },
      { name: 'exporter', globalPrivileges: ['PROCESS'] },
    ],
    ...props,
  });
}

/** A Deployment of cdk8s-plus. */
export function addDeployment(chart: Chart, props: Partial<DeploymentProps> = {}, container: Partial<ContainerProps> = {}): Deployment {
  return new Deployment(chart, 'app', { containers: [{ name: 'app', image: 'app:1', ...container }], ...props });
}

/** The pods of the only workload of a kind, but for those of the cluster. */
export function podOf(objects: Manifest[], kind: string): Pod {
  const found = objects.filter((object) => object.kind === kind && !object.metadata?.name?.startsWith('mysql'));
  expect(found).toHaveLength(1);
  const { spec } = found[0] as unknown as { spec: Record<string, unknown> };
  const { template } = (kind === 'CronJob' ? (spec.jobTemplate as { spec: unknown }).spec : spec) as { template?: { spec: Pod } };
  return template === undefined ? spec as unknown as Pod : template.spec;
}

/** The variables of a container: a text, or `<Secret>/<key>`. */
export function variablesOf({ env = [] }: Container): Record<string, string> {
  return Object.fromEntries(env.map(({ name, value, valueFrom }) => {
    const [source] = Object.values(valueFrom ?? {});
    return [name, value ?? `${source.name}/${source.key}`];
  }));
}
