import { join } from 'path';
import { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { MySqlAccounts, MySqlTopology } from '../../../lib';
import { Bundle, BUNDLES } from '../../../lib/mysql/constants/programs';
import { ROOT } from '../../support/paths';
import { filesUsedBy, programsRunBy, SCRIPT_FILES, ScriptFile } from '../../support/script-uses';
import { Manifest } from '../../util';
import { renderMySql } from '../cluster';

/*
 * What a changed line of a script changes: the ConfigMap that holds it, and the workloads whose containers use it. What they use is read
 * off the scripts and the rendered pods here, and not off lib/mysql/constants/programs.ts.
 */
const CLUSTERS: Record<string, { readonly render: () => Manifest[]; readonly bundle: Bundle; readonly ofRouter?: Bundle }> = {
  'a group with Routers': {
    render: () => renderMySql({
      accounts: MySqlAccounts.generated(), topology: MySqlTopology.innoDbCluster({ members: 3, router: { replicas: 2 } }),
    }),
    bundle: BUNDLES.group,
    ofRouter: BUNDLES.router,
  },
  'a source and its replicas': {
    render: () => renderMySql({ accounts: MySqlAccounts.generated() }), bundle: BUNDLES['source-replica'],
  },
};
const RUNNING = ['StatefulSet', 'Deployment'];

const nameOf = ({ kind, metadata }: Manifest) => `${kind} ${metadata!.name}`;

/** Changes a file for as long as something is rendered. */
function withChanged(file: ScriptFile, render: () => Manifest[]): Manifest[] {
  const fs = jest.requireActual<typeof import('fs')>('fs');
  const read = fs.readFileSync;
  const changed = join(ROOT, 'lib/mysql', file.path);
  const spy = jest.spyOn(fs, 'readFileSync').mockImplementation(((path: string, ...rest: unknown[]) => {
    const content = (read as (...args: unknown[]) => unknown)(path, ...rest);
    return path === changed ? `${content as string}# changed\n` : content;
  }) as typeof fs.readFileSync);
  try {
    return render();
  } finally {
    spy.mockRestore();
  }
}

describe.each(Object.entries(CLUSTERS))('in %s a changed line', (_, { render, bundle, ofRouter }) => {
  const before = render();
  const texts = before.map((object) => JSON.stringify(object));
  const changedIn = (after: Manifest[]) => before.filter((_object, index) => JSON.stringify(after[index]) !== texts[index]).map(nameOf);
  const running = before.filter(({ kind }) => RUNNING.includes(kind)).map((object) => {
    const isOfRouter = /-(router|router-metadata)$/.test(object.metadata!.name!);
    return { name: nameOf(object), files: filesUsedBy(programsRunBy(object), isOfRouter ? ofRouter! : bundle) };
  });
  const configMaps = (before as unknown as IConfigMap[]).filter(({ kind }) => kind === 'ConfigMap');
  const files = SCRIPT_FILES.filter(({ folder }) => (ofRouter ?? bundle).folders.includes(folder))
    .filter(({ name }) => configMaps.some(({ data }) => name in data!));

  test.each(files.map((file) => [file.path, file] as const))('of %s changes one ConfigMap, and the workloads that use it', (path, file) => {
    const after = withChanged(file, render);
    const changed = changedIn(after);
    const restarted = running.filter((workload) => workload.files.includes(path)).map(({ name }) => name);
    const holders = configMaps.filter(({ data }) => file.name in data!).map(({ metadata }) => `ConfigMap ${metadata!.name}`);
    expect(holders).toHaveLength(1);
    expect(changed.sort()).toEqual([...holders, ...restarted].sort());
  });

  test('restarts no pod when only Jobs and operators use the file', () => {
    const operations = files.filter(({ name }) => ['operate.sh', 'recover.sh', 'promote.sh', 'candidates.sh', 'generate-accounts.sh',
      'discard-passwords.sh'].includes(name));
    expect(operations.length).toBeGreaterThan(3);
    for (const file of operations) {
      const after = withChanged(file, render);
      expect(changedIn(after)).toEqual(['ConfigMap mysql-scripts']);
    }
  });
});
