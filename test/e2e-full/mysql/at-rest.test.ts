import { TestedCluster } from '../../e2e/mysql/cluster';
import { containerCost } from '../../e2e/support/container-cost';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { membersOf, startCluster } from './start';

const NAMESPACE = 'e2e-mysql-at-rest';
const SECONDS = 60;
// What the server of a pod has used, in ticks of 10 ms.
const SERVER = 'read -ra fields <"/proc/$(</run/mysqld/mysqld.pid)/stat"; echo $((fields[13] + fields[14]))';

describeInNamespace(NAMESPACE, () => {
  const cluster = new TestedCluster(NAMESPACE, membersOf(2));

  diagnosed('agent and probes take less than 1 % of a core for each pod at rest', [NAMESPACE], async () => {
    await startCluster(cluster);
    await until('all replicas follow', 60, async () => (await cluster.log(cluster.members[0])).includes('2 replicas follow'));
    const measure = async () => await Promise.all(cluster.members.map(async (pod) => ({
      at: Date.now(),
      agent: await used(pod, 'agent'),
      all: await used(pod, 'mysqld'),
      server: await usedByServer(pod),
    })));
    const before = await measure();
    await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000)); // what is measured is time
    const after = await measure();
    const figures = after.map((now, index) => {
      const then = before[index];
      const percent = (nanoseconds: number) => nanoseconds / (now.at - then.at) / 1e4;
      return {
        pod: cluster.members[index],
        agent: percent(now.agent - then.agent),
        probes: percent(now.all - then.all - (now.server - then.server)),
        server: percent(now.server - then.server),
      };
    });
    console.log(figures.map(({ pod, agent, probes, server }) => (
      `${pod}: agent ${agent.toFixed(2)} %, probes ${probes.toFixed(2)} %, server ${server.toFixed(2)} % of a core`)).join('\n'));
    expect(figures.filter(({ agent, probes }) => agent + probes >= 1)).toEqual([]);
  });

  async function used(pod: string, container: string): Promise<number> {
    return (await containerCost(NAMESPACE, pod, container)).nanoseconds;
  }

  async function usedByServer(pod: string): Promise<number> {
    return Number(await kubectl('--namespace', NAMESPACE, 'exec', pod, '--container', 'mysqld', '--', 'bash', '-c', SERVER)) * 1e7;
  }
});
