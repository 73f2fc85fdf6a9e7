import { Kubectl } from './kubectl';
import { memberPods } from './pods';
import { redact } from './redact';
import { askStatus } from './status';

const SECONDS = 15;
const DECISIONS = 40;
const LINES = 120;

/**
 * All that an issue about a cluster needs, as Markdown without secrets: status, objects, events, and of each member the decisions of
 * the agent, the log of the server and the variables that differ from the configuration. What cannot be had is named.
 *
 * @throws Error where kubectl does not list the pods
 */
export function diagnose(kubectl: Kubectl, namespace: string, cluster: string, at: Date): string {
  const parts = [`# Diagnosis of ${namespace}/${cluster}\n\nTaken at ${at.toISOString()}; secrets are left out.\n`];
  const add = (title: string, text: string) => parts.push(`## ${title}\n\n\`\`\`\`text\n${redact(text).trimEnd() || '(nothing)'}\n\`\`\`\`\n`);
  const ask = (title: string, args: string[], pick: (text: string) => string = (text) => text) => {
    const { stdout, problem } = kubectl.run(args, SECONDS);
    add(title, stdout === '' ? problem : pick(stdout));
  };
  const pods = memberPods(kubectl, cluster);
  const status = askStatus(kubectl, cluster, []);
  add('Status', status.stdout || status.problem);
  add('Status as JSON', askStatus(kubectl, cluster, ['--json']).stdout);
  ask('Objects', [
    'get', 'statefulsets,deployments,pods,persistentvolumeclaims,services,jobs,cronjobs,poddisruptionbudgets', '--output', 'wide',
  ], (text) => ofCluster(text, cluster));
  ask('Events', ['get', 'events', '--sort-by', '.lastTimestamp'], (text) => ofCluster(text, cluster));
  for (const { name } of pods) {
    ask(`${name}: decisions of the agent`, ['logs', name, '--container', 'agent', `--tail=${DECISIONS}`]);
    ask(`${name}: log of the server`, ['logs', name, '--container', 'mysqld', `--tail=${LINES}`]);
    ask(`${name}: log of the server before`, ['logs', name, '--container', 'mysqld', '--previous', `--tail=${DECISIONS}`]);
    ask(`${name}: server, volume and certificate`, ['exec', name, '--container', 'agent', '--', '/scripts/diagnose.sh']);
  }
  ask('The archive', ['logs', `${cluster}-archive-0`, '--container', 'receive', `--tail=${DECISIONS}`]);
  return parts.join('\n');
}

/** The lines of a table that are about objects of the cluster, with the heads of their columns. */
function ofCluster(text: string, cluster: string): string {
  const named = new RegExp(`(^|[\\s/])${cluster.replaceAll('.', '\\.')}(-[\\w.-]+)?(\\s|$)|[-/]${cluster.replaceAll('.', '\\.')}-`);
  return text.split('\n').filter((line) => /^(NAME|LAST SEEN)\s/.test(line) || named.test(line)).join('\n');
}
