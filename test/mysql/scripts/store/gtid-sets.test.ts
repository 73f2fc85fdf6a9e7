import { spawnSync } from 'child_process';
import { join } from 'path';
import { describeScript } from '../../../support/bash';
import { ROOT } from '../../../support/paths';

const PROGRAM = join(ROOT, 'lib', 'mysql', 'scripts', 'store', 'gtid-sets.awk');
const [A, B] = ['11111111-1111-1111-1111-111111111111', 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa'];
const CASES = 60;
const AWKS = [['awk'], ['busybox', 'awk']].filter(([program, ...args]) => spawnSync(program, [...args, 'BEGIN {}']).status === 0);

type Sets = Map<string, Set<number>>;

function run(awk: string[], ...args: string[]): string {
  const { stdout, stderr } = spawnSync(awk[0], [...awk.slice(1), '-f', PROGRAM, ...args], { encoding: 'utf8' });
  return (stdout + stderr).trimEnd();
}

/** As MySQL writes it. */
function text(sets: Sets): string {
  const present = [...sets].filter(([, numbers]) => numbers.size > 0).sort(([one], [other]) => one < other ? -1 : 1);
  const items = present.map(([source, numbers]) => {
    const intervals: [number, number][] = [];
    [...numbers].sort((one, other) => one - other).forEach((number) => {
      const last = intervals.at(-1);
      if (last !== undefined && last[1] === number - 1) {
        last[1] = number;
      } else {
        intervals.push([number, number]);
      }
    });
    return `${source}:${intervals.map(([from, to]) => from === to ? from : `${from}-${to}`).join(':')}`;
  });
  return items.join(',') || '-';
}

/** The same numbers each time. */
function random(seed: number): () => number {
  let value = seed;
  return () => {
    value = (value * 1103515245 + 12345) % 2147483648;
    return value / 2147483648;
  };
}

function someSets(next: () => number): Sets {
  return new Map([A, B, `${B}:tag`].filter(() => next() < 0.7).map((source) => (
    [source, new Set([...Array(12).keys()].map((number) => number + 1).filter(() => next() < 0.5))])));
}

const combined = (one: Sets, other: Sets, keep: (own: boolean, theirs: boolean) => boolean): Sets => (
  new Map([...new Set([...one.keys(), ...other.keys()])].map((source) => [source, new Set([...Array(13).keys()]
    .filter((number) => keep(one.get(source)?.has(number) ?? false, other.get(source)?.has(number) ?? false)))])));

describeScript('gtid-sets.awk', () => {
  test.each(AWKS.map((awk) => [awk.join(' '), awk] as const))('computes with %s as JavaScript does', (_, awk) => {
    const next = random(14);
    for (let number = 0; number < CASES; number++) {
      const [one, other] = [someSets(next), someSets(next)];
      const rest = text(combined(one, other, (own, theirs) => own && !theirs));
      const args = [text(one), text(other)];
      expect([...args, run(awk, 'subtract', ...args), run(awk, 'subset', ...args), run(awk, 'union', ...args)]).toEqual([
        ...args, rest, rest === '-' ? '1' : '0', text(combined(one, other, (own, theirs) => own || theirs)),
      ]);
    }
  });

  test.each<[string, string, string, string, string]>([
    ['reads what MySQL writes over several lines', 'union', `${A}:1-5,\n${B}:1`, '-', `${A}:1-5,${B}:1`],
    ['reads tags that follow each other', 'union', `${A}:1-3:tag:5:7`, '', `${A}:1-3,${A}:tag:5:7`],
    ['joins intervals that touch', 'union', `${A}:1-3`, `${A}:4-9`, `${A}:1-9`],
    ['reads letters of either case', 'subset', B.toUpperCase() + ':1', `${B}:1-2`, '1'],
    ['counts numbers that are large', 'subtract', `${A}:1-9007199254740991`, `${A}:2-9007199254740990`, `${A}:1:9007199254740991`],
    ['knows that none is in none', 'subset', '-', '', '1'],
    ['refuses what is no set', 'subset', 'a:1-5', '-', 'gtid-sets.awk: this is no set of GTIDs: a:1-5'],
    ['refuses what it cannot do', 'intersect', '-', '-', 'gtid-sets.awk: there is no operation intersect'],
  ])('%s', (_, operation, one, other, result) => {
    expect(run(AWKS[0], operation, one, other)).toBe(result);
  });
});
