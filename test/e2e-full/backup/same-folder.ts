import { MySqlClusterProps } from '../../../lib/mysql/mysql-cluster-props';
import { MySqlTopology } from '../../../lib/mysql/topology/mysql-topology';
import { declareCluster } from '../../e2e/mysql/declare';
import { applyYaml, renderChart } from '../../e2e/support/own-namespace';

/** Applies a cluster whose backups have the folder of another one, as a cluster of the same name in another Kubernetes cluster has. */
export async function applyWithFolder(
  namespace: string, folder: string, topology: MySqlTopology, props: Partial<MySqlClusterProps>,
): Promise<void> {
  const own = `${namespace}/mysql`;
  const yaml = renderChart(namespace, (chart) => void declareCluster(chart, topology, props));
  expect(yaml).toContain(own);
  await applyYaml(yaml.replaceAll(own, folder));
}
