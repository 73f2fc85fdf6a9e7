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
});
