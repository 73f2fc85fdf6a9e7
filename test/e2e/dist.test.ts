import { join } from 'path';
import { DIST } from '../support/paths';
import { distApps, distObjects, objectsOfKind } from '../util';
import { describeApp } from './support/app-suite';
import { command, kubectl } from './support/kubectl';

describeApp('the committed dist', (workspace) => {
  beforeAll(async () => {
    const namespaces = distApps().flatMap((folder) => objectsOfKind(distObjects(folder), 'Namespace'));
    for (const { metadata } of namespaces) {
      await kubectl('create', 'namespace', metadata!.name!); // a dry run makes none for the objects of the next folder
    }
  }, 60_000);

  test.each(distApps())('%s passes the strict validation of the API server', async (folder) => {
    const answer = await kubectl('apply', '--filename', join(DIST, folder), '--dry-run=server', '--validate=strict');
    expect(answer.trim().split('\n')).toHaveLength(distObjects(folder).length);
  }, 60_000);

  test('the strict validation would find a field that does not exist', async () => {
    const misspelt = 'apiVersion: v1\nkind: Service\nmetadata: {name: misspelt}\nspec: {ports: [{port: 80}], clusterIp: None}';
    await expect(command('bash', ['-c', `kubectl apply --dry-run=server --validate=strict -f - <<<"${misspelt}"`]))
      .rejects.toThrow('unknown field "spec.clusterIp"');
  }, 60_000);

  test('is what these tests apply, but for the address of the NFS server and the folders of nodes', async () => {
    const diff = await command('bash', ['-c', `diff --recursive '${DIST}' '${join(workspace.folder, 'dist')}' || true`]);
    const changed = diff.split('\n').filter((line) => /^[<>] |^Only/.test(line));
    expect(changed.filter((line) => !/^[<>] {4,5}(server|path): \S+$/.test(line))).toEqual([]);
  });
});
