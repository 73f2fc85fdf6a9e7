import { Answer, describeScript, Run, Sandbox, sandbox } from '../../../support/bash';

const MEMBERS = ['mysql-0', 'mysql-1', 'mysql-2'];
const NOW = 1764460800;

/** What a member of a group tells, by the names of look-at-members.sh. */
const ROW = {
  topology: 'group', role: 'secondary', state: 'ONLINE', closed: 1, fenced: 0, majority: 1, online: 3, listed: 'mysql-0,mysql-1,mysql-2',
  follows: 'mysql-0', lag: 2, waiting: 'a:9-11', executed: 'a:1-8', receiver: '-', applier: 'ON', error: 0, epoch: 4, promoted: 'mysql-0',
  promoted_at: NOW - 3600, reason: 'failover', version: '9.7.4', expires: NOW + 86400, started: NOW - 7200, clock: NOW,
  says: `${NOW - 3}\\tready\\tSECONDARY: a secondary\\t61%\\t2048`, archive: '-',
};
const PRIMARY = {
  ...ROW, role: 'primary', closed: 0, lag: 0, waiting: '-', executed: 'a:1-11', says: `${NOW - 1}\\tready\\tPRIMARY: the primary\\t7%\\t4096`,
  archive: [
    NOW - 4, 'ready', 'ARCHIVING: stores', '2025-11-29T23:59:30Z', 'b2', '2025-11-29T02:17:00Z', 1000, 3, 2500, 5000,
    '2025-11-29T04:41:00Z', '-',
  ].join('\\t'),
};

function pod(environment: Record<string, string> = {}): Sandbox {
  const made = sandbox({ POD_NAME: 'mysql-metrics-0', CLUSTER_NAME: 'mysql', COMPARE_PAUSE: '0', ...environment }, 'metrics-group');
  made.environment.EXPORTER = made.environment.PAGES = `${made.folder}/pages`;
  made.file('pages/.keep', '');
  made.file('topology/members', MEMBERS.map((line) => `${line}\n`).join(''));
  made.password('secrets/metrics-password', 'metrics & \'its\' "\\pass$word');
  return made;
}

function tells(member: string, row: Record<string, string | number>): Answer {
  return { command: 'mysql', on: member, to: 'gtid_executed', says: `${Object.values(row).join('\t')}\n` };
}

/** What the leader says of the sets of the members. */
function compares(...rows: [member: string, errant: string, missing: string][]): Answer {
  return { command: 'mysql', to: 'SET @waits', says: rows.map((row) => `${row.join('\t')}\n`).join('') };
}

const OPEN: Answer = { command: 'mysql', on: 'mysql-0', to: 'innodb_trx', says: '17\n' };
const GROUP = [
  compares(['mysql-0', '-', '-'], ['mysql-1', '-', 'a:9-11'], ['mysql-2', 'b:1-2', '-']), OPEN,
  tells('mysql-0', PRIMARY), tells('mysql-1', ROW), tells('mysql-2', { ...ROW, lag: 0, waiting: '-' }),
];

/** A look, and the values of its page without the name of the cluster. */
function look(answers: Answer[], shell = ''): { run: Run; values: Record<string, string>; page: string } {
  const bash = pod();
  bash.answers(...answers);
  const run = bash.run('facts.sh', `${shell}keep_options; look`);
  const page = bash.read('pages/metrics.txt');
  const values = page.split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => {
    const [, name, labels, value] = /^cdk8s_stateful_mysql_(\w+)\{cluster="shop\/mysql",?(.*)\} (\S+)$/.exec(line)!;
    return [labels === '' ? name : `${name} ${labels}`, value];
  });
  return { run, values: Object.fromEntries(values) as Record<string, string>, page };
}

const of = (values: Record<string, string>, member: string) => Object.fromEntries(Object.entries(values)
  .filter(([name]) => name.includes(`member="${member}"`)).map(([name, value]) => [name.replace(`member="${member}"`, '').trim(), value]));

