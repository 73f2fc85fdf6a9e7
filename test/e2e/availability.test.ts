import { Size } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-27';
import { StatefulWeb, StatefulWebProps, UpdateStrategy } from '../../lib';
import { Client } from './support/client';
import { diagnosed } from './support/diagnosed';
import { exec, get, kubectl, rolledOut } from './support/kubectl';
import { applyChart, describeInNamespace } from './support/own-namespace';
import { until } from './support/wait';

const NAMESPACE = 'e2e-availability';
const URL = 'http://web-client';
const DELETIONS = 20;
const DATA = '/data/who';

describeInNamespace(NAMESPACE, () => {
  diagnosed(`a client loses no request while pods are deleted ${DELETIONS} times`, [NAMESPACE], async () => {
    await applyWeb();
    await rolledOut(NAMESPACE, 'web');
    const results = await whileRequesting('deletions', async () => {
      for (let round = 0; round < DELETIONS; round++) {
        await kubectl('--namespace', NAMESPACE, 'delete', 'pod', `web-${round % 2}`);
        await rolledOut(NAMESPACE, 'web');
      }
    });
    expect(results.failures).toEqual([]);
    expect(results.answered).toBeGreaterThan(DELETIONS * 10);
  }, 900);

  diagnosed('a client loses no request during a rolling update', [NAMESPACE], async () => {
    const results = await whileRequesting('update', async () => {
      await applyWeb({ envVariables: { VERSION: EnvValue.fromValue('2') } });
      await rolledOut(NAMESPACE, 'web');
    });
    expect(await versions(2)).toEqual(['2', '2']);
    expect(results.failures).toEqual([]);
  });

  diagnosed('a partitioned update changes the pods from the partition on', [NAMESPACE], async () => {
    await applyWeb({
      envVariables: { VERSION: EnvValue.fromValue('3') }, updateStrategy: UpdateStrategy.rollingUpdate({ partition: 1 }),
    });
    await until('web-1 runs version 3', 90, async () => (await versions(2))[1] === '3');
    await rolledOut(NAMESPACE, 'web');
    expect(await versions(2)).toEqual(['2', '3']);
    await applyWeb({ envVariables: { VERSION: EnvValue.fromValue('3') } });
    await until('web-0 runs version 3', 90, async () => (await versions(2))[0] === '3');
  });

  diagnosed('a web scaled up and down keeps the claims and what is on them', [NAMESPACE], async () => {
    await applyWeb({ replicas: 3 });
    await rolledOut(NAMESPACE, 'web');
    await exec(NAMESPACE, 'web-2', 'sh', '-c', `hostname > ${DATA}`);
    await applyWeb({ replicas: 2 });
    await until('web-2 is gone', 90, async () => await get('pod', 'web-2', NAMESPACE) === undefined);
    expect((await get('persistentvolumeclaim', 'data-web-2', NAMESPACE))?.status?.phase).toBe('Bound');
    await applyWeb({ replicas: 3 });
    await rolledOut(NAMESPACE, 'web');
    expect((await exec(NAMESPACE, 'web-2', 'cat', DATA)).trim()).toBe('web-2');
  });
});

async function applyWeb(props: Partial<StatefulWebProps> = {}): Promise<void> {
  await applyChart(NAMESPACE, (chart) => {
    new StatefulWeb(chart, 'web', {
      image: 'nginx:1.29',
      replicas: 2,
      clientService: {},
      claims: [{ name: 'data', mountPath: '/data', size: Size.mebibytes(16), storageClassName: 'standard' }],
      ...props,
    });
  });
}

async function whileRequesting(name: string, act: () => Promise<void>): Promise<{ answered: number; failures: string[] }> {
  const client = await Client.start(NAMESPACE, name, { loopUrl: URL });
  try {
    await until('the client gets answers', 30, async () => (await client.results()).answered > 0);
    await act();
    return await client.results();
  } finally {
    await client.remove();
  }
}

/** What the environment of each pod says; undefined while it cannot be asked. */
async function versions(replicas: number): Promise<(string | undefined)[]> {
  return await Promise.all([...Array(replicas).keys()].map(async (ordinal) => {
    try {
      return (await exec(NAMESPACE, `web-${ordinal}`, 'printenv', 'VERSION')).trim();
    } catch {
      return undefined;
    }
  }));
}
