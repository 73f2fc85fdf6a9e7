import { TestedCluster } from '../mysql/cluster';
import { kubectl } from '../support/kubectl';
import { until } from '../support/wait';

const IMAGE = 'busybox:1.28.3';
const NAME = 'hands';

/** The processes of a container or pod, by the groups of processes that they are in, whose paths have its id in them. */
const FIND = 'processes() { grep -l "$1" /proc/[0-9]*/cgroup 2>/dev/null | cut -d/ -f3; }';

/** For which a program is waited for. */
const PROGRAM_S = 120;

/** What pods of a cluster look like from their nodes. */
interface PodOnNode {
  readonly uid: string;
  readonly node: string;
  readonly address: string;
  /** Ids of containers that were started, by name. */
  readonly containers: Record<string, string | undefined>;
}

/**
 * A pod on each node that may do there what kills containers and cuts the network, whichever enforcer of policies the cluster has. In a
 * namespace of its own, since those under test are restricted.
 */
export class NodeHands {
  private readonly _namespace: string;

  public constructor(private readonly _cluster: TestedCluster) {
    this._namespace = `${_cluster.namespace}-hands`;
  }

  public async start(): Promise<void> {
    await kubectl('create', 'namespace', this._namespace);
    await kubectl('label', 'namespace', this._namespace, 'pod-security.kubernetes.io/enforce=privileged');
    const nodes = (await kubectl('get', 'nodes', '--output', 'jsonpath={.items[*].metadata.name}')).split(' ');
    await Promise.all(nodes.map(async (node) => {
      const spec = {
        nodeName: node, hostPID: true, terminationGracePeriodSeconds: 0,
        containers: [{
          name: NAME, image: IMAGE, imagePullPolicy: 'IfNotPresent', command: ['sleep', '86400'], securityContext: { privileged: true },
        }],
      };
      await kubectl('--namespace', this._namespace, 'run', `${NAME}-${node}`, '--image', IMAGE, '--restart', 'Never',
        '--overrides', JSON.stringify({ spec }));
      await kubectl('--namespace', this._namespace, 'wait', '--for', 'condition=Ready', `pod/${NAME}-${node}`, '--timeout', '90s');
    }));
  }

  public async remove(): Promise<void> {
    await kubectl('delete', 'namespace', this._namespace, '--ignore-not-found', '--timeout', '120s');
  }

  /** A signal for all processes of a pod's container, its first one included. */
  public async signal(pod: string, container: string, signal: string): Promise<void> {
    const { node, containers } = await this.look(pod);
    const id = containers[container];
    if (id === undefined) { // without one, all processes of the node would be found
      throw new Error(`${pod} has no container ${container} yet`);
    }
    await this._run(node, `${FIND}; kill -${signal} $(processes ${id})`);
  }

  /**
   * Waits on the node of a pod, which need not have started, until a program of it has run for so long. With a signal, the program gets it.
   *
   * @param program a part of its command line without spaces, with * for what does not matter
   */
  public async atProgram(pod: string, program: string, milliseconds: number, signal?: string): Promise<void> {
    const { uid, node } = await until(`${pod} has a node`, 60, async () => {
      const there = await this.look(pod);
      return there.node !== '' && there;
    });
    await this._run(node, `${FIND}; end=$(($(date +%s) + ${PROGRAM_S})); found() { ${programsOf(uid, program)}; }
      until [ -n "$(found)" ]; do [ $(date +%s) -lt $end ] || { echo 'it has not run ${program}' >&2; exit 1; }; usleep 20000; done
      usleep ${milliseconds * 1000}; ${signal === undefined ? '' : `kill -${signal} $(found) 2>/dev/null || true`}`); // some may end with it
  }

