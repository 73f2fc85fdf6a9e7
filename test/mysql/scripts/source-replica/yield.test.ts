import { describeScript } from '../../../support/bash';
import { member, OTHER, SOURCE } from '../members';

const CLOCK = 'unset EPOCHSECONDS; EPOCHSECONDS=1000; ';
const WAS_SOURCE = `${CLOCK}incarnation=1.5 known_source=${SOURCE} known_epoch=0 own_epoch=0 label=source; observe_role; `;
const REPLACED = `known_source=${OTHER} known_epoch=1; `;

/** What is told of the server of the first member at these times, after that. */
function led(before: string, ...times: number[]): string {
  const looks = times.map((time) => `EPOCHSECONDS=${time}; observe_role; echo "$EPOCHSECONDS [$led]"; `).join('');
  return member(SOURCE).run('agent.sh', `${WAS_SOURCE}${before}${looks}`).output;
}

// I13 in docs/mysql-agent.md.
describeScript('a server that was the source', () => {
  test('may still be looked for here for 5 s after a switchover, which its own data tells', () => {
    expect(led(`label=replica own_epoch=1; ${REPLACED}`, 1001, 1005, 1006)).toBe('1001 [handed]\n1005 [handed]\n1006 []\n');
  });

  test('may still be looked for here for 70 s after a promotion of which only others know', () => {
    expect(led(`label=replica; ${REPLACED}`, 1002, 1069, 1070)).toBe('1002 [lost]\n1069 [lost]\n1070 []\n');
  });

  test('may still be looked for here for 70 s when it started again meanwhile, whatever its data tells by now', () => {
    expect(led(`label=replica own_epoch=1 incarnation=2.5; ${REPLACED}`, 1002, 1070)).toBe('1002 [lost]\n1070 []\n');
  });

  test('may still be looked for here while its pod has the label of the source', () => {
    expect(led(REPLACED, 1050) + led(`${REPLACED}EPOCHSECONDS=1050; observe_role; label=replica; `, 1119, 1120))
      .toBe('1050 [lost]\n1119 [lost]\n1120 []\n');
  });

  test('is looked for here as long as it is the source', () => {
    expect(led('', 5000)).toBe('5000 [lost]\n');
  });
});

describeScript('a server that never was the source', () => {
  test('is looked for by none of its clients', () => {
    const run = member(SOURCE).run('agent.sh', `known_source=${OTHER} known_epoch=1 own_epoch=1 label=replica; observe_role; echo "[$led]"`);
    expect(run.output).toBe('[]\n');
  });
});
