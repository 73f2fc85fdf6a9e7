import { basename } from 'path';
import { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { MySqlTopology } from '../../../lib';
import { bundlePaths, scriptBundle } from '../../../lib/mysql/files/script-bundle';
import { SCRIPT_FILES } from '../../support/script-uses';
import { renderMySql } from '../cluster';

const GROUP = renderMySql({ topology: MySqlTopology.innoDbCluster({ members: 3, router: { replicas: 1 } }) });

function configMap(objects: unknown, name: string): IConfigMap {
  return (objects as IConfigMap[]).find(({ kind, metadata }) => kind === 'ConfigMap' && metadata!.name === name)!;
}

describe('the ConfigMaps of scripts', () => {
  test.each([['source-replica', renderMySql()], ['group', GROUP]] as const)('hold the files of the programs of %s', (name, objects) => {
    expect(configMap(objects, 'mysql-scripts').data).toEqual(scriptBundle(name));
  });

  test('hold together the files of Router, each file once', () => {
    const [members, router] = ['mysql-scripts', 'mysql-router-scripts'].map((name) => configMap(GROUP, name).data!);
    expect({ ...members, ...router }).toMatchObject(scriptBundle('router'));
    expect(Object.keys(router).filter((file) => file in members)).toEqual([]);
    const own = SCRIPT_FILES.filter(({ folder }) => folder === 'router').map(({ name }) => name);
    expect(Object.keys(router).sort()).toEqual(own.sort());
  });

  test.each(['mysql-scripts', 'mysql-router-scripts'])('say where the source of each file is: %s', (name) => {
    const { data, metadata } = configMap(GROUP, name);
    const sources = metadata!.annotations!['cdk8s-stateful/sources'].trimEnd().split('\n');
    expect(sources.map((source) => basename(source))).toEqual(Object.keys(data!));
    expect(sources.filter((source) => !SCRIPT_FILES.some(({ path }) => path === source))).toEqual([]);
  });
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
