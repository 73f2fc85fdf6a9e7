import { describeScript } from '../../../support/bash';
import { BASE, UUID } from './restore-pod';
import { Ended, StorePod, storePod } from './store-pod';

const OLDER = '20261129T090000Z-000000';
const NEWER = '20261129T110000Z-bbbbbb';

/** Two bases in chain 1, of four logs; a gap; one base in chain 2, of two logs. A log ends each 10 minutes. */
function filled(): { pod: StorePod; names: string[] } {
  const pod = storePod();
  pod.base({ id: OLDER, taken_at: '2026-11-29T09:00:00Z', executed: `${UUID}:1-5` });
  pod.base({ taken_at: '2026-11-29T10:15:00Z', executed: `${UUID}:1-25` });
  pod.base({ id: NEWER, taken_at: '2026-11-29T11:15:00Z', executed: `${UUID}:1-65` });
  const log = (sequence: number, chain: number, from: number, to: number, minute: string) => pod.log(sequence, {
    chain, start: `${UUID}:1-${from}`, end_set: `${UUID}:1-${to}`, closed_at: `2026-11-29T${minute}:30Z`,
    last_commit: `2026-11-29T${minute}:00.5Z`,
  });
  const names = [
    log(1, 1, 5, 10, '10:00'), log(2, 1, 10, 20, '10:10'), log(3, 1, 20, 30, '10:20'), log(4, 1, 30, 40, '10:30'),
    log(5, 2, 60, 70, '11:20'), log(6, 2, 70, 80, '11:30'),
  ];
  pod.state({ chain: 2, checked_at: '2026-11-29T11:40:00Z', end_set: `${UUID}:1-80` });
  return { pod, names };
}

interface Options {
  readonly change?: (pod: StorePod, names: string[]) => void;
  readonly environment?: Record<string, string>;
}

function fetch(until: string, { change = () => {}, environment = {} }: Options = {}): Ended & { plan: string[]; pod: StorePod } {
  const { pod, names } = filled();
  change(pod, names);
  const run = pod.run('fetch-logs.sh', { RESTORE_UNTIL: until, ...environment });
  const plan = pod.exists('scratch/plan') ? pod.read('scratch/plan').split('\n').filter((line) => !line.startsWith('began ')).slice(0,
    -1) : [];
  const short = plan.map((line) => line.replace(/^log 0+(\d+)-\w+$/, '$1').replace(UUID, 'u'));
  return { ...run, log: run.log.map((line) => line.replaceAll(UUID, 'u').replace(/in \d+ s$/, 'in N s')), plan: short, pod };
}

const planned = (id: string, executed: string, chain: string, until: string, ...logs: string[]): string[] => (
  ['timeline initial', `base ${id}`, `executed u:1-${executed}`, `chain ${chain}`, `until ${until}`, ...logs, 'end']);

