import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { findPromtool, promtool } from '../support/promtool';
import { webPromtoolFiles } from '../support/web-promtool';
import { CASES } from './alert-cases';

/*
 * Where there is no promtool, the tests of the cluster run the same files in the image of Prometheus
 * (test/e2e-full/monitoring/dashboards.test.ts).
 */
const program = findPromtool();
const folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-promtool-'));
const { rules, tests } = webPromtoolFiles();

beforeAll(() => Object.entries({ ...rules, ...tests }).forEach(([name, text]) => writeFileSync(join(folder, name), text)));

afterAll(() => rmSync(folder, { recursive: true }));

(program === undefined ? describe.skip : describe)('promtool says that', () => {
  test('all rules of a web are valid', () => {
    const { status, output } = promtool(program!, ['check', 'rules', '--lint=all', '--lint-fatal', ...Object.keys(rules)], folder);
    expect([output, status]).toEqual([expect.stringContaining('SUCCESS'), 0]);
  });

  test.each(Object.keys(tests))('%s is true', (file) => {
    const { status, output } = promtool(program!, ['test', 'rules', file], folder);
    expect([output, status]).toEqual([expect.stringContaining('SUCCESS'), 0]);
  });
});

test('each alert on a web has a case', () => {
  const names = [...rules['web-rules.yaml'].matchAll(/alert: (\w+)/g)].map(([, name]) => name);
  expect(CASES.map(({ alert }) => alert)).toEqual(names);
});
