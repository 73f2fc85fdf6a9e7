import { createRequire } from 'module';
import { join } from 'path';
import { App, Chart, Size } from 'cdk8s';
import { addPlainWeb } from './plain-web';

/** The folder of the package. */
export const PACKAGE = join(__dirname, '..');

const NAMESPACE = 'webs';

// What users get, not the sources: the package as `npm run compile` built it.
const { StatefulWeb } = createRequire(__filename)(PACKAGE) as typeof import('../lib');

/** One chart with webs of two replicas and one claim each. */
export function libraryWebs(count: number): string {
  return synthesize(count, (chart, name) => {
    new StatefulWeb(chart, name, {
      image: 'nginx:1.29',
      replicas: 2,
      claims: [{ name: 'www', mountPath: '/usr/share/nginx/html', size: Size.gibibytes(1) }],
    });
  });
}

/** The same objects, each an ApiObject with a manifest. */
export function plainWebs(count: number): string {
  return synthesize(count, addPlainWeb);
}

/** Takes the same steps as App.synth(), and gives the YAML to compare instead of writing it to a disk. */
function synthesize(count: number, add: (chart: Chart, name: string) => void): string {
  const app = new App();
  const chart = new Chart(app, NAMESPACE, { namespace: NAMESPACE });
  for (let index = 0; index < count; index++) {
    add(chart, `web-${index}`);
  }
  return app.synthYaml();
}
