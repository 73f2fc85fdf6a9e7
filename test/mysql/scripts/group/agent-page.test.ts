import { readFileSync } from 'fs';
import { join } from 'path';
import { scriptBundle } from '../../../../lib/mysql/files/script-bundle';
import { ROOT } from '../../../support/paths';

const whole = readFileSync(join(ROOT, 'docs', 'mysql-agent.md'), 'utf8');
const [common, group, sourceReplica, shared] = whole.split(/^## (?:A group|A source and its replicas|Invariants)$/m);
const page = [common, group, shared].join('\n');
const scripts = scriptBundle('group');
const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (.*) \|$/gm)].map(([, state, rest]) => ({ state, cells: rest.split(' | ') }));
const decided = [...scripts['decide.sh'].matchAll(/REPLY=["']([A-Z_]+) ([a-z_]+) /g)].map(([, state, action]) => ({ state, action }));

describe('docs/mysql-agent.md', () => {
  test('has a row for each state that decide.sh names, and for no other', () => {
    expect(rows.map(({ state }) => state).sort()).toEqual([...new Set(decided.map(({ state }) => state))].sort());
  });

  test('the diagram names states of the table only', () => {
    const diagram = /```mermaid\n([\s\S]*?)```/.exec(page)![1];
    const named = [...diagram.matchAll(/([A-Z][A-Z_]+)(?= -->|:)/g)].map(([, state]) => state);
    expect(named.filter((state) => !rows.some((row) => row.state === state))).toEqual([]);
    expect(named.length).toBeGreaterThan(10);
  });

  test('says that a member is shown by no label exactly where its agent withdraws it', () => {
    const withdrawing = [
      'withdraw', 'leave', 'renew_view', 'report_errant', 'request_copy', 'join', 'bootstrap', 'forget_donor', 'apply_received', 'recall',
    ];
    const wrong = rows.filter(({ state, cells }) => (
      (cells[1] === '`none`') !== withdrawing.includes(decided.find((row) => row.state === state)!.action)));
    expect(wrong).toEqual([]);
  });

  test('has every invariant that scripts cite', () => {
    const numbered = [...page.matchAll(/^\| (I\d+) \|/gm)].map(([, name]) => name);
    const cited = Object.values(scripts).flatMap((text) => [...text.matchAll(/\bI\d+\b/g)].map(([name]) => name));
    expect(cited.length).toBeGreaterThan(5);
    expect([...new Set(cited)].filter((name) => !numbered.includes(name))).toEqual([]);
  });

  test('names every lock that scripts take', () => {
    const taken = [/ask_for_lock \S+ \S+ ([a-z]\w*)/g, /GET_LOCK\('cdk8s_stateful\.(\w+)'/g].flatMap((pattern) => (
      Object.values(scripts).flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => name))));
    expect(taken.length).toBeGreaterThan(1);
    expect([...new Set(taken)].filter((name) => !page.includes(`\`cdk8s_stateful.${name}\``))).toEqual([]);
  });

  test('has a row for each state of a source and its replicas, and for no other', () => {
    const files = scriptBundle('source-replica');
    const text = `${files['decide.sh']}\n${files['decide-replica.sh']}`;
    const states = [...text.matchAll(/\bconclude\w* ([A-Z_]+) /g)].map(([, state]) => state);
    const named = [...sourceReplica.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, state]) => state);
    expect(named.length).toBeGreaterThan(10);
    expect([...new Set(states)].sort()).toEqual(named.sort());
  });

  test('has every invariant that open-for-writes.sh cites', () => {
    const cited = [...scriptBundle('source-replica')['open-for-writes.sh'].matchAll(/\bS[1-9]\b/g)].map(([name]) => name);
    const numbered = [...sourceReplica.matchAll(/^\| (S\d) \|/gm)].map(([, name]) => name);
    expect([...new Set(cited)].sort()).toEqual(numbered);
  });
});
