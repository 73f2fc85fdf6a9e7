import { ManifestChangeLevel, ManifestDiff } from '../../lib';
import { Case, CASES, NAMESPACE } from '../diff/cases';
import { Folders } from '../diff/folders';
import { command, kubectl } from './support/kubectl';
import { until } from './support/wait';

const CLUSTER_SCOPED = 'persistentvolume,storageclass,priorityclass,ingressclass,runtimeclass';

/** What a remedy tells to run before applying. */
const COMMAND = /`(kubectl [^`]*(?: delete | --patch )[^`]*)`/g;

describe('ManifestDiff says refused exactly when the API server refuses, and the commands that it names help', () => {
  beforeAll(async () => {
    await remove();
    await kubectl('create', 'namespace', NAMESPACE);
  }, 180_000);

  afterAll(remove, 180_000);

  test.each(CASES.map((of, index) => [of.name, of, `${NAMESPACE}-${index}`] as const))('%s', async (_, of: Case, name) => {
    const { before, after } = of.states(name);
    const folders = new Folders().write('old', before).write('new', after);
    try {
      await kubectl('apply', '--filename', folders.old);
      if (of.bound) {
        await kubectl('--namespace', NAMESPACE, 'wait', `persistentvolumeclaim/${name}`, '--for=jsonpath={.status.phase}=Bound', '--timeout=60s');
      }
      const refusals = ManifestDiff.compare(folders.old, folders.new).filter(({ level }) => level === ManifestChangeLevel.REFUSED);
      const answer = await answerTo(folders.new);
      expect({ refused: /is invalid|forbidden|cannot change/i.test(answer), answer })
        .toEqual({ refused: refusals.length > 0, answer });
      const commands = new Set(refusals.flatMap(({ remedy }) => [...remedy.matchAll(COMMAND)].map(([, text]) => text)));
      for (const text of commands) {
        await command('bash', ['-c', text]);
      }
      if (commands.size > 0) {
        await kubectl('apply', '--filename', folders.new);
      }
    } finally {
      folders.remove();
    }
  }, 90_000);
});

/** What the API server says when it is asked without consequences. */
async function answerTo(folder: string): Promise<string> {
  try {
    return await kubectl('apply', '--dry-run=server', '--validate=strict', '--filename', folder);
  } catch (error) {
    return (error as Error).message;
  }
}

/** What the cases made, in the namespace and outside of it. */
async function remove(): Promise<void> {
  await kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found', '--timeout=120s');
  const names = (await kubectl('get', CLUSTER_SCOPED, '--output', 'name')).split('\n').filter((name) => name.includes(`/${NAMESPACE}-`));
  for (const name of names) {
    await kubectl('delete', name, '--ignore-not-found', '--wait=false');
  }
  await until('the volumes are gone', 60, async () => !(await kubectl('get', 'persistentvolume', '--output', 'name')).includes(`/${NAMESPACE}-`));
}
