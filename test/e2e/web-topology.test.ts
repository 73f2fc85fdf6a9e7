import { describeApp } from './support/app-suite';
import { diagnosed } from './support/diagnosed';
import { get, kubectl, rolledOut } from './support/kubectl';
import { Toolbox } from './support/toolbox';
import { until } from './support/wait';

const NAMESPACE = 'web-topology';

describeApp('the app web-topology', (workspace) => {
  diagnosed('starts web-0 before web-1', [NAMESPACE], async () => {
    await workspace.runBlock('web-topology-apply');
    await rolledOut(NAMESPACE, 'web');
    const [first, second] = [await get('pod', 'web-0', NAMESPACE), await get('pod', 'web-1', NAMESPACE)];
    const ready = first!.status!.conditions!.find((condition) => condition.type === 'Ready');
    expect(Date.parse(second!.metadata.creationTimestamp)).toBeGreaterThanOrEqual(Date.parse(ready!.lastTransitionTime));
  });

  diagnosed('names both pods in DNS, also after they were replaced', [NAMESPACE], async () => {
    const toolbox = await Toolbox.start(NAMESPACE);
    await requireNames(toolbox);
    await kubectl('--namespace', NAMESPACE, 'delete', 'pod', 'web-0', 'web-1');
    await rolledOut(NAMESPACE, 'web');
    await until('DNS follows the new pods', 60, async () => {
      await requireNames(toolbox);
      return true;
    });
  });
});

/** The check of the original manifests: nslookup by the short names. */
async function requireNames(toolbox: Toolbox): Promise<void> {
  for (const pod of ['web-0', 'web-1']) {
    const { podIP } = (await get('pod', pod, NAMESPACE))!.status!;
    const answer = await toolbox.run('nslookup', `${pod}.nginx`);
    expect(answer).toContain(`${podIP} ${pod}.nginx.${NAMESPACE}.svc.cluster.local`);
  }
}
