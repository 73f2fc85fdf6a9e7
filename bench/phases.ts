import { createRequire } from 'module';

/** How long the parts of a synthesis of all apps took, in milliseconds. */
export type Phases = Record<string, number>;

/*
 * Does what apps/main.ts does, and prints how long each part took. The parts are loaded one after the other, which an import statement
 * would not do.
 */
if (require.main === module) {
  const load = createRequire(__filename);
  let last = performance.nodeTiming.environment;
  const phases: Phases = { 'start of Node.js': last };
  const end = (phase: string) => {
    const now = performance.now();
    phases[phase] = now - last;
    last = now;
  };

  end('load ts-node and SWC');
  load('constructs');
  const { Yaml } = load('cdk8s') as typeof import('cdk8s');
  end('load constructs and cdk8s');
  load('cdk8s-plus-27');
  end('load cdk8s-plus-27');
  load('../lib');
  end('load lib');
  const { createApps, SEED } = load('../apps/main') as typeof import('../apps/main');
  end('load apps');

  const apps = createApps({ ...SEED, outdir: process.env.CDK8S_OUTDIR! });
  end('create constructs');
  const stringify = Yaml.stringify.bind(Yaml);
  let yaml = 0;
  Yaml.stringify = (...documents: unknown[]) => {
    const start = performance.now();
    const text = stringify(...documents);
    yaml += performance.now() - start;
    return text;
  };
  apps.forEach((app) => app.synth());
  end('synthesize objects and write files');
  phases['synthesize objects and write files'] -= yaml;
  phases['write YAML'] = yaml;
  console.log(JSON.stringify(phases));
}
