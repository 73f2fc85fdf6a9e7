import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { documents } from '../../support/documents';
import { fenceTagged } from '../../support/fences';
import { command, kubectl } from './kubectl';

/**
 * Runs the commands of the documentation's block that is tagged `e2e=<id>`, as somebody whose context names this namespace and who stands
 * in a folder with these files.
 *
 * @param prelude what the shell knows before, e.g. a function for a program that is not here
 */
export async function runBlock(id: string, namespace: string, files: Record<string, string> = {}, prelude = ''): Promise<string> {
  const { text } = fenceTagged(documents(), `e2e=${id}`);
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-block-'));
  const kubeconfig = join(folder, 'kubeconfig');
  try {
    writeFileSync(kubeconfig, await kubectl('config', 'view', '--raw', '--minify', '--flatten'), { mode: 0o600 });
    await kubectl('--kubeconfig', kubeconfig, 'config', 'set-context', '--current', '--namespace', namespace);
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), content, { mode: 0o600 });
    }
    return await command('env', [`KUBECONFIG=${kubeconfig}`, 'bash', '-euo', 'pipefail', '-c', `${prelude}\n${text}`], folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
