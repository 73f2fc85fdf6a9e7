import { ManifestDiff } from '../../lib/diff/manifest-diff';
import { report } from '../../lib/diff/report';
import { Case, CASES } from './cases';
import { Folders } from './folders';

// Whether the API server agrees is tested in test/e2e/diff.test.ts.
describe('what is said about each kind of change', () => {
  test.each(CASES.map((of) => [of.name, of] as const))('%s', (_, of: Case) => {
    const { before, after } = of.states('web');
    const folders = new Folders().write('old', before).write('new', after);
    try {
      const changes = ManifestDiff.compare(folders.old, folders.new);
      expect(changes.map(({ level, field }) => `${level} ${field}`)).toEqual(of.found);
      if (changes.length > 0) {
        expect(report(changes)).toMatchSnapshot();
      }
    } finally {
      folders.remove();
    }
  });
});
