import { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { board, moments, Row } from './board';
import { clusterVariable, fact, lastFact, memberVariable, ofMembers } from './mysql';
import { Meanings, series, stat, table, timeline } from './panels';
import { knownPartOf, orElse, PART_OF_ALL, perSecond } from './promql';

const YES_NO: Meanings = { 0: ['no', 'red'], 1: ['yes', 'green'] };
const NO_YES: Meanings = { 0: ['no', 'text'], 1: ['YES', 'red'] };
const DAYS = 86_400;

/** A fact about each of the chosen members. */
function chosen(name: string): string {
  return fact(name, ['member'], ', member=~"$member"');
}

const open = fact('member_open_for_writes', ['member']);
const writes = 'insert|insert_select|update|update_multi|delete|delete_multi|replace|replace_select|load';

/** What someone must know at 3 am. A member that is open for writes is one that clients can write to, whatever its role says. */
const FIRST: Row = {
  panels: [
    stat({
      title: 'Primary', width: 5, noValue: 'NOBODY', name: '{{member}}', steps: ['red', [1, 'green'], [2, 'red']],
      description: 'The member that takes writes. Red: no member does, or more than one.',
      expr: `(${open} == 1) * on () group_left () count(${open} == 1) or on () label_replace(vector(0), "member", "NOBODY", "", "")`,
    }),
    stat({
      title: 'Members ready', width: 4, noValue: '?', name: PART_OF_ALL, steps: ['red', [0.51, 'orange'], [1, 'green']],
      description: 'Members that their agent calls ready, of those that are declared. Red: half of them or fewer.',
      expr: knownPartOf(`(${orElse(`sum(${fact('member_ready', ['member'])})`, 0)})`, fact('members')),
    }),
    stat({
      title: 'Writes open', width: 3, noValue: 'NO', meanings: { 0: ['NO', 'red'], 1: ['yes', 'green'], 2: ['TWO', 'red'] },
      description: 'How many members take writes: one when all is well. Two is worse than none.',
      expr: orElse(`sum(${open})`, 0),
    }),
    stat({
      title: 'Fenced', width: 3, noValue: '?', steps: ['red'], meanings: { 0: ['none', 'green'] },
      description: 'Members that refuse clients, since their agent raised the fence.', expr: `sum(${fact('member_fenced', ['member'])})`,
    }),
    stat({
      title: 'Lag, of maxLag', width: 3, noValue: '?', unit: 'percentunit', decimals: 0, steps: ['green', [0.5, 'orange'], [1, 'red']],
      description: 'The lag of the slowest member, as a share of maxLag. From 100 % on that member serves no reads.',
      expr: `${fact('member_lag_seconds')} / ${fact('max_lag_seconds')}`,
    }),
    stat({
      title: 'Recoverable until', width: 3, noValue: 'no archive', unit: 's', decimals: 0, steps: ['green', [120, 'orange'], [300, 'red']],
      description: 'How long ago the last moment is that a restore can reach. Without an archive of binary logs nothing is shown.',
      endless: [1e8, 'NOTHING', 'red'],
      expr: `time() - (${lastFact('archive_recoverable_until_timestamp_seconds')} or 0 * ${lastFact('archive_ready')})`,
    }),
    stat({
      title: 'Age of the facts', width: 3, noValue: 'none', unit: 's', decimals: 0, steps: ['green', [60, 'orange'], [180, 'red']],
      endless: [1e8, 'NO FACTS', 'red'],
      description: 'How old the facts of the agents on this page are. Red: look at the pod of the metrics first.',
      expr: `time() - (${orElse(fact('facts_timestamp_seconds'), 0)})`,
    }),
  ],
};

const SECOND: Row = {
  panels: [
    stat({
      title: 'Same primary for', width: 4, noValue: '?', unit: 's', decimals: 0, steps: ['orange', [3600, 'text']],
      description: 'Since the last promotion.', expr: `time() - (${fact('promotion_timestamp_seconds')} > 0)`,
    }),
    stat({
      title: 'Promotions in this time', width: 4, noValue: '?', steps: ['text', [1, 'orange'], [3, 'red']],
      description: 'Failovers and switchovers in the range of time of the dashboard.',
      expr: 'max(max_over_time(cdk8s_stateful_mysql_promotions_total{cluster="$cluster"}[$__range]))'
        + ' - min(min_over_time(cdk8s_stateful_mysql_promotions_total{cluster="$cluster"}[$__range]))',
    }),
    stat({
      title: 'Errant transactions', width: 4, noValue: '?', steps: ['green', [1, 'red']],
      description: 'Transactions that a member has and the primary does not have.',
      expr: `sum(${fact('member_errant_transactions', ['member'])})`,
    }),
    stat({
      title: 'Views differ by', width: 4, noValue: '-', steps: ['green', [1, 'red']],
      description: 'Members count who is online. Their counts are equal when all is well. Only a group has views.',
      expr: `${fact('member_online_count')} - min(cdk8s_stateful_mysql_member_online_count{cluster="$cluster"})`,
    }),
    stat({
      title: 'Fullest volume', width: 4, noValue: '?', unit: 'percentunit', decimals: 0, steps: ['green', [0.8, 'orange'], [0.9, 'red']],
      description: 'Of the volumes of the members.', expr: fact('member_volume_used_ratio'),
    }),
    stat({
      title: 'First certificate expires in', width: 4, noValue: '?', unit: 's', decimals: 0,
      steps: ['red', [7 * DAYS, 'orange'], [30 * DAYS, 'green']], description: 'Of the certificates that the servers show.',
      expr: 'min(cdk8s_stateful_mysql_member_certificate_not_after_timestamp_seconds{cluster="$cluster"}) - time()',
    }),
  ],
};

const MEMBERS: Row = {
  title: 'Members',
  panels: [
    table({
      title: 'Members now', width: 24, height: 7, row: 'member',
      description: 'What each server says of itself, and what its agent says of it.',
      columns: [
        { title: 'Answers', expr: fact('member_answers', ['member']), meanings: YES_NO },
        { title: 'Role', expr: `${fact('member_role', ['member', 'role'])} == 1`, label: 'role' },
        { title: 'State', expr: `${fact('member_state', ['member', 'state'])} == 1`, label: 'state' },
        { title: 'Ready', expr: fact('member_ready', ['member']), meanings: YES_NO },
        { title: 'Takes writes', expr: open, meanings: { 0: ['no', 'text'], 1: ['yes', 'green'] } },
        { title: 'Fenced', expr: fact('member_fenced', ['member']), meanings: NO_YES },
        { title: 'Lag', expr: fact('member_lag_seconds', ['member']), unit: 's', decimals: 0 },
        { title: 'Queue', expr: fact('member_queue_transactions', ['member']), unit: 'short' },
        { title: 'Missing', expr: fact('member_missing_transactions', ['member']), unit: 'short' },
        { title: 'Last error', expr: fact('member_replication_error', ['member']), unit: 'none', steps: ['text', [1, 'red']] },
        { title: 'Errant', expr: fact('member_errant_transactions', ['member']), steps: ['text', [1, 'red']] },
        {
          title: 'Volume', expr: fact('member_volume_used_ratio', ['member']), unit: 'percentunit', decimals: 0,
          steps: ['text', [0.8, 'orange'], [0.9, 'red']],
        },
        {
          title: 'Agent silent', expr: fact('member_agent_silent_seconds', ['member']), unit: 's', decimals: 0,
          steps: ['text', [30, 'orange'], [60, 'red']],
        },
        { title: 'Up for', expr: `time() - ${fact('member_start_timestamp_seconds', ['member'])}`, unit: 's', decimals: 0 },
        { title: 'Version', expr: fact('member_info', ['member', 'version']), label: 'version' },
      ],
    }),
    timeline({
      title: 'Members over time', width: 24, description: 'An outage is where no row has the color of writes.',
      meanings: {
        0: ['away', 'red'], 1: ['not ready', 'orange'], 2: ['ready', 'green'], 3: ['takes writes', 'blue'], 4: ['fenced', 'purple'],
      },
      lines: [{
        name: '{{member}}',
        expr: `4 * (${fact('member_fenced', ['member'])} == 1) or ${fact('member_answers', ['member'])} + ${fact('member_ready', ['member'])}`
          + ` + ${fact('member_ready', ['member'])} * ${open} or ${fact('member_answers', ['member'])}`,
      }],
    }),
  ],
};

const WORK: Row = {
  title: 'Work',
  panels: [
    series({
      title: 'Writes', width: 12, unit: 'wps',
      description: 'Statements that change rows, for each second, of the member that takes writes. The others count what they apply, too.',
      lines: [{
        name: '{{member}}',
        expr: `sum by (member) (${perSecond(ofMembers('global_status_commands_total', `, command=~"${writes}"`))}) * on (member) ${open}`,
      }],
    }),
    series({
      title: 'Reads', width: 12, unit: 'rps', description: 'SELECT statements, for each second and member.',
      lines: [{ name: '{{member}}', expr: `sum by (member) (${perSecond(ofMembers('global_status_commands_total', ', command="select"'))})` }],
    }),
    series({
      title: 'Lag', width: 12, unit: 's', description: 'How old the data of each member is, and maxLag.',
      lines: [
        { name: '{{member}}', expr: chosen('member_lag_seconds') },
        { name: 'maxLag', expr: fact('max_lag_seconds'), isLimit: true },
      ],
    }),
    series({
      title: 'Transactions that wait', width: 12, description: 'Received and not applied yet (queue), and not received yet (missing).',
      lines: [
        { name: '{{member}} queue', expr: chosen('member_queue_transactions') },
        { name: '{{member}} missing', expr: chosen('member_missing_transactions') },
      ],
    }),
    series({
      title: 'Connections', width: 12, description: 'Sessions of each member.',
      lines: [{ name: '{{member}}', expr: `max by (member) (${ofMembers('global_status_threads_connected')})` }],
    }),
    series({
      title: 'Longest transaction', width: 12, unit: 's', description: 'How long the oldest open transaction of the primary is open.',
      lines: [{ name: 'longest transaction', expr: fact('longest_transaction_seconds') }],
    }),
    series({
      title: 'Free space of the volumes', width: 12, unit: 'bytes', description: 'A member whose volume is full stops taking writes.',
      lines: [{ name: '{{member}}', expr: chosen('member_volume_free_bytes') }],
    }),
    series({
      title: 'Silence of the agents', width: 12, unit: 's', description: 'The time since an agent last said something about its server.',
      lines: [{ name: '{{member}}', expr: chosen('member_agent_silent_seconds') }],
    }),
  ],
};

/** The cluster: who is primary, who is ready, and whether a restore would lose something. */
export function mysqlCluster(): Dashboard {
  return board({
    uid: 'cdk8s-stateful-mysql-cluster',
    title: 'MySQL cluster',
    description: 'A MySqlCluster: its primary, its members and their replication.',
    tag: 'cdk8s-stateful-mysql',
    variables: [clusterVariable(), memberVariable()],
    annotations: [moments('Promotion', fact('promotion_timestamp_seconds'))],
    rows: [FIRST, SECOND, MEMBERS, WORK],
  });
}
