import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { findPromtool, promtool, writePromtoolFiles } from '../../support/promtool';

/*
 * Where there is no promtool, the tests of the cluster run the same files in the image of Prometheus (test/e2e/mysql/metrics.test.ts).
 */
const program = findPromtool();

if (program === undefined) {
  test.skip('promtool finds that all rules and cases are right (needs promtool on the path)', () => {});
} else {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-promtool-'));
  const files = writePromtoolFiles(folder);

  afterAll(() => rmSync(folder, { recursive: true }));

  describe('promtool finds that', () => {
    test('all rules are valid', () => {
      const rules = ['group', 'replicas', 'without-an-archive'].map((name) => `rules-${name}.yaml`);
      const { status, output } = promtool(program, ['check', 'rules', '--lint=all', '--lint-fatal', ...rules], folder);
      expect([output, status]).toEqual([expect.stringContaining('SUCCESS'), 0]);
    });

    test.each(files)('%s is true', (file) => {
      const { status, output } = promtool(program, ['test', 'rules', file], folder);
      expect([output, status]).toEqual([expect.stringContaining('SUCCESS'), 0]);
    });
  });
}
