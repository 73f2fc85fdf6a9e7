import { basename } from 'path';
import { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { MySqlTopology } from '../../../lib';
import { bundlePaths, scriptBundle } from '../../../lib/mysql/files/script-bundle';
import { renderMySql } from '../cluster';

const GROUP = renderMySql({ topology: MySqlTopology.innoDbCluster({ members: 3, router: { replicas: 1 } }) });

test.each([
  ['mysql-scripts', 'source-replica', renderMySql()], ['mysql-scripts', 'group', GROUP], ['mysql-router-scripts', 'router', GROUP],
] as const)('the ConfigMap %s of %s holds the files of its programs', (configMap, name, objects) => {
  const rendered = (objects as unknown as IConfigMap[]).find(({ kind, metadata }) => kind === 'ConfigMap' && metadata!.name === configMap);
  expect(rendered!.data).toEqual(scriptBundle(name));
});

describe('a bundle', () => {
  test('has each file once, by name, also those that only a pattern names', () => {
    const programs = { 'server.sh': ['lib.sh', '*-accounts.sql'], 'agent.sh': ['lib.sh'] };
    const names = bundlePaths({ folders: ['shared', 'group'], programs }).map(([name, path]) => [name, basename(path)]);
    expect(names).toEqual(['agent.sh', 'group-accounts.sql', 'lib.sh', 'server.sh'].map((name) => [name, name]));
  });

  test('refuses two files of one name', () => {
    expect(() => bundlePaths({ folders: ['group', 'source-replica'], programs: { 'agent.sh': [] } })).toThrow(
      /^agent\.sh must be one file of group, source-replica, got .*\/scripts\/group\/agent\.sh, .*\/scripts\/source-replica\/agent\.sh$/,
    );
  });

  test('refuses a file that does not exist', () => {
    expect(() => bundlePaths({ folders: ['shared'], programs: { 'probe.sh': ['missing.sql'] } }))
      .toThrow(new Error('missing.sql must be one file of shared, got none'));
  });
});
