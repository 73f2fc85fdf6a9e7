import { spawnSync } from 'child_process';
import { existsSync, mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { stringify } from 'yaml';
import { Rule } from '../../lib/mysql/monitoring/rules/rule';
import { ALERT_CASES, AlertCase } from '../mysql/monitoring/alert-cases';
import { alertsOf, ClusterName, CLUSTERS } from '../mysql/monitoring/clusters';
import { healthy, Series } from '../mysql/monitoring/healthy';

const HEALTHY_MINUTES = 10;
const RUNBOOKS = 'https://github.com/cdk8s-stateful/cdk8s-stateful/blob/main/docs/monitoring.md#';

/** The program: named in PROMTOOL, or on PATH. Undefined where there is none. */
export function findPromtool(): string | undefined {
  const folders = (process.env.PATH ?? '').split(':').filter((folder) => folder !== '');
  return [...process.env.PROMTOOL === undefined ? [] : [process.env.PROMTOOL], ...folders.map((folder) => join(folder, 'promtool'))]
    .find((path) => existsSync(path));
}

export function promtool(program: string, args: string[], cwd: string): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
}

const slug = (text: string) => text.replaceAll(' ', '-');

/** The file of the rules of a cluster, and those of the tests of promtool, a file for each case. Returns the names of the latter. */
export function writePromtoolFiles(folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  for (const cluster of Object.keys(CLUSTERS) as ClusterName[]) {
    const { spec } = alertsOf(cluster).prometheusRule.toJson() as { spec: { groups: object[] } };
    writeFileSync(join(folder, `rules-${slug(cluster)}.yaml`), stringify(spec));
    // What lasts long need not be looked at each 5 s.
    writeFileSync(join(folder, `rules-${slug(cluster)}-seldom.yaml`), stringify({
      groups: spec.groups.map((group) => ({ ...group, interval: undefined })),
    }));
  }
  return ALERT_CASES.map((one, index) => {
    const file = `test-${String(index).padStart(2, '0')}-${one.alert}.yaml`;
    writeFileSync(join(folder, file), stringify(testsOf(one)));
    return file;
  });
}

/** The fault begins after ten minutes and lasts as long as it must, and a bit longer; its twin lasts as long. */
function testsOf(one: AlertCase): object {
  const { interval = 1 } = one;
  const { _rules: rules } = alertsOf(one.cluster);
  const rule = rules.find(({ name }) => name === one.alert)!;
  const minutes = one.minutes ?? Math.ceil(rule.forSeconds / 60);
  const until = HEALTHY_MINUTES + minutes + 5 * interval;
  const end = until + (one.resolves ?? 10) * interval;
  const isLong = minutes > 10;
  const label = `${one.alert} of ${one.cluster}`;
  const quiet = (at: number, names: string[]) => names.map((alertname) => ({ eval_time: `${at}m`, alertname, exp_alerts: [] }));
  const all = [...new Set(rules.map(({ name }) => name))];
  const firing = until - interval;
  return {
    rule_files: [`rules-${slug(one.cluster)}${isLong ? '-seldom' : ''}.yaml`],
    evaluation_interval: `${interval}m`,
    tests: [
      {
        name: `${label} fires while the fault lasts, nothing else does that it does not bring along, and it resolves`,
        interval: `${interval}m`,
        input_series: inputSeries(one.cluster, one.fault, interval, until, end),
        alert_rule_test: [
          ...quiet(HEALTHY_MINUTES - 1, all),
          {
            eval_time: `${firing}m`,
            alertname: one.alert,
            exp_alerts: [{
              exp_labels: { cluster: 'data/mysql', namespace: 'data', severity: rule.severity, ...one.labels },
              exp_annotations: { summary: one.summary, runbook_url: `${RUNBOOKS}${one.alert.toLowerCase()}` },
            }],
          },
          ...quiet(firing, all.filter((name) => ![one.alert, ...one.implies ?? []].includes(name))),
          ...quiet(end, all),
        ],
      },
      {
        name: `${label} does not fire on what only looks like it`,
        interval: `${interval}m`,
        input_series: inputSeries(one.cluster, one.twin, interval, until, end),
        alert_rule_test: quiet(firing, [one.alert]),
      },
    ],
  };
}

/** The series with what they have at each sample. */
function inputSeries(cluster: ClusterName, fault: Series, interval: number, until: number, end: number): object[] {
  const base = healthy(cluster);
  return [...new Set([...Object.keys(base), ...Object.keys(fault)])].map((name) => {
    const samples = [...Array(Math.ceil(end / interval) + 5).keys()].map((index) => {
      const minute = index * interval;
      const isFaulty = minute >= HEALTHY_MINUTES && minute < until;
      return sample((isFaulty ? fault[name] : undefined) ?? base[name] ?? 'none', minute * 60, (minute - HEALTHY_MINUTES) * 60);
    });
    return { series: name, values: shortened(samples) };
  });
}

function sample(text: string, seconds: number, sinceFault: number): string {
  const [, sign, offset] = /^time(?: ([+-]) (\d+))?$/.exec(text) ?? [undefined, undefined, undefined];
  if (text.startsWith('time')) {
    return String(seconds + (offset === undefined ? 0 : Number(`${sign}${offset}`)));
  }
  return text === 'none' ? '_' : text === 'falls' ? String(1e9 - sinceFault * 2e5) : text;
}

/** In the notation of promtool, in which a run of numbers with one distance is `first+distancexcount`. */
function shortened(samples: string[]): string {
  const parts: string[] = [];
  for (let at = 0; at < samples.length;) {
    const distance = Number(samples[at + 1]) - Number(samples[at]);
    let next = at + 1;
    const goesOn = () => (samples[at] === '_' ? samples[next] === '_' : Number(samples[next]) - Number(samples[next - 1]) === distance);
    while (next < samples.length && goesOn()) {
      next++;
    }
    const count = next - at;
    parts.push(samples[at] === '_' ? `_x${count}` : count === 1 ? samples[at] : `${samples[at]}${distance < 0 ? '' : '+'}${distance}x${count - 1}`);
    at = next;
  }
  return parts.join(' ');
}

/** The rules of all clusters, by the name of the cluster. */
export function allRules(): [ClusterName, Rule][] {
  return (Object.keys(CLUSTERS) as ClusterName[]).flatMap((cluster) => (
    alertsOf(cluster)._rules.map((rule): [ClusterName, Rule] => [cluster, rule])));
}
