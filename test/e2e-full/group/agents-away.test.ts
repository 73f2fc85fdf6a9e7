import { TestedGroup } from '../../e2e/mysql/group';
import { NodeHands } from '../../e2e/registers/node-hands';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Measures } from '../mysql/measures';

const NAMESPACE = 'e2e-group-agents-away';
const ACTS = 'a stand-in acts';
const ENDED = 'its stand-in ends';

/** Agents that do nothing, as those whose containers Kubernetes does not start again yet. I14 in docs/mysql-agent.md. */
describeInNamespace(NAMESPACE, () => {
  const group = new TestedGroup(NAMESPACE);
  const hands = new NodeHands(group);
  const measures = new Measures();

  afterAll(async () => {
    await hands.remove();
  }, 150_000);

  diagnosed('a group starts', [NAMESPACE], async () => {
    await hands.start();
    await group.startUnderLoad();
  });

  diagnosed('a primary whose agent is away goes on, ready', [NAMESPACE], async () => {
    const primary = await group.primary();
    const pause = await group.pauseDuring(async () => {
      await freezeAgent(primary);
      expect(await group.condition(primary)).toBe('True');
      await group.writes();
    });
    expect(pause).toBeLessThan(2000);
    await wakeAgent(primary);
    await group.whole();
  });

  diagnosed('a member without its agent that is elected hands over to one that has one', [NAMESPACE], async () => {
    const before = await group.primary();
    const [elected] = await group.labelled('secondary'); // the one with the greatest weight
    await freezeAgent(elected);
    const pause = await group.pauseDuring(async () => {
      await group.kill(before);
      await until('another one is the primary', 60, async () => {
        const [labelled] = await group.labelled('primary');
        return labelled !== undefined && labelled !== before && labelled !== elected;
      });
      await group.writes();
    });
    measures.add('pause of writes when a member without its agent is elected', pause);
    expect(pause).toBeLessThan(30_000);
    await wakeAgent(elected);
    await group.whole();
  });

  diagnosed('a killed server without its agent joins again', [NAMESPACE], async () => {
    const [secondary] = await group.labelled('secondary');
    await freezeAgent(secondary);
    await group.kill(secondary);
    await until('it is ONLINE again', 120, async () => await group.sql(secondary,
      'SELECT COUNT(*) FROM performance_schema.replication_group_members WHERE member_state = "ONLINE"').catch(() => '') === '3');
    expect(await group.log(secondary, 'mysqld')).toMatch(/agent\.sh: joining the group of/);
    await wakeAgent(secondary);
    await group.whole();
  });

  diagnosed('a primary without its agent hands over when its pod is deleted', [NAMESPACE], async () => {
    const primary = await group.primary();
    await freezeAgent(primary);
    const pause = await group.pauseDuring(async () => {
      await kubectl('--namespace', NAMESPACE, 'delete', 'pod', primary);
      await group.writes();
    });
    measures.add('pause of writes when a primary without its agent is deleted', pause);
    expect(pause).toBeLessThan(5000);
    await group.whole();
  });

  diagnosed('nothing that was acknowledged is lost', [NAMESPACE], async () => {
    await group.requireSound(await group.stopWriter());
    measures.report();
  });

  async function freezeAgent(pod: string): Promise<void> {
    const before = await count(pod, ACTS);
    await hands.signal(pod, 'agent', 'STOP');
    await until(`a stand-in acts on ${pod}`, 60, async () => await count(pod, ACTS) > before);
  }

  async function wakeAgent(pod: string): Promise<void> {
    const before = await count(pod, ENDED);
    await hands.signal(pod, 'agent', 'CONT');
    await until(`the stand-in on ${pod} ends`, 60, async () => await count(pod, ENDED) > before);
  }

  async function count(pod: string, text: string): Promise<number> {
    return (await group.log(pod, 'mysqld')).split(text).length;
  }
});
