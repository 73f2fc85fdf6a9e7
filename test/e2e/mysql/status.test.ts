import { Faults } from '../registers/faults';
import { NodeHands } from '../registers/node-hands';
import { diagnosed } from '../support/diagnosed';
import { kubectl } from '../support/kubectl';
import { describeInNamespace } from '../support/own-namespace';
import { until } from '../support/wait';
import { TestedGroup } from './group';
import { statusBecomes, statusOf } from './shown-status';

const NAMESPACE = 'e2e-mysql-status';
const WELL_MS = 2000;

// The short form of test/e2e-full/monitoring/status.test.ts
describeInNamespace(NAMESPACE, () => {
  const group = new TestedGroup(NAMESPACE);
  const hands = new NodeHands(group);
  const faults = new Faults(group, hands);

  afterAll(async () => {
    await hands.remove();
  }, 150_000);

  diagnosed('a group that is well is fine, as each member says within 2 s', [NAMESPACE], async () => {
    await hands.start();
    await group.start();
    await group.whole();
    const primary = await group.primary();
    await until('nothing is wrong', 30, async () => (await statusOf(NAMESPACE, primary)).exitCode === 0);
    for (const member of group.members) {
      const { first, exitCode, milliseconds, output } = await statusOf(NAMESPACE, member);
      console.log(`${output}\n${milliseconds} ms`);
      expect(first).toMatch(new RegExp(`^${NAMESPACE}/mysql is fine: writes go to ${primary} since \\S+Z \\(.*\\); 3 of 3 members serve$`));
      expect(exitCode).toBe(0);
      expect(milliseconds).toBeLessThan(WELL_MS);
    }
    const json = JSON.parse((await statusOf(NAMESPACE, primary, '--json')).output) as { status: string; members: { ready: boolean }[] };
    expect([json.status, json.members.map(({ ready }) => ready)]).toEqual(['fine', [true, true, true]]);
  });

  diagnosed('with two of three members frozen it is down, as the third says within 10 s', [NAMESPACE], async () => {
    const primary = await group.primary();
    const [left, other] = group.members.filter((member) => member !== primary);
    await Promise.all([primary, other].map(async (member) => await faults.stop(member)));
    const { output, exitCode, milliseconds } = await statusBecomes(NAMESPACE, left,
      /is down: no member that answers takes writes; .* NO_QUORUM: /);
    console.log(`${output}\n${milliseconds} ms`);
    expect(exitCode).toBe(2);
    expect(output).toContain(`${other} does not answer`);
    await Promise.all([primary, other].map(async (member) => await faults.wake(member)));
    await group.whole(240);
    await statusBecomes(NAMESPACE, left, /is fine: /);
  });

  diagnosed('Kubernetes has Events of what the members became', [NAMESPACE], async () => {
    const primary = await group.primary();
    const described = await kubectl('--namespace', NAMESPACE, 'describe', 'pod', primary);
    expect(described).toMatch(/Normal +(Primary|Secondary) .*cdk8s-stateful-agent/);
    const reasons = await kubectl('--namespace', NAMESPACE, 'get', 'events', '--output', 'jsonpath={.items[*].reason}');
    expect(reasons.split(' ')).toEqual(expect.arrayContaining(['Primary', 'Secondary', 'NoQuorum']));
  });
});
