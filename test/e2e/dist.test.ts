import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { SEED } from '../../apps/main';
import { DIST } from '../support/paths';
import { distApps, distObjects, objectsOfKind } from '../util';
import { describeApp } from './support/app-suite';
import { command, kubectl } from './support/kubectl';
import { BACKUP_STORE } from './support/workspace';

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

  test.each(distApps())('%s is what these tests apply, but for the addresses of the servers and the folders of nodes', (folder) => {
    expect(withoutInputs(workspace.dist(folder))).toEqual(withoutInputs(join(DIST, folder)));
  });
});

/** The lines of each file of a folder, with a word in place of each input, and of the hash of a Job that has inputs in its template. */
function withoutInputs(folder: string): Record<string, string[]> {
  const hidden = (text: string): string => text
    .replaceAll(/(-r1)-[0-9a-f]{8}\b/g, '$1-HASH')
    .replaceAll(/^( +(?:server|path)): \S+$/gm, '$1: INPUT')
    .replaceAll(BACKUP_STORE, 'STORE').replaceAll(SEED.backupStore, 'STORE')
    .replaceAll(/^( +- port): (?:443|7070)$/gm, '$1: PORT');
  const lines = (file: string): string[] => hidden(readFileSync(join(folder, file), 'utf8')).split('\n');
  return Object.fromEntries(readdirSync(folder).map((file) => [hidden(file), lines(file)]));
}