describeScript('the page of facts', () => {
  test('says of each member what it is', () => {
    const { values } = look(GROUP);
    expect(of(values, 'mysql-1')).toEqual({
      member_agent_silent_seconds: '3', member_answers: '1', member_applier_running: '1',
      member_certificate_not_after_timestamp_seconds: String(NOW + 86400), member_errant_transactions: '0', member_fenced: '0',
      'member_info ,version="9.7.4"': '1', member_lag_seconds: '2', member_majority: '1',
      member_missing_transactions: '3', member_online_count: '3',
      member_open_for_writes: '0', member_queue_transactions: '3', member_ready: '1', member_refuses_password: '0',
      member_replication_error: '0', 'member_role ,role="secondary"': '1', member_start_timestamp_seconds: String(NOW - 7200),
      'member_state ,state="SECONDARY"': '1', member_volume_free_bytes: '2048', member_volume_used_ratio: '0.61',
    });
    expect(of(values, 'mysql-0')).toMatchObject({
      member_open_for_writes: '1', 'member_role ,role="primary"': '1', member_volume_used_ratio: '0.07',
    });
    expect(of(values, 'mysql-2')).toMatchObject({ member_errant_transactions: '2', member_missing_transactions: '0' });
  });

  test('says of the cluster who took over when, and how old the oldest transaction is', () => {
    expect(look(GROUP).values).toMatchObject({
      members: '3', max_lag_seconds: '30', promotions_total: '4', promotion_timestamp_seconds: String(NOW - 3600),
      longest_transaction_seconds: '17', facts_duration_seconds: expect.stringMatching(/^\d+\.\d{6}$/),
    });
  });

  test('says of the archive what it told a member', () => {
    expect(look(GROUP).values).toMatchObject({
      archive_ready: '1', 'archive_state state="ARCHIVING"': '1', archive_said_timestamp_seconds: String(NOW - 4),
      archive_recoverable_until_timestamp_seconds: '1764460770', archive_volume_free_bytes: '5000', backup_bytes: '2500',
      backup_last_bytes: '1000', backup_proven_count: '3', backup_proven_last_timestamp_seconds: '1764382620',
      drill_passed_timestamp_seconds: '1764391260', drill_failed_timestamp_seconds: '0',
    });
  });

  test('says nothing of an archive that no member heard of', () => {
    const without = GROUP.map((answer) => (answer.on === 'mysql-0' && answer.to === 'gtid_executed'
      ? tells('mysql-0', { ...PRIMARY, archive: '-' }) : answer));
    expect(Object.keys(look(without).values).filter((name) => /^(archive|backup|drill)/.test(name))).toEqual([]);
  });

  test('says of a member that does not answer only that', () => {
    const away: Answer = { command: 'mysql', on: 'mysql-2', status: 1, does: 'echo "ERROR 2003 (HY000): no route" >&2' };
    expect(of(look([away, ...GROUP.slice(0, 4)]).values, 'mysql-2')).toEqual({ member_answers: '0', member_refuses_password: '0' });
  });

  test('says that a member refuses the password, which is no outage', () => {
    const refuses: Answer = { command: 'mysql', on: 'mysql-2', status: 1, does: 'echo "ERROR 1045 (28000): Access denied" >&2' };
    expect(of(look([refuses, ...GROUP.slice(0, 4)]).values, 'mysql-2')).toEqual({ member_answers: '0', member_refuses_password: '1' });
  });

  test('says that an agent is silent, and relies on its word no more', () => {
    const old = tells('mysql-1', { ...ROW, says: `${NOW - 100}\\tready\\tSECONDARY: a secondary\\t61%\\t2048` });
    expect(of(look([old, ...GROUP]).values, 'mysql-1')).toMatchObject({ member_agent_silent_seconds: '100', member_ready: '0' });
    const never = tells('mysql-1', { ...ROW, says: '-' });
    const said = of(look([never, ...GROUP]).values, 'mysql-1');
    expect(said).toMatchObject({ member_agent_silent_seconds: '7200', member_ready: '0' });
    expect(Object.keys(said).filter((name) => /state|volume/.test(name))).toEqual([]);
  });

  test('takes a second more or less for no start of the server', () => {
    const bash = pod();
    const said = (seconds: number) => tells('mysql-1', { ...ROW, started: NOW - seconds }).says as string;
    bash.answers(...GROUP.slice(0, 3), { command: 'mysql', on: 'mysql-1', to: 'gtid_executed', says: [7200, 7199, 60, 61].map(said) });
    const { output } = bash.run('facts.sh', 'keep_options; for ((i = 0; i < 4; i++)); do look; '
      + 'grep "member_start.*mysql-1" "$PAGES/metrics.txt" | cut -d " " -f 2; done');
    expect(output.trim().split('\n').map((line) => NOW - Number(line))).toEqual([7200, 7200, 60, 60]);
  });

  test('says of a fenced primary that nobody can write to it', () => {
    const fenced = tells('mysql-0', { ...PRIMARY, fenced: 1 });
    expect(of(look([fenced, ...GROUP]).values, 'mysql-0')).toMatchObject({ member_fenced: '1', member_open_for_writes: '0' });
  });

  test('does not say what cannot be compared where there is nobody to compare with', () => {
    const alone = [tells('mysql-1', { ...ROW, role: 'none', state: 'ERROR' })];
    const { values } = look(alone);
    expect(of(values, 'mysql-1')).not.toHaveProperty('member_errant_transactions');
    expect(values).not.toHaveProperty('promotions_total');
    expect(values).not.toHaveProperty('longest_transaction_seconds');
    expect(values).toMatchObject({ 'member_answers member="mysql-0"': '0', 'member_answers member="mysql-1"': '1' });
  });

  test('is in the text format of Prometheus, each metric once with its help and type', () => {
    const { page } = look(GROUP);
    const names = [...page.matchAll(/^# HELP (\S+) [A-Z].*\.\n# TYPE (\S+) gauge$/gm)].map(([, help, type]) => (help === type ? help : ''));
    expect(new Set(names).size).toBe(names.length);
    expect([...new Set([...page.matchAll(/^(\w+)\{/gm)].map(([, name]) => name))].filter((name) => !names.includes(name))).toEqual([]);
  });

  test('is readable by the container that serves it, and by no chance half of one', () => {
    const bash = pod();
    bash.answers(...GROUP);
    bash.run('facts.sh', 'keep_options; look');
    expect([bash.modeOf('pages/metrics.txt'), bash.list('pages')]).toEqual(['644', ['.keep', 'exporter.cnf', 'metrics.txt']]);
  });

  test('shows that the program lives as long as it is written', () => {
    const bash = pod();
    bash.file('pages/metrics.txt', '');
    expect(bash.runProgram('facts.sh', 'alive').status).toBe(0);
    bash.age('pages/metrics.txt', 200);
    expect(bash.runProgram('facts.sh', 'alive').status).toBe(1);
    bash.remove('pages/metrics.txt');
    expect(bash.runProgram('facts.sh', 'alive').status).toBe(1);
  });
});
