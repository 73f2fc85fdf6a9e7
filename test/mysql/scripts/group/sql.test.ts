import { scriptBundle } from '../../../../lib/mysql/files/script-bundle';

const FILES = scriptBundle('group');

/** The columns of the one SELECT of a file, without comments. */
function columnsOf(file: string): string[] {
  const text = FILES[file].replace(/^\s*--.*$/gm, '').trim();
  const columns = [''];
  let depth = 0;
  for (const part of text.slice('SELECT'.length).split(/(\(|\)|,|\bFROM\b)/)) {
    if (part === 'FROM' && depth === 0) {
      break;
    }
    depth += part === '(' ? 1 : part === ')' ? -1 : 0;
    if (part === ',' && depth === 0) {
      columns.push('');
    } else {
      columns[columns.length - 1] += part;
    }
  }
  return columns.map((column) => column.replace(/\s+/g, ' ').trim());
}

/** The variables that a script reads a row into. */
function variablesIn(script: string, first: RegExp): string[] {
  const [, list] = first.exec(FILES[script])!;
  return list.replace(/\\\n/g, ' ').trim().split(/\s+/);
}

test('member-state.sql has a column for each variable of guard and agent, in one statement', () => {
  const variables = variablesIn('member-row.sh', /read -r (mark [^<]*)<<<"\$1"/);
  expect(variables.slice(0, 4)).toEqual(['mark', 'own_state', 'own_role', 'own_majority']);
  const columns = columnsOf('member-state.sql');
  expect(variables.pop()).toBe('quiet'); // which the guard adds
  expect(columns).toHaveLength(variables.length);
  expect(columns[variables.indexOf('heard')]).toContain('Gr_last_consensus_end_timestamp');
  expect(columns[0]).toBe('\'state\'');
  expect(columns[variables.indexOf('super_read_only')]).toBe('@@GLOBAL.super_read_only');
  expect(columns[variables.indexOf('offline')]).toBe('@@GLOBAL.offline_mode');
  expect(columns[variables.indexOf('own_source')]).toContain('SELECT source FROM cdk8s_stateful.promotions');
  expect(columns[variables.indexOf('own_epoch')]).toContain('SELECT MAX(id) FROM cdk8s_stateful.promotions');
  expect(columns[variables.indexOf('own_majority')]).toContain('* 2 > COUNT(*)');
  expect(columns[variables.indexOf('applier')]).toContain('replication_applier_status ');
  expect(columns[variables.indexOf('lag')]).toContain('applying_transaction_original_commit_timestamp');
  expect(FILES['member-state.sql'].match(/;/g)).toHaveLength(1);
  expect(FILES['member-state.sql'].trimEnd()).toMatch(/;$/);
});

test('survey.sql has the columns of every topology, and then those of a group', () => {
  const common = variablesIn('survey.sh', /read -r ((?:state|word)\b[^<]*)<<</).map((name) => name.replace(/\[.*/, ''));
  const own = variablesIn('view.sh', /read -r (member_state\[[^<]*)<<</).map((name) => name.replace(/\[.*/, ''));
  expect(common.at(-1)).toBe('more');
  const all = [...common.slice(0, -1), ...own];
  const columns = columnsOf('survey.sql');
  expect(columns).toHaveLength(all.length);
  expect(columns[0]).toBe('\'data\'');
  expect(columns[all.indexOf('read_only')]).toBe('@@GLOBAL.super_read_only');
  expect(columns[all.indexOf('executed')]).toContain('gtid_executed');
  expect(columns[all.indexOf('received')]).toContain('received_transaction_set');
  expect(columns[all.indexOf('purged')]).toContain('gtid_purged');
  expect(columns[all.indexOf('has_majority')]).toContain('* 2 > COUNT(*)');
  expect(columns[all.indexOf('joining')]).toContain('member_state = \'RECOVERING\'');
  expect(columns[all.indexOf('fenced')]).toBe('@@GLOBAL.offline_mode');
});

test('what one column tells is never empty, since a tab more or less would shift the others', () => {
  // Numbers and words of their own beside what COALESCE fills in.
  for (const file of ['survey.sql', 'member-state.sql']) {
    const never = /^(COALESCE\(|'[a-z]+'$|@@GLOBAL\.(super_read_only|offline_mode)$|\(SELECT COUNT\(\*\))/;
    const open = columnsOf(file).filter((column) => !never.test(column));
    expect([file, open]).toEqual([file, []]);
  }
});

test('pods that a member lists fit what GROUP_CONCAT gives by default, with the longest names', () => {
  const lists = columnsOf('survey.sql').filter((column) => column.includes('GROUP_CONCAT('));
  expect(lists).toHaveLength(2);
  expect(lists.filter((column) => !column.includes('SUBSTRING_INDEX(member_host, \'.\', 1)'))).toEqual([]);
  expect(9 * `${'a'.repeat(44)}-0,`.length).toBeLessThan(1024);
});

test('the accounts of the cluster pass the fence, and that of Router does not', () => {
  const statements = [FILES['accounts.sql'], FILES['group-accounts.sql'], scriptBundle('router')['router-account.sql']].join('\n')
    .split('\n').filter((line) => line.startsWith('GRANT'));
  const passing = statements.filter((line) => /\b(ALL|CONNECTION_ADMIN)\b/.test(line)).map((line) => / TO (\w+)@/.exec(line)![1]);
  expect([...new Set(passing)].sort()).toEqual(['admin', 'clone', 'monitor', 'replication']);
  expect(FILES['accounts.sql']).not.toMatch(/REVOKE.*root/);
});

test('the account of the group is one that every data directory has', () => {
  const statements = FILES['group-accounts.sql'].split('\n').filter((line) => line !== '' && !line.startsWith('--'));
  expect(statements).toEqual(['GRANT GROUP_REPLICATION_STREAM ON *.* TO replication@\'%\';']);
  expect(FILES['accounts.sql']).toContain('CREATE USER IF NOT EXISTS replication@\'%\'');
});
