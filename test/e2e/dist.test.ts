import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';
import { ROOT } from '../support/fences';
import { describeApp } from './support/app-suite';
import { command, kubectl } from './support/kubectl';

const APPS = readdirSync(join(ROOT, 'dist'));

describeApp('the committed dist', (workspace) => {
  test.each(APPS)('%s passes the strict validation of the API server', async (app) => {
    const folder = join(ROOT, 'dist', app);
    const objects = readdirSync(folder).flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')))
      .map((document) => document.toJS() as { kind: string; metadata: { name: string } });
    for (const { metadata } of objects.filter(({ kind }) => kind === 'Namespace')) {
      await kubectl('create', 'namespace', metadata.name); // a dry run does not make the namespace that its next object needs
    }
    const answer = await kubectl('apply', '--filename', folder, '--dry-run=server', '--validate=strict');
    expect(answer.trim().split('\n')).toHaveLength(objects.length);
  }, 60_000);

  test('the strict validation would find a field that does not exist', async () => {
    const misspelt = 'apiVersion: v1\nkind: Service\nmetadata: {name: misspelt}\nspec: {ports: [{port: 80}], clusterIp: None}';
    await expect(command('bash', ['-c', `kubectl apply --dry-run=server --validate=strict -f - <<<"${misspelt}"`]))
      .rejects.toThrow('unknown field "spec.clusterIp"');
  }, 60_000);

  test('is what these tests apply, but for the address of the NFS server and the folders of nodes', async () => {
    const diff = await command('bash', ['-c', `diff --recursive '${join(ROOT, 'dist')}' '${join(workspace.folder, 'dist')}' || true`]);
    const changed = diff.split('\n').filter((line) => /^[<>] |^Only/.test(line));
    expect(changed.filter((line) => !/^[<>] {4,5}(server|path): \S+$/.test(line))).toEqual([]);
  });
});
