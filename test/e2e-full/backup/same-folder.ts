import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart } from 'cdk8s';
import { MySqlClusterProps } from '../../../lib/mysql/mysql-cluster-props';
import { MySqlTopology } from '../../../lib/mysql/topology/mysql-topology';
import { declareCluster } from '../../e2e/mysql/declare';
import { kubectl } from '../../e2e/support/kubectl';

/** Applies a cluster whose backups have the folder of another one, as a cluster of the same name in another Kubernetes cluster has. */
export async function applyWithFolder(
  namespace: string, folder: string, topology: MySqlTopology, props: Partial<MySqlClusterProps>,
): Promise<void> {
  const app = new App();
  declareCluster(new Chart(app, 'chart', { namespace }), topology, props);
  const own = `${namespace}/mysql`;
  const yaml = app.synthYaml();
  expect(yaml).toContain(own);
  const temporary = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-e2e-'));
  try {
    writeFileSync(join(temporary, 'chart.yaml'), yaml.replaceAll(own, folder));
    await kubectl('apply', '--validate=strict', '--filename', temporary);
  } finally {
    rmSync(temporary, { recursive: true });
  }
}