  /** Waits on its node until a pod that may be deleted by now runs no such program. One that is stopped goes on first. */
  public async withoutProgram({ uid, node }: PodOnNode, program: string, seconds: number): Promise<void> {
    await this._run(node, `${FIND}; end=$(($(date +%s) + ${seconds})); found() { ${programsOf(uid, program)}; }
      kill -CONT $(found) 2>/dev/null || true; while [ -n "$(found)" ]; do [ $(date +%s) -lt $end ] || { echo 'it still runs ${program}' >&2; exit 1; }; usleep 200000; done`);
  }

  /**
   * From now on no packet passes between the pod and these addresses, in either direction, also on connections that there are. To the pod
   * they seem to be on its own loopback device, so that what it sends gets lost, and what comes from elsewhere is taken for forged.
   */
  public async cutOff(pod: PodOnNode, addresses: string[]): Promise<void> {
    await this._inNetwork(pod, `for from in /proc/sys/net/ipv4/conf/*; do echo 1 >$from/rp_filter; done
      for to in ${addresses.join(' ')}; do ip route add $to/32 dev lo; done`);
  }

  /** Packets pass again. The pod may be gone: then there is nothing to do. */
  public async reconnect(pod: PodOnNode, addresses: string[]): Promise<void> {
    await this._inNetwork(pod, `for to in ${addresses.join(' ')}; do ip route del $to/32 dev lo; done`).catch(() => undefined);
  }

  public async look(pod: string): Promise<PodOnNode> {
    const json = await kubectl('--namespace', this._cluster.namespace, 'get', 'pod', pod, '--output', 'json');
    const { metadata, spec, status } = JSON.parse(json) as {
      metadata: { uid: string }; spec: { nodeName?: string };
      status: { podIP?: string; containerStatuses?: { name: string; containerID?: string }[] };
    };
    const containers = (status.containerStatuses ?? []).flatMap(({ name, containerID }) => (
      containerID === undefined ? [] : [[name, containerID.replace(/^.*:\/\//, '')]]));
    return {
      uid: metadata.uid, node: spec.nodeName ?? '', address: status.podIP ?? '',
      containers: Object.fromEntries(containers) as Record<string, string | undefined>,
    };
  }

  private async _inNetwork({ uid, node }: PodOnNode, script: string): Promise<void> {
    await this._run(node, `${FIND}; nsenter -t $(processes '${inGroups(uid)}' | head -n 1) -n sh -ec '${script}'`);
  }

  private async _run(node: string, script: string): Promise<string> {
    return await kubectl('--namespace', this._namespace, 'exec', `${NAME}-${node}`, '--', 'sh', '-c', script);
  }
}

/** Shell: the processes of a pod whose command line, without what separates arguments, has this in it. */
function programsOf(uid: string, program: string): string {
  return `for id in $(processes '${inGroups(uid)}'); do
      line=; read -r line </proc/$id/cmdline; case $line in *${program}*) echo $id ;; esac; done 2>/dev/null`;
}

/** As the node's manager of groups writes it. */
function inGroups(uid: string): string {
  return uid.replaceAll('-', '[-_]');
}

/** A cut through the network between pods, for all packets; see `NodeHands`. */
export class Cut {
  private _sides: { readonly pod: PodOnNode; readonly from: string[] }[] = [];

  public constructor(private readonly _hands: NodeHands) {}

  /** Cuts each of these pods off from each of the others. */
  public async between(side: string[], others: string[]): Promise<void> {
    // One that has just been made has no address yet
    const look = async (names: string[]) => await Promise.all(names.map(async (name) => (
      await until(`${name} has an address`, 60, async () => {
        const pod = await this._hands.look(name);
        return pod.address !== '' && pod;
      }))));
    const [pods, rest] = await Promise.all([look(side), look(others)]);
    const from = rest.map(({ address }) => address);
    this._sides = pods.map((pod) => ({ pod, from }));
    await Promise.all(this._sides.map(async ({ pod }) => await this._hands.cutOff(pod, from)));
  }

  public async heal(): Promise<void> {
    await Promise.all(this._sides.map(async ({ pod, from }) => await this._hands.reconnect(pod, from)));
    this._sides = [];
  }
}
