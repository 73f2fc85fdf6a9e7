import { TestedGroup } from '../../e2e/mysql/group';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Measures } from '../mysql/measures';
import { MortalNode } from '../mysql/mortal-node';

const NAMESPACE = 'e2e-group-node-death';

const impossible = MortalNode.impossible();

if (impossible === undefined) {
  describeInNamespace(NAMESPACE, () => {
    const group = new TestedGroup(NAMESPACE);
    const measures = new Measures();
    let node: MortalNode;
    let primary: string;

    describe('a node of the primary', () => { // so that the node lives before the namespace is deleted
      afterAll(async () => {
        await node?.start();
      }, 180_000);

      diagnosed('runs one member', [NAMESPACE], async () => {
        node = await MortalNode.choose();
        group.avoidedNode = node.name;
        await group.start();
        await group.whole();
        const there = await kubectl('--namespace', NAMESPACE, 'get', 'pods', '--field-selector', `spec.nodeName=${node.name}`,
          '--selector', 'mysql.role', '--output', 'jsonpath={.items[*].metadata.name}');
        expect(there.split(' ')).toHaveLength(1);
        primary = there;
        expect(await group.operate('switchover', { TARGET: primary })).toContain(`${primary} is the primary`);
        await group.whole();
        await group.startWriter();
      });

      diagnosed('when it dies, another member takes over', [NAMESPACE], async () => {
        const pause = await group.pauseDuring(async () => {
          await node.kill();
          await until('another pod is labelled', 60, async () => !(await group.labelled('primary')).includes(primary));
        });
        measures.add('writes pause when the node of the primary dies', pause);
        expect(pause).toBeLessThan(15_000);
        await node.noticed();
        expect(await group.labelled('primary')).toHaveLength(1);
      });

      diagnosed('its member comes back with it, and nothing that was acknowledged is lost', [NAMESPACE], async () => {
        await measures.of('from the start of the node until the group is whole', async () => {
          await node.start();
          await group.whole();
        });
        await group.writes();
        await group.requireSound(await group.stopWriter());
        measures.report();
      });
    });
  });
} else {
  test.skip(`the death of the node of the primary: ${impossible}`, () => undefined);
}
