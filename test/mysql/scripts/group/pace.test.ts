import { describeScript } from '../../../support/bash';
import { member, STILL } from './members';

const ROW = (online: number, role = 'SECONDARY', majority = 1, state = 'ONLINE') => (
  `take_row $'${['state', state, role, majority, online, 'mysql-0.x', 1, 0, 'mysql-0', 1, 'ON', 0].join('\\t')}'; heed_group; between_looks 0.5; echo "$REPLY"; `);

/** How long to rest after each of these looks, which are so many seconds apart. */
function rests(looks: [string, number][]): string[] {
  const shell = looks.map(([row, seconds]) => `${row}SECONDS=$((SECONDS + ${seconds})); `).join('');
  return member('mysql-1').run('lib.sh member-row.sh', STILL + shell).output.trim().split('\n');
}

describeScript('guard and agent of a group', () => {
  test('look twice a second while nothing changes', () => {
    expect(rests([[ROW(3), 1], [ROW(3), 1], [ROW(3), 100]])).toEqual(['0.5', '0.5', '0.5']);
  });

  test.each([
    ['a member is no longer ONLINE', ROW(2)],
    ['another one is the primary', ROW(3, 'PRIMARY')],
    ['the quorum is lost', ROW(1, 'SECONDARY', 0)],
  ])('look more often for 15 s when %s', (_, row) => {
    expect(rests([[ROW(3), 1], [row, 14], [row, 1], [row, 1]])).toEqual(['0.5', '0.1', '0.1', '0.5']);
  });

  test('look no more often outside of a group, where each look asks all members', () => {
    expect(rests([[ROW(3), 1], [ROW(0, '-', 0, 'OFFLINE'), 1]])).toEqual(['0.5', '0.5']);
  });
});
