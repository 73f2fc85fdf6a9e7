import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart } from 'cdk8s';
import { get, kubectl } from './kubectl';

/** Tests of webs that are no app of `dist`, in a namespace of their own that is deleted afterwards. */
export function describeInNamespace(namespace: string, body: () => void): void {
  describe(`in namespace ${namespace}`, () => {
    let ours = false;

    beforeAll(async () => {
      if (await get('namespace', namespace) !== undefined) {
        throw new Error(`the cluster has a namespace ${namespace} that these tests would delete; remove it first`);
      }
      await kubectl('create', 'namespace', namespace);
      ours = true;
      await kubectl('label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted');
    }, 60_000);

    afterAll(async () => {
      if (ours) {
        await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--timeout', '150s');
      }
    }, 180_000);

    body();
  });
}

/** What a chart of this namespace renders. */
export function renderChart(namespace: string, fill: (chart: Chart) => void): string {
  const app = new App();
  fill(new Chart(app, 'chart', { namespace }));
  return app.synthYaml();
}

/** Applies what a chart of this namespace renders, with the server's strict validation. */
export async function applyChart(namespace: string, fill: (chart: Chart) => void): Promise<void> {
  await applyYaml(renderChart(namespace, fill));
}

/** Applies manifests with the server's strict validation. */
export async function applyYaml(yaml: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-e2e-'));
  try {
    const file = join(folder, 'chart.yaml');
    writeFileSync(file, yaml);
    await kubectl('apply', '--validate=strict', '--filename', file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
