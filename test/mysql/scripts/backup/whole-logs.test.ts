import { describeScript } from '../../../support/bash';
import { A, archiveSandbox, info, POSITION, SOURCED } from './archive';

const LOG = 'relay-log-archive.000003';
const NEXT = 'relay-log-archive.000004';
/** Events of a log, as `SHOW RELAYLOG EVENTS` lists them: position, type, server and information. */
type Event = [number, string, number?, string?];
const HEADER: Event[] = [[4, 'Format_desc', 90], [10, 'Previous_gtids', 90]];
const gtid = (position: number, number: number): Event => [position, 'Gtid', 201, `SET @@SESSION.GTID_NEXT= '${A}:${number}'`];
const CONNECTION: Event[] = [[20, 'Rotate', 201], [25, 'Format_desc', 201]];

describeScript('whole-logs.sh', () => {
  const listed = (log: string, events: Event[]) => events.map(([position, type, server = 201, text = '']) => (
    `${log}\\t${position}\\t${type}\\t${server}\\t0\\t${text.replace(/'/g, '\'\\\'\'')}\\n`)).join('');

  /** What becomes of a log of the letters `0` to `9`, ten of each, after which the server had the transactions up to `after`. */
  function whole(events: Event[], next: Event[], after: number, more: { rest?: string; receiver?: string } = {}) {
    const box = archiveSandbox();
    box.file('volume/position', info(POSITION));
    box.file(`volume/data/${LOG}`, [...'0123456789'].map((letter) => letter.repeat(10)).join(''));
    if (more.rest !== undefined) {
      box.file('volume/rest-relay-log-archive.000002', more.rest);
    }
    const stubs = `receiver_sql() { local statement=$(cat); case $statement in *LIMIT*) printf '${listed(NEXT, next.slice(2))}' ;; `
      + `*) printf '${listed(LOG, events)}' ;; esac; }; `
      + 'ask() { [[ $1 =~ :([0-9]+)\\\'.*-([0-9]+)\\\' ]]; REPLY=$\'has\\t\'$((BASH_REMATCH[1] <= BASH_REMATCH[2])); }; ';
    const run = box.run(SOURCED, `${stubs}receiver=${more.receiver ?? 'ON'}; read_position; status=0; measure_log ${LOG} ${NEXT} ${A}:1-${after} || status=$?; `
      + `((status)) || { keep_rest ${LOG}; whole_transactions ${LOG}; }; echo " $status"`);
    return { text: run.output.trim(), log: run.log, rest: box.exists(`volume/rest-${LOG}`) ? box.read(`volume/rest-${LOG}`) : undefined };
  }
  const letters = (from: number, to: number) => [...'0123456789'].map((letter) => letter.repeat(10)).join('').slice(from, to);

  test('takes a log that ends with a transaction as it is', () => {
    const events: Event[] = [...HEADER, gtid(20, 11), [30, 'Query'], [50, 'Xid'], [90, 'Rotate', 90]];
    expect(whole(events, HEADER, 11)).toEqual({ text: `${letters(0, 100)} 0`, log: [], rest: undefined });
  });

  test('leaves out the part of a transaction that the source sends again', () => {
    const events: Event[] = [...HEADER, gtid(20, 11), [50, 'Xid'], gtid(60, 12), [70, 'Query'], [90, 'Rotate', 90]];
    expect(whole(events, [...HEADER, ...CONNECTION, gtid(50, 12)], 11)).toEqual({ text: `${letters(0, 60)} 0`, log: [], rest: undefined });
  });

  test('keeps the part of a transaction that goes on in the next log', () => {
    const events: Event[] = [...HEADER, gtid(20, 11), [50, 'Xid'], gtid(60, 12), [70, 'Query'], [90, 'Rotate', 90]];
    expect(whole(events, [...HEADER, [20, 'Format_desc'], [30, 'Write_rows']], 11)).toEqual(
      { text: `${letters(0, 60)} 0`, log: [], rest: letters(60, 90) });
  });

  test('puts it before the events of the next one', () => {
    const events: Event[] = [...HEADER, [20, 'Format_desc'], [30, 'Write_rows'], [50, 'Xid'], [90, 'Rotate', 90]];
    expect(whole(events, HEADER, 11, { rest: 'REST' })).toEqual({ text: `${letters(0, 30)}REST${letters(30, 90)} 0`, log: [], rest: undefined });
  });

  test('keeps all of a transaction that goes on through a log', () => {
    const events: Event[] = [...HEADER, [20, 'Format_desc'], [30, 'Write_rows'], [90, 'Rotate', 90]];
    expect(whole(events, [...HEADER, [20, 'Format_desc'], [30, 'Write_rows']], 10, { rest: 'REST' })).toMatchObject(
      { rest: `REST${letters(30, 90)}` });
  });

  test('leaves out what went before when the source sends the transaction again', () => {
    const events: Event[] = [...HEADER, [20, 'Format_desc'], [30, 'Write_rows'], [90, 'Rotate', 90]];
    expect(whole(events, [...HEADER, ...CONNECTION, gtid(50, 11)], 10, { rest: 'REST' })).toMatchObject({ rest: undefined });
  });

  test.each([['ON', '2'], ['CONNECTING', `${letters(0, 20)} 0`], ['OFF', `${letters(0, 20)} 0`]])(
    'when the next log says nothing yet, with the receiver %s', (receiver, expected) => {
      const events: Event[] = [...HEADER, gtid(20, 11), [30, 'Query'], [90, 'Rotate', 90]];
      expect(whole(events, [...HEADER, [20, 'Format_desc']], 10, { receiver }).text).toBe(expected);
    });

  test('sees by the last events that a log ends with a commit', () => {
    const box = archiveSandbox();
    const bytes = (file: string, text: number[]) => box.file(file, Buffer.from(text).toString('latin1'));
    const rotate = 31 + NEXT.length;
    const event = [0, 0, 0, 0, 16, 1, 1, 1, 1, 31, 0, 0, 0, 0, 0, 0, 0, 0, 0, ...Array<number>(12).fill(0)];
    bytes(`volume/data/${LOG}`, [...Array<number>(40).fill(7), ...event, ...Array<number>(rotate).fill(0)]);
    bytes(`volume/data/${NEXT}`, [...Array<number>(40).fill(7), ...event.map((byte) => byte === 16 ? 2 : byte), ...Array<number>(rotate).fill(0)]);
    expect(box.run(SOURCED, `for log in ${LOG} ${NEXT}; do if ends_with_commit "$log" ${NEXT}; then echo yes; else echo no; fi; done`).output)
      .toBe('yes\nno\n');
  });
});
