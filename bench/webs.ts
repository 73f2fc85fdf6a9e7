import { createHash } from 'crypto';
import { createRequire } from 'module';
import { runInThisContext } from 'vm';
import { ApiObject, ApiObjectProps, App, Chart, Size } from 'cdk8s';

/** What a synthesis cost, and what came out. */
export interface Synthesis {
  /** CPU time from `new App()` to the YAML, in milliseconds: other work on the machine hardly changes it. */
  readonly cpu: number;
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
  const manifestsOf = writeManifests();
  return (chart) => {
    for (let index = 0; index < count; index++) {
      const name = `web-${index}`;
      manifestsOf(name).forEach((manifest, part) => new ApiObject(chart, `${name}-${part}`, manifest));
    }
  };
}

/** The manifests of a web as object literals, as somebody would write them down who has no library. */
function writeManifests(): (name: string) => ApiObjectProps[] {
  const chart = new Chart(new App(), NAMESPACE, { namespace: NAMESPACE });
  addWeb(chart, PLACEHOLDER);
  const literals = JSON.stringify(chart.toJson()).replaceAll(new RegExp(`"([^"]*)${PLACEHOLDER}([^"]*)"`, 'g'), '`$1${name}$2`');
  return runInThisContext(`(name) => ${literals}`) as (name: string) => ApiObjectProps[];
}

function addWeb(chart: Chart, name: string): void {
  new StatefulWeb(chart, name, {
    image: 'nginx:1.29',
    replicas: 2,
    claims: [{ name: 'www', mountPath: '/usr/share/nginx/html', size: Size.gibibytes(1) }],
  });
}

/** Takes the steps of App.synth() but for the file: the YAML is text here, and no disk takes part. */
function synthesize(fill: (chart: Chart) => void): Synthesis {
  const start = process.cpuUsage();
  const app = new App();
  fill(new Chart(app, NAMESPACE, { namespace: NAMESPACE }));
  const yaml = app.synthYaml();
  const { user, system } = process.cpuUsage(start);
  return { cpu: (user + system) / 1000, digest: createHash('sha256').update(yaml).digest('hex') };
}

if (require.main === module) {
  const [kind, count] = process.argv.slice(2);
  console.log(JSON.stringify(synthesize((kind === 'library' ? libraryWebs : plainWebs)(Number(count)))));
}
