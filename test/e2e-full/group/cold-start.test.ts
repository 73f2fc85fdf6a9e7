import { TestedGroup } from '../../e2e/mysql/group';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { Measures } from '../mysql/measures';

const NAMESPACE = 'e2e-group-cold-start';
const TIMES = [...Array(20).keys()].map((index) => index + 1);

describeInNamespace(NAMESPACE, () => {
  const group = new TestedGroup(NAMESPACE);
  const measures = new Measures();

  for (const time of TIMES) {
    diagnosed(`start ${time}: three members without data form exactly one group`, [NAMESPACE], async () => {
      await measures.of('from nothing until all are ready', async () => {
        await group.apply();
        await group.ready();
      });
      await group.whole();
      await kubectl('--namespace', NAMESPACE, 'delete', 'statefulset', 'mysql', '--cascade=foreground', '--timeout=120s');
      await kubectl('--namespace', NAMESPACE, 'delete', 'pvc', '--all', '--timeout=60s');
    });
  }

  afterAll(() => measures.report());
});
