import { checkReads, longestPause, lostWrites } from '../e2e/registers/checker';
import { Operation } from '../e2e/registers/operation';
import { at, read, write } from './history';

function staleIn(history: Operation[], bound?: number): [value: number | undefined, age: number][] {
  return checkReads(history, history, bound).stale.map(({ read: { value }, age }) => [value, age]);
}

describe('a read', () => {
  test('of the value that was acknowledged last is right', () => {
    expect(staleIn([write(1, 0, 10), write(2, 20, 30), read(2, 31, 32)])).toEqual([]);
  });

  test('of less than what was acknowledged before it began is stale, since the next higher value was acknowledged', () => {
    expect(staleIn([write(1, 0, 10), write(2, 20, 30), write(3, 40, 50), read(1, 100, 101)])).toEqual([[1, 70]]);
  });

  test('of the initial value is stale as well', () => {
    expect(staleIn([write(1, 0, 10), read(0, 15, 16)])).toEqual([[0, 5]]);
  });

  test('that began before the acknowledgement may see either value', () => {
    expect(staleIn([write(1, 0, 10), write(2, 20, 30), read(1, 29, 90)])).toEqual([]);
    expect(staleIn([write(1, 0, 10), write(2, 20, 30), read(2, 29, 90)])).toEqual([]);
  });

  test('that began with the acknowledgement, in the same microsecond, may see either value', () => {
    expect(staleIn([write(1, 0, 10), write(2, 20, 30), read(1, 30, 31)])).toEqual([]);
  });

  test('need not see a write whose answer never came, and may', () => {
    const history = [write(1, 0, 10), write(2, 20, 5000, 'unknown')];
    expect(staleIn([...history, read(1, 6000, 6001)])).toEqual([]);
    expect(staleIn([...history, read(2, 6000, 6001)])).toEqual([]);
  });

  test('of less than what another read has shown before it began is stale, also if that was never acknowledged', () => {
    expect(staleIn([write(1, 0, 10), write(2, 20, 5000, 'unknown'), read(2, 40, 50), read(1, 60, 61)])).toEqual([[1, 10]]);
  });

  test('at the same time as the one that has shown more may see less', () => {
    expect(staleIn([write(1, 0, 10), write(2, 20, 5000, 'unknown'), read(2, 40, 50), read(1, 49, 61)])).toEqual([]);
  });

  test('that failed says nothing', () => {
    expect(staleIn([write(1, 0, 10), read(undefined, 20, 30)])).toEqual([]);
  });

  test('is held against its own register alone', () => {
    expect(staleIn([write(5, 0, 10), write(1, 0, 10, 'ok', { register: 2 }), read(1, 20, 30, { register: 2 })])).toEqual([]);
  });

  test('may be as old as the bound, and not older', () => {
    const history = [write(1, 0, 10), write(2, 20, 30)];
    expect(staleIn([...history, read(1, 130, 131)], 100)).toEqual([]);
    expect(staleIn([...history, read(1, 131, 132)], 100)).toEqual([[1, 101]]);
    expect(checkReads(history, [read(1, 130, 131)], 100).oldest).toBe(100);
  });

  test.each([
    ['that nobody wrote', [write(1, 0, 10), read(2, 20, 30)]],
    ['that nobody had begun to write', [read(1, 0, 10), write(1, 20, 30)]],
  ])('of a value %s is invented', (_, history) => {
    expect(checkReads(history, history).invented).toEqual(history.filter(({ kind }) => kind === 'read'));
  });

  test.each(['ok', 'error', 'unknown'] as const)('of a value whose write began is not invented: %s', (outcome) => {
    const history = [write(1, 0, 10, outcome), read(1, 5, 6)];
    expect(checkReads(history, history).invented).toEqual([]);
  });
});

describe('a history', () => {
  test('of a primary that is cut off and serves on has all its stale reads found', () => {
    const history = [
      ...[1, 2, 3, 4, 5].map((value) => write(value, value * 1000, value * 1000 + 10, 'ok', { server: value < 3 ? 'mysql-0' : 'mysql-1' })),
      ...[2100, 3100, 4100, 5100].map((start) => read(2, start, start + 5, { server: 'mysql-0' })),
      ...[2100, 3100, 4100, 5100].map((start) => read(Math.floor(start / 1000), start, start + 5, { server: 'mysql-1' })),
    ];
    expect(staleIn(history)).toEqual([[2, 90], [2, 1090], [2, 2090]]);
    expect(checkReads(history, history)).toMatchObject({ reads: 8, writes: 5, oldest: 2090 });
  });

  test('is the same in any order', () => {
    const history = [write(1, 0, 10), write(2, 20, 30), read(2, 31, 32), read(1, 40, 41), read(0, 50, 51)];
    const ages = staleIn([...history].reverse()).sort();
    expect(ages).toEqual([[0, 40], [1, 10]]);
  });

  test.each([
    ['values that do not rise', [write(2, 0, 10), write(1, 20, 30)]],
    ['two writers of a register', [write(1, 0, 10), write(2, 5, 6, 'ok', { client: 'writer-2' })]],
  ])('with %s cannot be checked', (_, history) => {
    expect(() => checkReads(history, history)).toThrow('register 1 has more than one writer, or values that do not rise');
  });
});

describe('acknowledged writes', () => {
  test('that are not stored are lost; those that failed are not', () => {
    const history = [write(1, 0, 10), write(2, 20, 30, 'unknown'), write(3, 40, 50, 'error'), write(4, 60, 70), write(5, 80, 90)];
    expect(lostWrites(history, new Set(['1 1', '1 5']))).toEqual(['1 4']);
  });

  test('are what pauses are between, also those that begin before or end after the time that is looked at', () => {
    const history = [write(1, 0, 10), write(2, 20, 30), write(3, 100, 110, 'unknown'), write(4, 500, 530), write(5, 535, 540)];
    expect(longestPause(history, at(100), at(200))).toBe(500);
    expect(longestPause(history, at(532), at(600))).toBe(60);
    expect(longestPause(history, at(20), at(30))).toBe(20);
  });

  test('that never come any more make a pause until the end', () => {
    expect(longestPause([write(1, 0, 10)], at(5), at(1000))).toBe(990);
    expect(longestPause([], at(5), at(1000))).toBe(995);
  });
});
