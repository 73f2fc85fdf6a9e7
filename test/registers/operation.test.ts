import { parseOperations } from '../e2e/registers/operation';

test('lines of a client are its operations', () => {
  expect(parseOperations('writer-2', [
    'c - - 1000 50 ok mysql-0 -', 'w 2 7 1100 5 ok mysql-0 -', 'r 1 - 1200 5000 unknown mysql-0 2013', 'c - - 6300 90 unknown - 2003', '',
  ].join('\n'))).toEqual([
    { client: 'writer-2', kind: 'connect', register: NaN, start: 1000, end: 1050, outcome: 'ok', server: 'mysql-0', error: '-' },
    { client: 'writer-2', kind: 'write', register: 2, value: 7, start: 1100, end: 1105, outcome: 'ok', server: 'mysql-0', error: '-' },
    { client: 'writer-2', kind: 'read', register: 1, start: 1200, end: 6200, outcome: 'unknown', server: 'mysql-0', error: '2013' },
    { client: 'writer-2', kind: 'connect', register: NaN, start: 6300, end: 6390, outcome: 'unknown', server: '-', error: '2003' },
  ]);
});

test.each(['r 1 7 1200', 'r 1 - 1200 5 ok mysql-0 -', 'r 1 seven 1200 5 ok mysql-0 -'])('another line is no operation: %s', (line) => {
  expect(() => parseOperations('reader-1', line)).toThrow(`the log of reader-1 has a line that is no operation: ${line}`);
});
