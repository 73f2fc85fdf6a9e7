import { describeScript, Run } from '../../../support/bash';
import { api, member, SECOND, STILL } from './members';

/** Notes these verdicts of the agent, one after the other, with 20 s between them. */
function noted(verdicts: string[], { uid = 'u-1', pause = 20, shell = '' } = {}): Run & { bodies: Record<string, unknown>[] } {
  const bash = member(SECOND);
  if (uid !== '') {
    bash.file('podinfo/uid', uid);
  }
  bash.answers(api(201));
  const notes = verdicts.map((text) => `last_verdict='${text}'; note_event '${text.split(' ')[1].replace(':', '')}'; wait; `
    + `SECONDS=$((SECONDS + ${pause})); `).join('');
  const run = bash.run('agent.sh', `${STILL}${shell}${notes}`);
  const bodies = run.calls.filter(({ command }) => command === 'curl').map(({ input }) => (
    JSON.parse(input.slice(input.indexOf('\n\n{') + 2)) as Record<string, unknown>));
  return { ...run, bodies };
}

const reasons = ({ bodies }: { bodies: Record<string, unknown>[] }) => (
  bodies.map(({ type, reason }) => `${String(type)} ${String(reason)}`));

describeScript('an Event', () => {
  test('is posted about the pod, with what the agent decided', () => {
    const { bodies, calls } = noted(['unready NO_QUORUM: in a group without quorum: "no" client']);
    expect(calls[0].arguments).toContain('--request POST');
    expect(calls[0].arguments).toMatch(/\/api\/v1\/namespaces\/shop\/events$/);
    expect(bodies).toEqual([{
      apiVersion: 'v1', kind: 'Event', metadata: { name: expect.stringMatching(/^mysql-1\.[0-9a-f]+$/) as string, namespace: 'shop' },
      type: 'Warning', reason: 'NoQuorum', message: 'NO_QUORUM: in a group without quorum: "no" client',
      involvedObject: { apiVersion: 'v1', kind: 'Pod', name: SECOND, namespace: 'shop', uid: 'u-1' },
      source: { component: 'cdk8s-stateful-agent' }, firstTimestamp: expect.stringMatching(/Z$/) as string,
      lastTimestamp: expect.stringMatching(/Z$/) as string, count: 1,
    }]);
  });

  test('tells role changes and refusals, and nothing between them', () => {
    expect(reasons(noted([
      'unready JOINING: joins', 'unready RECOVERING: fetches', 'ready SECONDARY: a secondary', 'ready SECONDARY: a secondary, later',
      'unready PRIMARY_ELECTED: elected', 'unready PRIMARY: opens', 'ready PRIMARY: the primary',
      'unready EXPELLED: out', 'unready ERRANT: own',
    ]))).toEqual(['Normal Secondary', 'Normal Primary', 'Warning Expelled', 'Warning Errant']);
  });

  test('is not posted more often than every 10 s, and then about the last state', () => {
    const [fine, late] = ['ready SECONDARY: fine', 'unready SECONDARY_LAGGING: late'];
    expect(reasons(noted([fine, late, fine, late], { pause: 4 }))).toEqual(['Normal Secondary', 'Warning SecondaryLagging']);
  });

  test.each([
    ['by a stand-in, which has no token', { shell: 'STAND_IN=1; ' }],
    ['while the API server is left alone', { shell: 'api_silent_until=999; ' }],
    ['without the id of the pod', { uid: '' }],
  ])('is not posted %s', (_, how) => {
    expect(noted(['ready PRIMARY: the primary'], how).calls).toEqual([]);
  });
});
