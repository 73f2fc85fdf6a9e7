import { App, Chart, Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { StatefulWeb, StatefulWebProps } from '../../lib';
import { arbitraryWeb } from './arbitrary-web';

/** The same webs in each run, so that a failure can be looked at; another seed finds others. */
const SEED = Number(process.env.MALFORMED_SEED ?? 20261123);
const RUNS = 200;

/** What became of an input: manifests, or the error. */
export interface Outcome {
  readonly props: StatefulWebProps;
  readonly yaml?: string;
  readonly error?: Error;
}

/** What 200 inputs, right and wrong, become in a chart of this namespace. */
export function outcomes(namespace: string): Outcome[] {
  return fc.sample(arbitraryWeb, { seed: SEED, numRuns: RUNS }).map((props) => {
    const app = new App();
    const chart = new Chart(app, 'test', { namespace });
    try {
      new StatefulWeb(chart, 'web', props);
      return { props, yaml: Yaml.stringify(...chart.toJson() as unknown[]) };
    } catch (error) {
      return { props, error: error as Error };
    }
  });
}
