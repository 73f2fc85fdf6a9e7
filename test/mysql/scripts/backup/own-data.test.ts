import { describeScript } from '../../../support/bash';
import { backupPod } from './backup-pod';

const BEGIN = '1/2026-11-29T02:17:00Z';

interface Known {
  readonly path: string;
  readonly lines: string[];
}

const base = (executed: string, more: { timeline?: string; origin?: string } = {}): Known => ({
  path: 'bases/b1.info',
  lines: ['kind base', 'id b1', `timeline ${more.timeline ?? 'initial'}`, `origin ${more.origin ?? BEGIN}`, `executed ${executed}`],
});
const newest = (endSet: string): Known => ({
  path: 'logs/initial/000000000007-aa.info', lines: ['kind log', 'name 000000000007-aa', 'timeline initial', `end_set ${endSet}`],
});
const state = (word: string): Known => ({ path: 'state/initial', lines: ['kind state', 'timeline initial', `state ${word}`] });

function judge(own: string, origin: string, ...known: Known[]): { status: number | null; log: string[] } {
  const bash = backupPod('backup-group', ['mysql-0', 'mysql-1']);
  known.forEach(({ path, lines }) => bash.file(`volume/known/${path}`, [...lines, 'end', ''].join('\n')));
  return bash.run('lib.sh survey.sh transactions.sh info.sh own-data.sh',
    `recipient_sql() { mysql --no-defaults; }; require_own_data recipient_sql initial '${origin}' '${own}'`);
}

const foreign = (why: string) => [`ERROR: FOREIGN: the running data does not contain what the store has of its timeline: ${why}; nothing is stored and `
  + 'nothing deleted. To go back to what the store has, restore it; to go on with the running data, give its backups another prefix'];

describeScript('the running data', () => {
  test.each<[string, Known[]]>([
    ['an empty store', []],
    ['a base that is older', [base('a:1-5')]],
    ['a base and a log that are as new', [base('a:1-9'), newest('a:1-9')]],
    ['a base of another timeline', [base('a:1-99', { timeline: 'r1' })]],
    ['a base of before the first promotion', [base('a:1-5', { origin: '-' })]],
    ['a base that writes times in another way', [base('a:1-5', { origin: '1/2026-11-29 02:17:00' })]],
    ['an archive that is behind', [state('BEHIND')]],
  ])('contains %s', (_, known) => {
    expect(judge('a:1-9', BEGIN, ...known)).toMatchObject({ status: 0, log: [] });
  });

  test.each<[string, Known[], string]>([
    ['a base with more', [base('a:1-12')], 'base b1 holds the transactions a:10-12, which no member has'],
    ['a log with more', [base('a:1-5'), newest('a:1-9,b:1')], 'log 000000000007-aa holds the transactions b:1, which no member has'],
    ['a base of data that began at another time', [base('a:1-5', { origin: '1/2026-10-01T00:00:00Z' })],
      `the first promotion of base b1 is 1/2026-10-01T00:00:00Z, that of the running data is ${BEGIN}: one of them was initialized anew`],
    ['what the archive says', [state('FOREIGN')], 'the archive says so (state/initial in the store)'],
  ])('does not contain %s', (_, known, why) => {
    expect(judge('a:1-9', BEGIN, ...known)).toMatchObject({ status: 1, log: foreign(why) });
  });
});