describeScript('what a restore takes', () => {
  test.each<[string, string[]]>([
    ['latest', planned(NEWER, '65', '2', 'latest', '5', '6')],
    ['time 2026-11-29T11:39:00Z', planned(NEWER, '65', '2', 'time 2026-11-29T11:39:00Z', '5', '6')], // no log, but looked at later
    ['time 2026-11-29T11:18:00Z', planned(NEWER, '65', '2', 'time 2026-11-29T11:18:00Z', '5', '6')],
    ['time 2026-11-29T10:29:00Z', planned(BASE, '25', '1', 'time 2026-11-29T10:29:00Z', '2', '3', '4')],
    ['time 2026-11-29T11:29:00+01:00', planned(BASE, '25', '1', 'time 2026-11-29T11:29:00+01:00', '2', '3', '4')],
    ['time 2026-11-29T10:05:00Z', planned(OLDER, '5', '1', 'time 2026-11-29T10:05:00Z', '1', '2', '3')],
    [`before ${UUID}:26`, planned(BASE, '25', '1', 'before u:26', '2', '3')],
    [`after ${UUID}:31`, planned(BASE, '25', '1', 'after u:31', '2', '3', '4')],
    [`before ${UUID}:25`, planned(OLDER, '5', '1', 'before u:25', '1', '2', '3')],
    [`after ${UUID}:70`, planned(NEWER, '65', '2', 'after u:70', '5')],
    [`backup ${OLDER}`, planned(OLDER, '5', '-', `backup ${OLDER}`)],
  ])('until %s', (until, plan) => {
    const run = fetch(until);
    expect(run.plan).toEqual(plan);
    expect(run.status).toBe(0);
    const logs = plan.filter((line) => /^\d$/.test(line)).length;
    expect(run.pod.list('scratch/logs')).toHaveLength(2 * logs);
    expect(run.log).toEqual([`until ${until.replace(UUID, 'u')}: the base ${plan[1].slice(5)} of timeline initial and ${logs} logs, fetched in N s`]);
    expect(run.pod.list('scratch')).toEqual(['known', 'logs', 'plan']);
  });

  test('is the newest base without logs when those begin later, which is said', () => {
    const run = fetch('latest', { change: (pod) => {
      pod.remove(`scratch/known/bases/${NEWER}.info`);
      pod.remove(`scratch/known/bases/${BASE}.info`);
      pod.base({ id: OLDER, executed: `${UUID}:1-4` });
    } });
    expect(run.plan).toEqual(planned(OLDER, '4', '-', 'latest'));
    expect(run.log[0]).toBe(`WARNING: the logs of timeline initial begin after the base ${OLDER}: it is restored without logs`);
  });

  test('ends at a gap that no base is behind, which is said', () => {
    const run = fetch('latest', { change: (pod) => pod.remove(`scratch/known/bases/${NEWER}.info`) });
    expect(run.plan).toEqual(planned(BASE, '25', '1', 'latest', '2', '3', '4'));
    expect(run.log[0]).toBe('WARNING: the archive has a gap after this base, and begins again with transactions '
      + 'that no base has: what was committed after 2026-11-29T10:30:30Z cannot be restored');
  });

  test('counts no base whose information is not whole', () => {
    const run = fetch('latest', { change: (pod) => pod.file('scratch/known/bases/20261129T120000Z-cccccc.info',
      'id 20261129T120000Z-cccccc\n') });
    expect(run.plan[1]).toBe(`base ${NEWER}`);
  });

  test('is of the timeline that is asked for, else of that of the newest base', () => {
    const change = (pod: StorePod) => pod.base({ id: '20261130T100000Z-cccccc', timeline: 'r0', executed: `${UUID}:1-12` });
    expect(fetch('latest', { change }).plan.slice(0, 2)).toEqual(['timeline r0', 'base 20261130T100000Z-cccccc']);
    expect(fetch('latest', { change, environment: { RESTORE_TIMELINE: 'initial' } }).plan.slice(0, 2)).toEqual(['timeline initial',
      `base ${NEWER}`]);
  });

  test.each<[string, string, string]>([
    ['that ended before the newest base', 'latest', '2026-11-29T11:14:59Z'], ['that nothing was written in', 'latest', '-'],
    ['that began later, until a time', 'time 2026-11-29T11:18:00Z', '2026-11-29T12:30:00Z'],
    ['that began later, until a transaction', `after ${UUID}:70`, '2026-11-29T12:30:00Z'],
    ['that began later, when the timeline is named', 'latest', '2026-11-29T12:30:00Z'],
  ])('leaves a timeline without a base alone %s', (how, until, at) => {
    const change = (pod: StorePod) => pod.state({ timeline: 'r0', checked_at: at });
    const run = fetch(until, { change, environment: how.endsWith('named') ? { RESTORE_TIMELINE: 'initial' } : {} });
    expect(run).toMatchObject({ status: 0 });
    expect(run.plan.slice(0, 2)).toEqual(['timeline initial', `base ${NEWER}`]);
  });

  test('begins with the log in which a transaction may begin that a later one has', () => {
    const run = fetch('latest', { change: (pod, names) => {
      pod.remove(`scratch/known/bases/${NEWER}.info`);
      const same = `${UUID}:1-20`; // a transaction that is larger than the third log
      pod.file(`store/logs/initial/${names[2]}.info`, pod.read(`store/logs/initial/${names[2]}.info`).replace(`${UUID}:1-30`, same));
      pod.file(`store/logs/initial/${names[3]}.info`, pod.read(`store/logs/initial/${names[3]}.info`).replace(`start ${UUID}:1-30`,
        `start ${same}`));
    } });
    expect(run.plan).toEqual(planned(BASE, '25', '1', 'latest', '2', '3', '4'));
  });

  test('is nothing where members have data', () => {
    const run = fetch('latest', { change: (pod) => pod.file('scratch/inert', 'mysql-0 have data\n') });
    expect(run).toMatchObject({ status: 0, log: ['inert: mysql-0 have data'], plan: [] });
    expect(run.pod.calls()).toEqual([]);
  });
});

