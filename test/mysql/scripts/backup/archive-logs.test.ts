import { describeScript, Sandbox } from '../../../support/bash';
import { A, archiveSandbox, info, POSITION, SOURCED } from './archive';

const FIRST = 'relay-log-archive.000003';
const SECOND = 'relay-log-archive.000004';
const OPEN = 'relay-log-archive.000005';
/** What the server says of the sets before logs. */
const SETS: Record<string, string> = { [SECOND]: `${A}:6-11`, [OPEN]: `${A}:6-12` };
const WHOLE = 'measure_log() { body=0 part= tail= rest= next=; }; ';

describeScript('archive-logs.sh', () => {
  /** An archive that has closed two logs. `ask` is answered by a stub of the client. */
  function closed(position: Partial<typeof POSITION> = {}): Sandbox {
    const box = archiveSandbox();
    box.file('volume/position', info({ ...POSITION, ...position }));
    [FIRST, SECOND, OPEN].forEach((log) => box.file(`volume/data/${log}`, `the content of ${log}`));
    box.file('volume/data/relay-log-archive.index', ['relay-log-archive.000001', 'relay-log-archive.000002', FIRST, SECOND,
      OPEN].map((log) => `./${log}\n`).join(''));
    box.file('volume/outbox/.keep', '');
    return box;
  }

  const ASK = `ask() { case $1 in *"IN '${SECOND}'"*) REPLY=$'log\\t127\\tPrevious_gtids\\t90\\t198\\t${SETS[SECOND]}' ;; `
    + `*"IN '${OPEN}'"*) REPLY=$'log\\t127\\tPrevious_gtids\\t90\\t198\\t${SETS[OPEN]}' ;; `
    + `*"'${SETS[SECOND]}'"*) REPLY=$'set\\t${A}:1-11' ;; *"'${SETS[OPEN]}'"*) REPLY=$'set\\t${A}:1-12' ;; *) return 1 ;; esac; }; `;
  const READY = `${ASK}${WHOLE}server_version=9.7.4; has=${A}:1-12; read_position; `;
  const outbox = (box: Sandbox) => box.list('volume/outbox').filter((name) => name !== '.keep');

  test('makes a file of each closed log, in order, and none of the open one', () => {
    const box = closed();
    const run = box.run(SOURCED, `${READY}last_commit=2026-11-29T10:00:00.000001Z; archive_closed; echo $?`);
    expect(run).toMatchObject({ output: '0\n', log: [] });
    const files = outbox(box);
    expect(files.map((name) => name.replace(/-[0-9a-f]{8}\./, '-HASH.'))).toEqual(
      ['000000000008-HASH.info', '000000000008-HASH.zst', '000000000009-HASH.info', '000000000009-HASH.zst']);
    const text = box.read(`volume/outbox/${files[0]}`);
    expect(text).toMatch(new RegExp(`^format 1\nkind log\nname 000000000008-[0-9a-f]{8}\ntimeline initial\nchain 1\norigin -\nstart ${A}:1-10\n`
      + `end_set ${A}:1-11\nclosed_at 20\\S+Z\nlast_commit 2026-11-29T10:00:00.000001Z\nbytes \\d+\nsha256 [0-9a-f]{64}\nversion 9.7.4\n`
      + `relay_log ${FIRST}\nend\n$`));
    expect(box.read(`volume/outbox/${files[2]}`)).toContain(`start ${A}:1-11\nend_set ${A}:1-12\n`);
    expect(box.read('volume/position')).toContain(`sequence 9\nfile ${SECOND}\n`);
    expect(box.exists('volume/pending')).toBe(false);
  });

  test.each(['write_info', 'mv', 'cp', 'write_position', 'rm'])(
    'that was killed at its first %s makes no other file, and none twice', (command) => {
      const whole = closed();
      whole.run(SOURCED, `${READY}last_commit=2026-11-29T10:00:00.000001Z; archive_closed`);
      for (let call = 1; call <= 2; call += 1) {
        const box = closed();
        const dies = `eval "real_$(declare -f ${command} || echo '${command}() { command ${command} "$@"; }')"; `
          + `${command}() { ((++calls != ${call})) || kill -KILL $$; real_${command} "$@"; }; `;
        box.run(SOURCED, `${READY}last_commit=2026-11-29T10:00:00.000001Z; ${dies}archive_closed`);
        const between = outbox(box).filter((name) => name.endsWith('.info'));
        between.forEach((name) => box.exists(`volume/outbox/${name.replace('.info', '.zst')}`) || expect(name).toBe('without its log'));
        box.run(SOURCED, `${READY}last_commit=2026-11-29T10:00:00.000001Z; archive_closed`);
        expect(outbox(box)).toEqual(outbox(whole));
        expect(box.read('volume/position')).toBe(whole.read('volume/position'));
      }
    });

  test('that was killed after ship.sh had taken the log says the same again', () => {
    const box = closed();
    const kill = 'write_position() { kill -KILL $$; }; ';
    box.run(SOURCED, `${READY}last_commit=2026-11-29T10:00:00.000001Z; ${kill}archive_closed`);
    const [name, log] = outbox(box);
    const said = box.read(`volume/outbox/${name}`);
    box.remove(`volume/outbox/${name}`);
    box.remove(`volume/outbox/${log}`);
    box.run(SOURCED, `${READY}finish_pending`);
    expect(outbox(box)).toEqual([name]);
    expect(box.read(`volume/outbox/${name}`)).toBe(said);
  });

  test('makes no file of a log without a transaction', () => {
    const box = closed({ end_set: `${A}:1-11` });
    box.run(SOURCED, `${READY}archive_closed 1`);
    expect(outbox(box)).toEqual([]);
    expect(box.read('volume/position')).toContain(`sequence 7\nfile ${FIRST}\n`);
  });

  test('waits when the server does not say what it had', () => {
    const box = closed();
    const run = box.run(SOURCED, `${READY}ask() { REPLY='ERROR 1220'; return 0; }; archive_closed || echo $?`);
    expect(run).toMatchObject({ output: '1\n', log: [`cannot read what the server had after ${FIRST}, ERROR 1220`] });
    expect(outbox(box)).toEqual([]);
  });
});
