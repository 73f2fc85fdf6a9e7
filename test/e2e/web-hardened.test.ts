import { describeApp } from './support/app-suite';
import { diagnosed } from './support/diagnosed';
import { exec, kubectl, rolledOut } from './support/kubectl';
import { Toolbox } from './support/toolbox';

const NAMESPACE = 'web-hardened';

describeApp('the app web-hardened', (workspace) => {
  diagnosed('is admitted where the restricted level is enforced, without a warning, and serves', [NAMESPACE], async () => {
    const toolbox = await Toolbox.start('default');
    expect(await workspace.runBlock('web-hardened-apply')).not.toMatch(/warning|forbidden/i);
    await rolledOut(NAMESPACE, 'web');
    for (const pod of ['web-0', 'web-1']) {
      expect(await toolbox.httpGet(`http://${pod}.nginx.${NAMESPACE}.svc.cluster.local/`)).toContain('<html');
    }
  });

  diagnosed('runs as another user than root on a read-only root file system', [NAMESPACE], async () => {
    expect(await exec(NAMESPACE, 'web-0', 'id', '-u')).toBe('10101\n');
    await expect(exec(NAMESPACE, 'web-0', 'touch', '/root-is-writable')).rejects.toThrow('Read-only file system');
  });

  test('the namespace refuses a pod that is not restricted', async () => {
    const refused = kubectl('--namespace', NAMESPACE, 'run', 'stranger', '--image', 'busybox:1.28.3', '--dry-run=server');
    await expect(refused).rejects.toThrow('violates PodSecurity "restricted:latest"');
  });
});
