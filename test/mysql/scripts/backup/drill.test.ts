import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Answer, describeScript, Run } from '../../../support/bash';
import { restorePod, SCRIPTS } from './restore-pod';

const resultset = (statement: string, ...rows: string[]): string => [
  '<?xml version="1.0"?>', '', `<resultset statement="${statement}`, '" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
  ...rows.flatMap((row) => ['  <row>',
    ...row.split('|').map((value) => `\t<field name="a"${value === 'NULL' ? ' xsi:nil="true" />' : `>${value}</field>`}`), '  </row>\n']),
  '</resultset>', '',
].join('\n');

describeScript('the answers of a check', () => {
  test.each<[string, string, string[]]>([
    ['1', resultset('SELECT 1', '1'), ['1 1']],
    ['a text', resultset('SELECT', 'yes'), ['1 yes']],
    ['a number below one', resultset('SELECT', '0.5'), ['1 0.5']],
    ['only the first column', resultset('SELECT', '7|0'), ['1 7']],
    ['0', resultset('SELECT', '0|1'), ['0 0']],
    ['0.00', resultset('SELECT', '0.00'), ['0 0.00']],
    ['-0', resultset('SELECT', '-0'), ['0 -0']],
    ['NULL', resultset('SELECT', 'NULL|1'), ['0 NULL']],
    ['nothing', resultset('SELECT', ''), ['0 ']],
    ['no row', resultset('SELECT'), ['0 (no row)']],
    ['several rows', resultset('SELECT', '1', '0'), ['1 1', '0 0']],
    ['several statements', resultset('SELECT', '1') + resultset('SELECT') + resultset('SELECT', '3'), ['1 1', '0 (no row)', '1 3']],
    ['no statement', '', []],
  ])('%s', (_, input, lines) => {
    const { stdout, status } = spawnSync('awk', ['-f', join(SCRIPTS, 'backup', 'check.awk')], { input, encoding: 'utf8' });
    expect(status).toBe(0);
    expect(stdout.split('\n').slice(0, -1)).toEqual(lines);
  });
});

describeScript('a check', () => {
  function checked(answer: Partial<Answer>): Run {
    const bash = restorePod();
    bash.file('check.sql', 'SELECT COUNT(*) > 0 FROM shop.orders;\n');
    bash.environment.DRILL_CHECK_FILE = join(bash.folder, 'check.sql');
    bash.answers({ command: 'mysql', to: '--xml', ...answer });
    const run = bash.run('drill.sh', 'check && echo passed || echo failed');
    return { ...run, log: run.log.map((line) => line.replaceAll(bash.folder, '')) };
  }

  test.each<[string, Partial<Answer>, string, string[]]>([
    ['passes', { says: resultset('SELECT', '1') }, 'passed\n', ['row 1 of the check: 1']],
    ['fails by one row', { says: resultset('SELECT', '1') + resultset('SELECT', '0') }, 'failed\n',
      ['row 1 of the check: 1', 'row 2 of the check: 0',
        'ERROR: 1 of 2 rows of the check (/check.sql) do not begin with a value that is true']],
    ['fails without an answer', { says: '' }, 'failed\n', ['ERROR: the check (/check.sql) has no statement that answers a row']],
    ['fails by an error', { status: 1 }, 'failed\n', ['ERROR: a statement of the check (/check.sql) fails, see above']],
  ])('%s', (_, answer, output, log) => {
    expect(checked(answer)).toMatchObject({ output, log });
  });
});

describeScript('a drill', () => {
  test('that cannot begin has failed, and says so', () => {
    const bash = restorePod();
    const { status, log } = bash.runProgram('drill.sh');
    expect({ status, log }).toEqual({ status: 1, log: [
      `ERROR: ${bash.folder}/volume/plan is missing: the containers before have not run to their end`, 'ERROR: drill failed',
    ] });
  });

  test.each<[string, string, string[]]>([
    ['passed', 'true', ['restored the base b and 0 logs of timeline initial: u:1-5',
      'drill passed: fetched in N s, replayed in N s, checked in N s']],
    ['failed', 'false', ['restored the base b and 0 logs of timeline initial: u:1-5', 'ERROR: drill failed']],
  ])('%s, and says so to the container that publishes it', (result, check, log) => {
    const bash = restorePod({ DRILL_CHECK_FILE: '/none' });
    bash.answers({ command: 'mysql', to: 'gtid_executed', says: 'u:1-5\n' });
    const run = bash.run('drill.sh',
      `read_plan() { base=b timeline=initial fetch_began=$EPOCHSECONDS; }; replay() { :; }; stop_server() { :; }; check() { ${check}; }; main`);
    expect({ status: run.status, log: run.log.map((line) => line.replace(/\d+ s\b/g, 'N s')) }).toEqual({ status: 0, log });
    expect(bash.read('volume/drill.info').replace(/at \S+Z/, 'at T'))
      .toBe(`format 1\nkind drill\ntimeline initial\nbase b\nat T\nresult ${result}\nend\n`);
  });

  test('that is told to end has no result, nor one of an earlier run', () => {
    const bash = restorePod();
    bash.file('volume/drill.info', 'format 1\nresult passed\nend\n');
    const { status, log } = bash.run('drill.sh',
      'read_plan() { base=b timeline=initial fetch_began=$EPOCHSECONDS; }; replay() { kill -TERM "$BASHPID"; sleep 1; }; main');
    expect({ status, log, result: bash.exists('volume/drill.info') }).toEqual({ status: 143, log: ['ERROR: drill failed'], result: false });
  });
});
