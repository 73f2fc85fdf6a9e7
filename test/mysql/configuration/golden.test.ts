import { readdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { renderConfiguration } from '../../../lib/mysql/configuration/render-configuration';
import { testChart } from '../../util';
import { CASES, configuration } from './cases';

const fileOf = (name: string) => join(__dirname, `${name}.cnf`);

// UPDATE_GOLDEN=1 npx jest --selectProjects unit test/mysql/configuration: read the diff, and let mysqld --validate-config read the files.
test.each(Object.keys(CASES))('%s', (name) => {
  const text = renderConfiguration(testChart(), configuration(CASES[name]));
  if (process.env.UPDATE_GOLDEN !== undefined) {
    writeFileSync(fileOf(name), text);
  }
  expect(text).toBe(readFileSync(fileOf(name), 'utf8'));
});

test('each file has a case', () => {
  const files = readdirSync(__dirname).filter((name) => name.endsWith('.cnf'));
  expect(files.sort()).toEqual(Object.keys(CASES).map((name) => `${name}.cnf`).sort());
});

test('the order of what is given changes nothing', () => {
  const reversed = (options: Record<string, string> = {}) => Object.fromEntries(Object.entries(options).reverse());
  const { user, enforced, defaults } = CASES.topology;
  const changed = { ...CASES.topology, user: reversed(user), enforced: reversed(enforced), defaults: reversed(defaults) };
  expect(renderConfiguration(testChart(), configuration(changed))).toBe(renderConfiguration(testChart(), configuration(CASES.topology)));
});
