import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'fs';
import { createRequire } from 'module';
import { join } from 'path';
import { App } from 'cdk8s';

/** What is read of an object. */
interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

const EXTENSION = '.k8s.yaml';

/** The kinds in the order in which kubectl applies their files: what an object names is there before it. */
const STAGES = [
  ['Namespace'],
  ['StorageClass'],
  ['PersistentVolume'],
  ['ServiceAccount'],
  ['Role', 'RoleBinding'],
  ['ConfigMap'],
  ['NetworkPolicy', 'PodDisruptionBudget', 'Service'],
  ['Job'],
  ['CronJob', 'Deployment', 'PodMonitor', 'Probe', 'PrometheusRule', 'StatefulSet'],
];

/** The YAML writer of cdk8s: what it writes arrives at Kubernetes as it is. */
const { Document, isScalar, visit, YAMLSeq } = createRequire(require.resolve('cdk8s'))('yaml') as typeof import('yaml');

// A list of plain values is on one line as long as a reviewer sees it as a whole: the writer's own limit is 60.
(Object.getPrototypeOf(YAMLSeq) as { maxFlowStringSingleLineLength: number }).maxFlowStringSingleLineLength = 120;

/**
 * An app that writes each object into a file of its own, `<stage>-<kind>.<name>.k8s.yaml` (docs/adr/0014-dist-for-reviewers.md). Files of
 * earlier syntheses are removed.
 */
export class ManifestFolder extends App {
  public synth(): void {
    const files = this.charts.flatMap((chart) => chart.toJson() as Manifest[])
      .map((object): [file: string, text: string] => [fileOf(object), textOf(object)]);
    const twice = files.map(([file]) => file).find((file, index, all) => all.indexOf(file) !== index);
    if (twice !== undefined) {
      throw new Error(`${join(this.outdir, twice)} would hold two objects: give one of them another name`);
    }
    mkdirSync(this.outdir, { recursive: true });
    readdirSync(this.outdir).filter((file) => file.endsWith(EXTENSION)).forEach((file) => rmSync(join(this.outdir, file)));
    files.forEach(([file, text]) => writeFileSync(join(this.outdir, file), text));
  }
}

function fileOf({ kind, metadata: { name } }: Manifest): string {
  const stage = STAGES.findIndex((kinds) => kinds.includes(kind)) + 1;
  if (stage === 0) {
    throw new Error(`${kind} ${name} has no stage: say in STAGES after which kinds it is applied`);
  }
  return `${stage}-${kind}.${name}${EXTENSION}`;
}

/** As cdk8s writes it, with lists of plain values on one line. */
function textOf(object: Manifest): string {
  const document = new Document(object, { version: '1.1' });
  visit(document, {
    Seq: (_, list) => {
      list.flow = list.items.every((item) => isScalar(item));
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
