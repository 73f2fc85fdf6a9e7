import { at, Fields, listAt, textAt } from '../../manifests/manifest';
import { Graph } from '../graph/graph';
import { Objects } from '../graph/objects';
import { containersOf, Workload } from './workload';

const KINDS = ['ConfigMap', 'Secret'] as const;
type Kind = typeof KINDS[number];

/** Kubernetes makes it in every namespace. */
const OF_KUBERNETES = 'kube-root-ca.crt';

/** Draws the ConfigMaps and the Secrets of each workload, a node each. Workloads that read the same share them. */
export function drawConfiguration(objects: Objects, graph: Graph, workloads: Workload[]): void {
  for (const { id, namespace, pods } of workloads) {
    for (const kind of KINDS) {
      const names = [...new Set(pods.flatMap((pod) => namesOf(pod, kind)))].filter((name) => name !== OF_KUBERNETES).sort();
      if (names.length > 0) {
        const isKnown = (name: string): boolean => objects.find(`/${kind}`, namespace, name) !== undefined;
        graph.edge({ from: id, style: 'plain', to: graph.node({
          key: [kind, namespace, ...names], shape: kind === 'Secret' ? 'secret' : 'configuration', namespace,
          lines: names.length === 1 ? [`${kind} ${names[0]}`, ...isKnown(names[0]) ? [] : ['not in these objects']]
            : [`${kind}s`, ...names.map((name) => isKnown(name) ? name : `${name} (not in these objects)`)],
        }) });
      }
    }
  }
}

/** What a pod mounts or reads into variables. */
function namesOf(pod: Fields, kind: Kind): string[] {
  const volumes = listAt(pod, 'volumes');
  const sources = volumes.flatMap((volume) => listAt(volume, 'projected.sources'));
  const containers = containersOf(pod);
  const [key, reference, variable] = kind === 'Secret' ? ['secret', 'secretRef', 'secretKeyRef']
    : ['configMap', 'configMapRef', 'configMapKeyRef'];
  return [
    ...volumes.map((volume) => textAt(volume, kind === 'Secret' ? 'secret.secretName' : 'configMap.name')),
    ...sources.map((source) => textAt(at(source, key), 'name')),
    ...containers.flatMap((container) => listAt(container, 'envFrom')).map((source) => textAt(at(source, reference), 'name')),
    ...containers.flatMap((container) => listAt(container, 'env')).map((entry) => textAt(at(entry, 'valueFrom'), `${variable}.name`)),
  ].filter((name) => name !== undefined);
}
