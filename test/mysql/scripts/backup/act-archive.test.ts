import { describeScript } from '../../../support/bash';
import { A, archiveSandbox, B, info, POSITION, SOURCED } from './archive';

const GAP = `${A}:11-20`;
const START = `${A}:1-20`;

describeScript('act-archive.sh', () => {
  test.each<[string, string, string]>([
    ['nothing was missing before', '-', 'NULLIF(\'\', \'\')'],
    ['something was missing before', `${B}:7`, `NULLIF('${B}:7', '')`],
  ])('begins a chain behind what the primary has purged, and not behind what it still has, when %s', (_, missing, asks) => {
    const box = archiveSandbox();
    box.file('volume/position', info({ ...POSITION, missing }));
    const run = box.run(SOURCED, `read_position; purged=${START} executed=${A}:1-30; take_all() { :; }; act_reset() { echo reset; }; `
      + `ask() { printf '%s\n' "$1" >"$RUN/asked"; REPLY=$'missing\\t${GAP}\\t${START}'; }; act_begin_chain`);
    expect(run.output).toBe('reset\n');
    expect(box.read('run/asked')).toContain(`SET @end = '${POSITION.end_set}', @purged = '${START}';`);
    expect(box.read('run/asked')).toContain(asks);
    expect(run.log).toEqual([`ERROR: GAP: the primary has purged logs that the archive lacks: ${GAP}; chain 2 begins; take a backup`]);
    expect(box.read('volume/position')).toContain(`chain 2\nchain_start ${START}\n`);
    expect(box.read('volume/position')).toContain(`end_set ${START}\nmissing ${GAP}\n`);
    expect(box.read('volume/position')).toContain('reset 1\n');
  });

  test.each(['', 'REPLY="ERROR 1 (HY000): no"', `REPLY=$'missing\t\t${START}'`])('begins none without a whole answer (%p)', (answer) => {
    const box = archiveSandbox();
    box.file('volume/position', info(POSITION));
    const run = box.run(SOURCED, `read_position; purged=${START}; take_all() { :; }; ask() { ${answer || 'return 1'}; }; act_begin_chain || echo $?`);
    expect(run.output).toBe('1\n');
    expect(box.read('volume/position')).toBe(info(POSITION));
  });

  test.each<[string, string, boolean]>([
    ['of the server that was compared', `source=${A}`, false],
    ['of another one that was compared before', `source=${B} position[sources]=${B},${A}`, false],
    ['of nobody yet', 'source=-', false],
    ['of a server that was never compared', `source=${B}`, true],
    ['of the server that was compared, which now lacks what the store has', `source=${A} strangers=${A}:7`, true],
    ['of the server that lacked it when it last answered', `source=${A} strangers=${A}:7 primary_problem=silent`, false],
    ['of any server, by a version that noted none', `source=${B} position[sources]=-`, false],
  ])('what was received %s becomes a file or not', (_, received, isInDoubt) => {
    const box = archiveSandbox();
    box.file('volume/position', info({ ...POSITION, sources: A }));
    const run = box.run(SOURCED, `read_position; primary_problem='' strangers=-; ${received}; `
      + 'observe_server() { :; }; archive_all() { echo archived; }; if in_doubt; then echo doubt; fi; take_all || true');
    expect(run.output).toBe(isInDoubt ? 'doubt\n' : 'archived\n');
  });

  test.each<[string, string, string]>([
    ['that lacks nothing', ':', `${A},${B}`],
    ['that lacks what the store has', `strangers=${A}:7`, A],
    ['that does not answer', 'primary_problem=silent', A],
    ['of another timeline', 'timeline=r1', A],
    ['that is known', `primary=${A}`, A],
  ])('notes a server %s, or not', (_, seen, sources) => {
    const box = archiveSandbox();
    box.file('volume/position', info({ ...POSITION, sources: A }));
    box.run(SOURCED, `read_position; answer_problem='' primary_problem='' strangers=- timeline=initial primary=${B}; ${seen}; approve`);
    expect(box.read('volume/position')).toContain(`sources ${sources}\n`);
  });

  test('forgets the first of many servers', () => {
    const box = archiveSandbox();
    const many = Array.from({ length: 30 }, () => A);
    box.file('volume/position', info({ ...POSITION, sources: many.join() }));
    box.run(SOURCED, `read_position; answer_problem='' primary_problem='' strangers=- timeline=initial primary=${B}; approve`);
    expect(box.read('volume/position')).toContain(`sources ${[...many.slice(1), B].join()}\n`);
  });
});
