import { createHash } from 'crypto';
import { createRequire } from 'module';
import { ApiObject, ApiObjectProps, App, Chart, Size } from 'cdk8s';
import { Duration } from './timing';

/** How long a process synthesized, and what. */
export interface Synthesis extends Duration {
  /** The SHA-256 of the YAML. */
  readonly digest: string;
}

const NAMESPACE = 'webs';
const PLACEHOLDER = 'placeholder';

// What users get, not the sources: the package as `npm run compile` built it.
const { StatefulWeb } = createRequire(__filename)('..') as typeof import('../lib');

/** Webs of two replicas with one claim each. */
function libraryWebs(count: number): (chart: Chart) => void {
  return (chart) => {
    for (let index = 0; index < count; index++) {
      addWeb(chart, `web-${index}`);
    }
  };
}

/** The same objects from manifests, each a plain ApiObject. */
function plainWebs(count: number): (chart: Chart) => void {
  const manifests = writeManifests(count);
  return (chart) => manifests.forEach((manifest, index) => new ApiObject(chart, `object-${index}`, manifest));
}

/** The manifests of so many webs, as if somebody had written them down: no object is part of two of them. */
function writeManifests(count: number): ApiObjectProps[] {
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

/** Times the steps of App.synth() but for the file: the YAML is text here, and no disk takes part. */
function synthesize(fill: (chart: Chart) => void): Synthesis {
  const start = performance.now();
  const before = process.cpuUsage();
  const app = new App();
  fill(new Chart(app, NAMESPACE, { namespace: NAMESPACE }));
  const yaml = app.synthYaml();
  const { user, system } = process.cpuUsage(before);
  const elapsed = performance.now() - start;
  return { elapsed, processor: (user + system) / 1000, digest: createHash('sha256').update(yaml).digest('hex') };
}

if (require.main === module) {
  const [kind, count] = process.argv.slice(2);
  console.log(JSON.stringify(synthesize((kind === 'library' ? libraryWebs : plainWebs)(Number(count)))));
}
