import { LabelHistory } from '../e2e/registers/label-history';

function historyOf(...events: [at: number, pod: string, labelled: boolean][]): LabelHistory {
  const history = new LabelHistory();
  events.forEach(([at, pod, labelled]) => history.see(at, pod, labelled));
  return history;
}

test('a label that is taken from the old pod before the new one gets it is never on two', () => {
  expect(historyOf([0, 'a', true], [5, 'a', false], [9, 'b', true], [9, 'b', true]).doubles).toEqual([]);
});

test('a label that is on two pods is, for that time', () => {
  expect(historyOf([0, 'a', true], [5, 'b', true], [9, 'a', false]).doubles).toEqual([{ pods: ['a', 'b'], from: 5, to: 9 }]);
});

test('a label that is still on two pods has no end', () => {
  expect(historyOf([0, 'a', true], [5, 'b', true]).doubles).toEqual([{ pods: ['a', 'b'], from: 5 }]);
});

test('of three pods each change begins a time of its own', () => {
  expect(historyOf([0, 'a', true], [1, 'b', true], [2, 'c', true], [3, 'a', false], [4, 'b', false]).doubles).toEqual([
    { pods: ['a', 'b'], from: 1, to: 2 }, { pods: ['a', 'b', 'c'], from: 2, to: 3 }, { pods: ['b', 'c'], from: 3, to: 4 },
  ]);
});

test('pods that are gone when a watch begins again have it no more', () => {
  const history = historyOf([0, 'a', true]);
  history.startAgain(5, new Map([['b', true], ['c', false]]));
  expect(history.doubles).toEqual([]);
  history.startAgain(7, new Map([['c', true], ['b', false]]));
  expect(history.doubles).toEqual([]);
  history.startAgain(9, new Map([['c', true], ['b', true]]));
  expect(history.doubles).toEqual([{ pods: ['b', 'c'], from: 9 }]);
});
