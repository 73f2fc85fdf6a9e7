import { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { board, moments, Row } from './board';
import { clusterVariable, fact, memberVariable, ofMembers } from './mysql';
import { Line, series, stat } from './panels';
import { knownPartOf, orElse, PART_OF_ALL, perSecond } from './promql';

/** A line for each member. */
function each(name: string, suffix = ''): Line {
  return { name: suffix === '' ? '{{pod}}' : `{{pod}} ${suffix}`, expr: `max by (pod) (${ofMembers(name)})` };
}

function eachPerSecond(name: string, suffix = ''): Line {
  return { name: suffix === '' ? '{{pod}}' : `{{pod}} ${suffix}`, expr: `max by (pod) (${perSecond(ofMembers(name))})` };
}

const requests = perSecond(ofMembers('global_status_innodb_buffer_pool_read_requests'));
const reads = perSecond(ofMembers('global_status_innodb_buffer_pool_reads'));

const FIRST: Row = {
  panels: [
    stat({
      title: 'Servers that answer', width: 4, noValue: '?', name: PART_OF_ALL, steps: ['red', [0.51, 'orange'], [1, 'green']],
      description: 'Servers in which the exporter can log in, of the chosen members.',
      expr: knownPartOf(`(${orElse(`sum(max by (pod) (${ofMembers('up')}))`, 0)})`, `count(${fact('member_answers', ['member'], ', member=~"$member"')})`),
    }),
    stat({
      title: 'Youngest server', width: 4, noValue: '?', unit: 's', decimals: 0, steps: ['orange', [600, 'text']],
      description: 'The time since a server started last.', expr: `min(${ofMembers('global_status_uptime')})`,
    }),
    stat({
      title: 'Connections, of the limit', width: 4, noValue: '?', unit: 'percentunit', decimals: 0,
      steps: ['green', [0.7, 'orange'], [0.9, 'red']], description: 'Of the member that is nearest to max_connections.',
      expr: `max(${ofMembers('global_status_threads_connected')} / ${ofMembers('global_variables_max_connections')})`,
    }),
    stat({
      title: 'Running threads', width: 4, noValue: '?', steps: ['green', [32, 'orange'], [128, 'red']],
      description: 'Of the busiest member. Many at a time wait for CPU, disk or locks.',
      expr: `max(${ofMembers('global_status_threads_running')})`,
    }),
    stat({
      title: 'Row lock waits now', width: 4, noValue: '?', steps: ['green', [1, 'orange'], [20, 'red']],
      description: 'Statements that wait for a row at this moment.',
      expr: `sum(${ofMembers('global_status_innodb_row_lock_current_waits')})`,
    }),
    stat({
      title: 'Slow queries', width: 4, noValue: '?', unit: 'reqps', decimals: 2, steps: ['green', [0.1, 'orange'], [1, 'red']],
      description: 'Statements for each second that took longer than long_query_time.',
      expr: `sum(${perSecond(ofMembers('global_status_slow_queries'))})`,
    }),
  ],
};

const CLIENTS: Row = {
  title: 'Clients',
  panels: [
    series({
      title: 'Connections', width: 8, description: 'Sessions of each member, and the limit.',
      lines: [
        each('global_status_threads_connected'),
        { name: 'max_connections', expr: `min(${ofMembers('global_variables_max_connections')})`, isLimit: true },
      ],
    }),
    series({
      title: 'Running threads', width: 8, description: 'Sessions that do something.', lines: [each('global_status_threads_running')],
    }),
    series({
      title: 'Refused and lost connections', width: 8, unit: 'cps',
      description: 'Clients that could not log in (refused), and sessions that ended without a good-bye (lost).',
      lines: [
        eachPerSecond('global_status_aborted_connects', 'refused'), eachPerSecond('global_status_aborted_clients', 'lost'),
      ],
    }),
    series({
      title: 'Statements', width: 8, unit: 'reqps', description: 'Statements of clients for each second.',
      lines: [eachPerSecond('global_status_questions')],
    }),
    series({
      title: 'Slow queries', width: 8, unit: 'reqps', description: 'Statements that took longer than long_query_time.',
      lines: [eachPerSecond('global_status_slow_queries')],
    }),
    series({
      title: 'Network', width: 8, unit: 'Bps', description: 'Bytes from clients and to clients for each second.',
      lines: [eachPerSecond('global_status_bytes_received', 'in'), eachPerSecond('global_status_bytes_sent', 'out')],
    }),
  ],
};

const INNODB: Row = {
  title: 'InnoDB',
  panels: [
    series({
      title: 'Buffer pool hits', width: 8, unit: 'percentunit', max: 1,
      description: 'Reads of pages that were in memory. Far below 99 % the buffer pool is too small for what is read.',
      lines: [{ name: '{{pod}}', expr: `1 - max by (pod) (${reads}) / (max by (pod) (${requests}) > 0)` }],
    }),
    series({
      title: 'Buffer pool', width: 8, unit: 'bytes', description: 'What is in use and what waits to be written (dirty), and the size.',
      lines: [
        {
          name: '{{pod}} data',
          expr: `max by (pod) (${ofMembers('global_status_buffer_pool_pages', ', state="data"')})`
            + ` * max by (pod) (${ofMembers('global_status_innodb_page_size')})`,
        },
        {
          name: '{{pod}} dirty',
          expr: `max by (pod) (${ofMembers('global_status_buffer_pool_dirty_pages')})`
            + ` * max by (pod) (${ofMembers('global_status_innodb_page_size')})`,
        },
        { name: 'size', expr: `min(${ofMembers('global_variables_innodb_buffer_pool_size')})`, isLimit: true },
      ],
    }),
    series({
      title: 'Reads from disk and writes to it', width: 8, unit: 'Bps', description: 'Of data files.',
      lines: [eachPerSecond('global_status_innodb_data_read', 'read'), eachPerSecond('global_status_innodb_data_written', 'written')],
    }),
    series({
      title: 'Row lock waits', width: 8, unit: 'ops', description: 'How often statements began to wait for a row.',
      lines: [eachPerSecond('global_status_innodb_row_lock_waits')],
    }),
    series({
      title: 'Time in row lock waits', width: 8, unit: 'ms', description: 'Milliseconds that statements waited, for each second.',
      lines: [eachPerSecond('global_status_innodb_row_lock_time')],
    }),
    series({
      title: 'Temporary tables on disk', width: 8, unit: 'ops', description: 'Results that did not fit into memory.',
      lines: [eachPerSecond('global_status_created_tmp_disk_tables')],
    }),
  ],
};

const LOGS: Row = {
  title: 'Redo log and binary log',
  panels: [
    series({
      title: 'Redo log written', width: 8, unit: 'Bps', description: 'Bytes for each second.',
      lines: [eachPerSecond('global_status_innodb_os_log_written')],
    }),
    series({
      title: 'Redo log in use', width: 8, unit: 'bytes',
      description: 'The age of the last checkpoint. Near the capacity InnoDB slows writes down.',
      lines: [
        {
          name: '{{pod}}',
          expr: `max by (pod) (${ofMembers('global_status_innodb_redo_log_current_lsn')}`
            + ` - ${ofMembers('global_status_innodb_redo_log_checkpoint_lsn')})`,
        },
        { name: 'capacity', expr: `min(${ofMembers('global_variables_innodb_redo_log_capacity')})`, isLimit: true },
      ],
    }),
    series({
      title: 'Binary logs on the volume', width: 8, unit: 'bytes', description: 'All files that are not purged.',
      lines: [each('binlog_size_bytes')],
    }),
  ],
};

/** The servers: what limits them. */
export function mysqlServer(): Dashboard {
  return board({
    uid: 'cdk8s-stateful-mysql-server',
    title: 'MySQL server',
    description: 'The servers of a MySqlCluster: connections, InnoDB, locks, logs.',
    tag: 'cdk8s-stateful-mysql',
    variables: [clusterVariable(), memberVariable()],
    annotations: [moments('Promotion', fact('promotion_timestamp_seconds'))],
    rows: [FIRST, CLIENTS, INNODB, LOGS],
  });
}
