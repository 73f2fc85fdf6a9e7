import { createRequire } from 'module';
import { ApiObject, ApiObjectProps, App, Chart, Size } from 'cdk8s';

const NAMESPACE = 'webs';
const PLACEHOLDER = 'placeholder';

// What users get, not the sources: the package as `npm run compile` built it.
const { StatefulWeb } = createRequire(__filename)('..') as typeof import('../lib');

/** Webs of two replicas with one claim each, from their constructs to the YAML. */
export function libraryWebs(count: number): string {
  return synthesize((chart) => {
    for (let index = 0; index < count; index++) {
      addWeb(chart, `web-${index}`);
    }
  });
}

/** The same objects from manifests, each a plain ApiObject. */
export function plainWebs(manifests: ApiObjectProps[]): string {
  return synthesize((chart) => manifests.forEach((manifest, index) => new ApiObject(chart, `object-${index}`, manifest)));
}

/** The manifests of so many webs, as if somebody had written them down: no object is part of two of them. */
export function writeManifests(count: number): ApiObjectProps[] {
  const chart = new Chart(new App(), NAMESPACE, { namespace: NAMESPACE });
  addWeb(chart, PLACEHOLDER);
  const text = JSON.stringify(chart.toJson());
  return Array.from({ length: count }, (_, index) => JSON.parse(text.replaceAll(PLACEHOLDER, `web-${index}`)) as ApiObjectProps[]).flat();
}

function addWeb(chart: Chart, name: string): void {
  new StatefulWeb(chart, name, {
    image: 'nginx:1.29',
    replicas: 2,
    claims: [{ name: 'www', mountPath: '/usr/share/nginx/html', size: Size.gibibytes(1) }],
  });
}

/** Takes the same steps as App.synth(), and gives the YAML to compare instead of writing it to a disk. */
function synthesize(fill: (chart: Chart) => void): string {
  const app = new App();
  fill(new Chart(app, NAMESPACE, { namespace: NAMESPACE }));
  return app.synthYaml();
}
