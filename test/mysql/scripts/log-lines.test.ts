import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { describeScript } from '../../support/bash';
import { ROOT } from '../../support/paths';
import { bare, shellModules } from '../../support/shell-modules';
import { member, SOURCE } from './members';

const MODULES = shellModules();

/** The states that a script gives a level, such as WARNING. */
function statesOf(path: string, level: 'WARNING' | 'ERROR'): string[] {
  const { text } = MODULES.find((module) => module.path === path)!;
  return new RegExp(`^readonly ${level}_STATES=['"]([^'"]*)['"]`, 'm').exec(text)?.[1].split(/[\s\\]+/) ?? [];
}

describeScript('a line of the log', () => {
  test.each(['INFO', 'WARNING', 'ERROR'])('has a time, the level %s, the program and a text', (level) => {
    const { output } = member(SOURCE).run('lib.sh', `log ${level} some text 2>&1`);
    expect(output).toMatch(new RegExp(`^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ ${level} \\S+: some text\\n$`));
  });

  test('has a level wherever a script writes one', () => {
    const calls = MODULES.filter(({ name }) => name !== 'lib.sh').flatMap(({ path, text }) => bare(text).split('\n')
      .flatMap((line) => [...line.matchAll(/(?:^|[\s;(!{])(?:log|log_change|log_seldom) +(\S+)/g)].map(([, level]) => `${path}: ${level}`)));
    expect(calls.length).toBeGreaterThan(90);
    expect(calls.filter((call) => !/: (INFO|WARNING|ERROR|"")$/.test(call))).toEqual([]);
    expect(calls.filter((call) => call.endsWith('""'))).toEqual(['shared/agent-loop.sh: ""']);
  });
});

describeScript('the level of a verdict', () => {
  test.each([['WORKS', 'INFO'], ['LATE', 'WARNING'], ['TORN', 'ERROR'], ['', 'INFO']])('of the state "%s" is %s', (state, level) => {
    const shell = `WARNING_STATES="SLOW LATE" ERROR_STATES="TORN"; verdict unready "${state}: why" 2>&1`;
    expect(member(SOURCE).run('lib.sh agent-loop.sh', shell).output).toContain(`Z ${level} `);
  });

  test.each([
    'group/decide.sh', 'source-replica/decide.sh', 'router/router.sh', 'router/adopt.sh',
  ])('is given to states that %s has', (path) => {
    const folder = path.split('/')[0] === 'router' ? path : `${path.split('/')[0]}/decide`;
    const decisions = MODULES.filter((module) => module.path.startsWith(folder))
      .map(({ text }) => text.replace(/^readonly \w+_STATES=[^\n]*(\\\n[^\n]*)?/gm, '')).join('\n');
    const levelled = [...statesOf(path, 'WARNING'), ...statesOf(path, 'ERROR')];
    expect(levelled.length).toBeGreaterThan(1);
    expect(levelled.filter((state) => !new RegExp(`\\b${state}\\b`).test(decisions))).toEqual([]);
    expect(new Set(levelled).size).toBe(levelled.length);
  });

  test.each([['group/decide.sh', 0], ['source-replica/decide.sh', 1]])('is on the page of the agents as in %s', (path, place) => {
    const page = readFileSync(join(ROOT, 'docs', 'mysql-agent.md'), 'utf8');
    for (const level of ['WARNING', 'ERROR'] as const) {
      const lines = [...page.matchAll(new RegExp(`^- \`${level}\`: ([^]*?)\\.`, 'gm'))].map(([, text]) => (text.match(/[A-Z_]{3,}/g) ?? []).sort());
      expect(lines[Number(place)]).toEqual(statesOf(path, level).sort());
    }
  });
});

describeScript('what an end-to-end test looks for in a log', () => {
  const LOOKS = [
    /(?:\.log\(|operate\(|runBlock\()[^;]*?(?:includes|toContain)\(\s*(['`])((?:(?!\1).)+)\1/g,
    /leaves\(\w+, (['`])((?:(?!\1).)+)\1/g,
  ];

  test.each([
    ['test/e2e-full/group', ['group', 'shared'], 5],
    ['test/e2e-full/mysql', ['source-replica', 'shared'], 10],
    ['test/e2e/mysql', ['source-replica', 'group', 'shared', 'backup', 'store'], 2],
  ])('in %s is what a script of that topology writes', (folder, places, least) => {
    const scripts = MODULES.filter(({ path }) => places.includes(path.split('/')[0])).map(({ text }) => text).join('\n');
    const tests = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(ROOT, folder, name), 'utf8')).join('\n');
    const texts = LOOKS.flatMap((pattern) => [...tests.matchAll(pattern)].map(([, , text]) => text));
    expect(texts.length).toBeGreaterThanOrEqual(least);
    const parts = texts.flatMap((text) => text.split(/\$\{[^}]*\}|:?\b\d+\b|\bmonitor\b|\bOFF\b|: /)).map((part) => part.trim())
      .filter((part) => part.length > 3 && !/^(unready|ready|refused|ERROR \d+)$/.test(part));
    expect(parts.filter((part) => !scripts.includes(part))).toEqual([]);
  });
});
