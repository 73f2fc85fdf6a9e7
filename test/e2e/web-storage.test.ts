import { describeApp } from './support/app-suite';
import { cleanCluster } from './support/clean';
import { diagnosed } from './support/diagnosed';
import { exec, get, kubectl, rolledOut } from './support/kubectl';
import { Toolbox } from './support/toolbox';
import { until } from './support/wait';
import { WebStorage } from './support/web-storage';

const { NAMESPACE, PODS, RESERVED } = WebStorage;
const PAGE = '/usr/share/nginx/html/index.html';
const ROUNDS = 10;

describeApp('the apps web-storage and nfs-volumes', (workspace) => {
  const webStorage = new WebStorage(workspace);

  test('the cluster has a default StorageClass, which could take the claims', async () => {
    expect(await kubectl('get', 'storageclass')).toContain('(default)');
  });

  for (let round = 1; round <= ROUNDS; round++) {
    const first = round % 2 === 0 ? 'nfs-volumes' : 'web-storage';
    const second = round % 2 === 0 ? 'web-storage' : 'nfs-volumes';
    diagnosed(`round ${round}, ${first} applied first: each claim is bound to the volume reserved for it`, [NAMESPACE], async () => {
      for (const folder of [first, second]) {
        await (folder === 'nfs-volumes' ? workspace.runBlock('nfs-volumes-apply') : kubectl('apply', '--filename', workspace.dist(folder)));
      }
      await webStorage.started();
      expect(await webStorage.boundVolumes()).toEqual(RESERVED);
      await cleanCluster();
    });
  }

  diagnosed('what a pod wrote is served by the same pod after all pods were deleted', [NAMESPACE], async () => {
    await workspace.runBlock('web-storage-apply');
    await webStorage.started();
    for (const pod of PODS) {
      await exec(NAMESPACE, pod, 'sh', '-c', `echo "hello $(hostname)" > ${PAGE}`);
    }
    await requireGreetings();
    const before = await uids();
    await kubectl('--namespace', NAMESPACE, 'delete', 'pod', '--selector', 'app=nginx');
    await rolledOut(NAMESPACE, 'web');
    expect(await uids()).not.toEqual(before);
    await requireGreetings();
  });

  diagnosed('data is served again after the claims were deleted and the volumes released', [NAMESPACE], async () => {
    await workspace.runBlock('storage-remove');
    await kubectl('--namespace', NAMESPACE, 'delete', 'persistentvolumeclaim', ...Object.keys(RESERVED));
    for (const volume of Object.values(RESERVED)) {
      await until(`${volume} is Released`, 60, async () => (await get('persistentvolume', volume))?.status?.phase === 'Released');
    }
    await workspace.runBlock('volumes-reuse');
    await kubectl('apply', '--filename', workspace.dist('web-storage'));
    await webStorage.started();
    expect(await webStorage.boundVolumes()).toEqual(RESERVED);
    await requireGreetings();
  });

  diagnosed('data is served again after claims and volumes were deleted and made again', [NAMESPACE], async () => {
    await workspace.runBlock('volumes-moved');
    await workspace.runBlock('pending-pod'); // harmless when no pod is pending
    await webStorage.started();
    expect(await webStorage.boundVolumes()).toEqual(RESERVED);
    const shown = await workspace.runBlock('volumes-show');
    expect(shown.split('\n').map((line) => line.trim().split(/ +/))).toEqual(expect.arrayContaining([
      ['www-web-0', 'pv000'], ['www-web-1', 'pv001'],
    ]));
    await requireGreetings();
  });

  async function requireGreetings(): Promise<void> {
    const toolbox = await Toolbox.start(NAMESPACE);
    try {
      for (const pod of PODS) {
        expect(await until(`${pod} answers`, 60, async () => await toolbox.httpGet(`http://${pod}.nginx/`))).toBe(`hello ${pod}\n`);
      }
    } finally {
      await toolbox.remove();
    }
  }
});

async function uids(): Promise<(string | undefined)[]> {
  return await Promise.all(PODS.map(async (pod) => (await get('pod', pod, NAMESPACE))?.metadata.uid));
}
