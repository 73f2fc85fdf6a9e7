import { readFileSync } from 'fs';
import { join } from 'path';
import { scriptBundle } from '../../../../lib/mysql/files/script-bundle';
import { ROOT } from '../../../support/paths';

test('what the scripts of a group refer to is a section of the operations guide', () => {
  const guide = readFileSync(join(ROOT, 'docs', 'mysql-operations.md'), 'utf8');
  const sections = [...guide.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading);
  const scripts = Object.values(scriptBundle('group')).join('\n');
  const referred = [...scripts.matchAll(/see \\?"([^"\\]*)\\?" in the operations guide/g)].map(([, name]) => name);
  expect(referred).toEqual(expect.arrayContaining(['A member has errant transactions', 'No group']));
  expect(referred.filter((name) => !sections.includes(name))).toEqual([]);
});
