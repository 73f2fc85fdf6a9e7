import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

/** What Router needs of the files of others. */
const ALSO: Record<string, string[]> = {
  router: [
    'account-state.sql', 'agent-loop.sh', 'lib.sh', 'locks.sh', 'probe.sh', 'reconcile.sh', 'survey.sh', 'survey.sql', 'view.sh',
  ],
};

/**
 * The files that the pods of a topology, or of Router, need, by name, as they are: what runs in the pods can be read, checked and tested
 * as files.
 *
 * @param topology the folder of `scripts/` and `sql/` with what it has beside the shared files
 */
export function scriptBundle(topology: string): Record<string, string> {
  const own = filesOf(topology);
  const others = ALSO[topology] === undefined ? filesOf('shared')
    : [...filesOf('shared'), ...filesOf('group')].filter(([name]) => ALSO[topology].includes(name));
  const files = [...others, ...own].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(files.map(([name, file]) => [name, readFileSync(file, 'utf8')]));
}

function filesOf(folder: string): [string, string][] {
  return ['scripts', 'sql'].map((kind) => join(__dirname, '..', kind, folder))
    .flatMap((path) => readdirSync(path).map((name): [string, string] => [name, join(path, name)]));
}
