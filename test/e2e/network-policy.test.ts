import * as kplus from 'cdk8s-plus-27';
import { StatefulWeb } from '../../lib';
import { Client } from './support/client';
import { diagnosed } from './support/diagnosed';
import { exec, get, kubectl, rolledOut } from './support/kubectl';
import { applyChart, describeInNamespace } from './support/own-namespace';
import { until } from './support/wait';

const NAMESPACE = 'e2e-network-policy';
const URLS = ['http://web-client', 'http://web-0.web', 'http://web-1'];
const API = 'https://kubernetes.default.svc';

describeInNamespace(NAMESPACE, () => {
  let friend: Client;
  let stranger: Client;

  beforeAll(async () => {
    friend = await Client.start(NAMESPACE, 'friend', { labels: 'access=granted' });
    stranger = await Client.start(NAMESPACE, 'stranger', { labels: 'access=none' });
  }, 200_000);

  diagnosed('by default every pod of the cluster gets 200, and the probes of the kubelet pass', [NAMESPACE], async () => {
    await applyWeb(() => {});
    await rolledOut(NAMESPACE, 'web');
    for (const client of [friend, stranger]) {
      expect(await statuses(client)).toEqual(['200', '200', '200']);
    }
  });

  diagnosed('with allowFrom an allowed peer gets 200 and a stranger gets nothing', [NAMESPACE], async () => {
    await applyWeb((web) => web.allowFrom(kplus.Pods.select(web, 'friends', { labels: { access: 'granted' } })));
    await until('the policy is enforced', 30, async () => await stranger.status(URLS[0]) === '000');
    expect(await statuses(friend)).toEqual(['200', '200', '200']);
    expect(await statuses(stranger)).toEqual(['000', '000', '000']);
  });

  diagnosed('the web finds names in DNS, and reaches nothing else', [NAMESPACE], async () => {
    const { podIP } = (await get('pod', 'web-1', NAMESPACE))!.status!;
    expect(await exec(NAMESPACE, 'web-0', 'getent', 'hosts', 'web-1.web')).toContain(podIP);
    expect(await fromWeb('http://web-1.web')).toBe('000');
    expect(await fromWeb(API)).toBe('000');
    expect(await friend.status(`-k ${API}`)).toMatch(/^[1-5]/);
  });

  diagnosed('a pod that starts under the policy becomes ready: its probes pass', [NAMESPACE], async () => {
    await kubectl('--namespace', NAMESPACE, 'delete', 'pod', 'web-0');
    await rolledOut(NAMESPACE, 'web');
    await until('the friend gets 200 from the new pod', 30, async () => await friend.status('http://web-0.web') === '200');
    expect((await get('pod', 'web-0', NAMESPACE))!.status!.conditions!.find(({ type }) => type === 'Ready')?.status).toBe('True');
  });

  diagnosed('with allowTo the web reaches its peer', [NAMESPACE], async () => {
    await applyWeb((web) => {
      web.allowFrom(web);
      web.allowTo(web);
    });
    await until('a pod of the web gets 200 from another one', 30, async () => await fromWeb('http://web-1.web') === '200');
  });
});

async function applyWeb(act: (web: StatefulWeb) => void): Promise<void> {
  await applyChart(NAMESPACE, (chart) => {
    act(new StatefulWeb(chart, 'web', { image: 'nginx:1.29', replicas: 2, clientService: {}, podServices: {} }));
  });
}

async function statuses(client: Client): Promise<string[]> {
  const found: string[] = [];
  for (const url of URLS) {
    found.push(await client.status(url));
  }
  return found;
}

/** The status that a pod of the web gets; 000 for none. */
async function fromWeb(url: string): Promise<string> {
  return await exec(NAMESPACE, 'web-0', 'sh', '-c', `curl -sk -o /dev/null -m 3 -w '%{http_code}' ${url} || true`);
}
