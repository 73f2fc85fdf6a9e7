import { kubectl } from './kubectl';

/** What a container has used since it started, and what it holds now. */
export interface ContainerCost {
  /** Time of processors. */
  readonly nanoseconds: number;
  /** Its working set, as the kubelet counts it: without files that were not used lately. */
  readonly mebibytes: number;
}

// Nanoseconds, bytes, and those of them that are files that were not used lately: of control groups of version 1 or 2.
const COST = `cd /sys/fs/cgroup
  if [ -e cpuacct/cpuacct.usage ]; then
    cat cpuacct/cpuacct.usage memory/memory.usage_in_bytes; sed -n 's/^total_inactive_file //p' memory/memory.stat
  else
    sed -n 's/^usage_usec \\(.*\\)/\\1000/p' cpu.stat; cat memory.current; sed -n 's/^inactive_file //p' memory.stat
  fi`;

/** What a container of a pod, or of a pod of a workload, has used. */
export async function containerCost(namespace: string, object: string, container: string): Promise<ContainerCost> {
  const text = await kubectl('--namespace', namespace, 'exec', object, '--container', container, '--', 'sh', '-c', COST);
  const [nanoseconds, bytes, unused] = text.trim().split('\n').map(Number);
  return { nanoseconds, mebibytes: (bytes - unused) / 2 ** 20 };
}