describeScript('a restore is refused', () => {
  const reach = 'restore until latest or until an earlier time, or let the archive catch up';
  test.each<[string, string]>([
    ['time 2026-11-29T11:45:00Z',
      `the archive of timeline initial does not reach 2026-11-29T11:45:00Z: all that was committed before 2026-11-29T11:40:00Z is in the store, and the last commit in its logs is of 2026-11-29T11:30:00.5Z; ${reach}`],
    ['time 2026-11-29T10:45:00Z',
      `the archive of timeline initial does not reach 2026-11-29T10:45:00Z: all that was committed before (nothing) is in the store, and the last commit in its logs is of 2026-11-29T10:30:00.5Z; ${reach}`],
    ['time 2026-11-29T08:00:00Z',
      `no proven base of timeline initial was taken before 2026-11-29T08:00:00Z: the oldest one, ${OLDER}, is of 2026-11-29T09:00:00Z; restore until a later time`],
    ['time 2026-11-29T08:00:00',
      'RESTORE_UNTIL is \'time 2026-11-29T08:00:00\', which is no time with a zone such as 2026-11-28T23:28:50Z'],
    [`before ${UUID}:50`, 'the transaction u:50 is in no log of timeline initial, which have u:1-5 to u:1-80, in 2 chains'],
    [`before ${UUID}:5`, 'the transaction u:5 is in no log of timeline initial, which have u:1-5 to u:1-80, in 2 chains'],
    [`after ${UUID}:61`, `no proven base of timeline initial is before u:61: the oldest one, ${OLDER} of 2026-11-29T09:00:00Z, has it already; restore a backup, or until a later transaction`],
    [`after ${UUID}:7-9`, 'RESTORE_UNTIL is \'after u:7-9\': it must name one transaction'],
    ['after seven', 'RESTORE_UNTIL is \'after seven\', which names no transaction: UUID:NUMBER or UUID:TAG:NUMBER'],
    ['backup x', `there is no proven base x in /store; there are: ${OLDER} ${BASE} ${NEWER} `],
    ['yesterday', 'RESTORE_UNTIL is \'yesterday\': it must be latest, time, before, after or backup'],
  ])('until %s', (until, why) => {
    const run = fetch(until);
    expect(run).toMatchObject({ status: 1, plan: [] });
    expect(run.log.at(-1)).toBe(`ERROR: ${why}`);
  });

  const info = (change: (text: string) => string) => (pod: StorePod, names: string[]) => (
    pod.file(`store/logs/initial/${names[5]}.info`, change(pod.read(`store/logs/initial/${names[5]}.info`))));
  const repair = 'bring it back, or restore until before it';

  test.each<[string, (pod: StorePod, names: string[]) => void, RegExp, Record<string, string>?]>([
    ['without a base', (pod) => pod.remove('scratch/known/bases'),
      /^ERROR: the store \/store has no proven base: nothing can be restored; /],
    ['of a timeline without a base', () => {}, /^ERROR: the timeline r9 has no proven base in \/store; bases are of: initial $/,
      { RESTORE_TIMELINE: 'r9' }],
    ['into a timeline with bases', (pod) => pod.base({ timeline: 'r1', id: '20260101T000000Z-dddddd' }),
      /^ERROR: timeline r1 was restored before, since the store \/store has bases of it: take a new id$/],
    ['into a timeline with a state', (pod) => pod.state({ timeline: 'r1' }),
      /^ERROR: timeline r1 was restored before, since the store \/store has state of it: take a new id$/],
    ['into a timeline with logs', (pod) => void pod.log(1, { timeline: 'r1' }),
      /^ERROR: timeline r1 was restored before, since the store \/store has logs of it: take a new id$/],
    ['into a timeline with logs of the cluster\'s own', (pod) => pod.file('own/logs/r1/1.info', ''),
      /^ERROR: timeline r1 was restored before, since the store own has logs of it: take a new id$/, { RESTORE_OWN_PATH: 'own' }],
    ['into a timeline with a state of the cluster\'s own', (pod) => pod.file('own/state/r1', ''),
      /^ERROR: timeline r1 was restored before, since the store own has state of it: take a new id$/, { RESTORE_OWN_PATH: 'own' }],
    ['until the latest transaction while a later timeline has no base',
      (pod) => pod.state({ timeline: 'r0', checked_at: '2026-11-29T12:30:00Z' }),
      new RegExp(`^ERROR: the timeline r0 in /store is later than the newest base, ${NEWER} of the timeline initial, and has no base: what was written `
        + 'in it until 2026-11-29T12:30:00Z cannot be restored; to give that up, name the timeline: timeline: \'initial\'$')],
    ['without an id', () => {}, /^ERROR: RESTORE_ID is empty$/, { RESTORE_ID: '' }],
    ['from a store that does not answer', (pod) => pod.file('stubs/broken', 'first\nNOTICE: AccessDenied: no\n'),
      /^ERROR: the store \/store cannot be listed: NOTICE: AccessDenied: no$/],
    ['with a log that is missing', (pod, names) => pod.remove(`store/logs/initial/${names[5]}.zst`),
      new RegExp(`^ERROR: the log 000000000006-\\w+ of timeline initial is missing in /store, though its information is there: ${repair}$`)],
    ['with a log of another size', (pod, names) => pod.file(`store/logs/initial/${names[5]}.zst`, 'log 6 and more'),
      new RegExp(`^ERROR: the log 000000000006-\\w+ of timeline initial in /store has 14 bytes instead of 5: it is damaged; ${repair}$`)],
    ['with a damaged log', (pod, names) => pod.file(`store/logs/initial/${names[5]}.zst`, 'log 7'),
      new RegExp(`^ERROR: the log 000000000006-\\w+ of timeline initial in /store is damaged: its SHA-256 digest is \\w{64} instead of \\w{64}; ${repair}$`)],
    ['where a log between is gone', info((text) => text.replace(`start ${UUID}:1-70`, `start ${UUID}:1-72`)),
      new RegExp('^ERROR: the store /store lacks a log before 000000000006-\\w+: the transactions u:71-72 are in no log; '
        + 'restore until before them, or bring the log back$')],
    ['without room', info((text) => text.replace('bytes 5', 'bytes 99999999999999')),
      /^ERROR: the scratch volume has room for \d+ bytes, and the logs are 100000000000004 packed: give it more$/],
  ])('%s', (_, change, why, environment = {}) => {
    const run = fetch('latest', { change, environment });
    expect(run).toMatchObject({ status: 1, plan: [] });
    expect(run.log.at(-1)).toMatch(why);
  });
});

describeScript('a drill', () => {
  test('needs no new timeline', () => {
    const run = fetch('latest', { environment: { DRILL: '1', RESTORE_ID: '' }, change: (pod) => void pod.log(1, { timeline: 'r1' }) });
    expect(run.status).toBe(0);
  });
});
