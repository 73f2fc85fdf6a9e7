import { kubectl } from '../../e2e/support/kubectl';

const IMAGE = 'busybox:1.28.3';
const REQUEST_MILLIS = 150; // of a core, for each process: as much as a member of a group that is tested asks for, at the least
const BOUND_S = 6 * 3600;

interface Node {
  readonly metadata: { readonly name: string };
  readonly status: { readonly capacity: { readonly cpu: string }; readonly nodeInfo: { readonly bootID: string } };
}

/** Processes that keep all machines of the cluster busy, in pods that ask for as much of the cores as those under test. */
export class Busy {
  public constructor(private readonly _namespace: string) {}

  /** So many processes for each core. Nodes that are one machine, as in a test cluster, count once. */
  public async start(perCore: number): Promise<void> {
    const { items } = JSON.parse(await kubectl('get', 'nodes', '--output', 'json')) as { items: Node[] };
    const machines = [...new Map(items.map((node) => [node.status.nodeInfo.bootID, node])).values()];
    for (const { metadata: { name }, status: { capacity } } of perCore > 0 ? machines : []) {
      const processes = Number(capacity.cpu) * perCore;
      const spec = {
        nodeName: name, terminationGracePeriodSeconds: 0, activeDeadlineSeconds: BOUND_S,
        securityContext: { runAsNonRoot: true, runAsUser: 10101, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [{
          name: 'busy', image: IMAGE, imagePullPolicy: 'IfNotPresent',
          command: ['sh', '-c', `for process in $(seq ${processes}); do (while :; do :; done) & done; wait`],
          resources: { requests: { cpu: `${processes * REQUEST_MILLIS}m` } },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        }],
      };
      await kubectl('--namespace', this._namespace, 'run', `busy-${name}`, '--image', IMAGE, '--labels', 'app=busy', '--restart', 'Never',
        '--overrides', JSON.stringify({ spec }));
      await kubectl('--namespace', this._namespace, 'wait', '--for', 'condition=Ready', `pod/busy-${name}`, '--timeout', '90s');
    }
  }

  public async stop(): Promise<void> {
    await kubectl('--namespace', this._namespace, 'delete', 'pod', '--selector', 'app=busy', '--grace-period', '0', '--force');
  }
}
