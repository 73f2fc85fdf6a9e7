import { Answer, describeScript, Run } from '../../support/bash';
import { member, SOURCE } from './members';

const GET = '--request GET';
const PATCH = '--request PATCH';
const POD = (role: string) => `{"metadata":{"labels":{"mysql.role":"${role}"}}}\n200`;
const DONE = [`the pod ${SOURCE} has the label mysql.role=source now`];

function label(answers: Answer[], shell = `set_pod_label ${SOURCE} source; echo "$relabelled"`): Run & { bodies: string[] } {
  const bash = member('mysql-promote-x7z');
  bash.answers(...answers);
  const run = bash.run('lib.sh api.sh', `relabelled=0; ${shell}`);
  return { ...run, bodies: bash.list('run').filter((name) => name.startsWith('body.')) };
}

/** Answers of the API server, one after the other: a status of HTTP, or of curl when it is negative. */
function inTurn(to: string, ...statuses: number[]): Answer {
  const says = statuses.map((status) => (status === 200 ? POD('replica') : `the reason\n${status}`));
  const fails = statuses.map((status, turn) => (
    status < 0 ? `((turn != ${turn})) || { echo "curl: (${-status}) away" >&2; exit ${-status}; }; ` : ''));
  return { command: 'curl', to, says, does: fails.join('') };
}

describeScript('set_pod_label', () => {
  test('asks first, and changes a label that is wrong', () => {
    const { output, log, calls } = label([inTurn(GET, 200), inTurn(PATCH, 200)]);
    expect({ output, log }).toEqual({ output: '1\n', log: DONE });
    expect(calls.map((call) => call.arguments.replace(/^.*--request /, ''))).toEqual([
      `GET --header Content-Type: application/json --write-out \\n%{http_code} https://10.0.0.1:443/api/v1/namespaces/shop/pods/${SOURCE}`,
      expect.stringMatching(/^PATCH --header Content-Type: application\/merge-patch\+json --data-binary @.*\/pods\/mysql-source-0$/),
    ]);
    expect(calls[1].input).toBe('header = "Authorization: Bearer the-token-of-the-api"\n\n{"metadata":{"labels":{"mysql.role":"source"}}}');
  });

  test('leaves one that is right, and bounds each question', () => {
    const { output, calls } = label([{ command: 'curl', to: GET, says: POD('source') }]);
    expect(output).toBe('0\n');
    expect(calls.map((call) => call.arguments)).toEqual([expect.stringContaining('--max-time 10 ')]);
  });

  test.each<[string, Answer[], string]>([
    ['is not there', [inTurn(GET, 404)], `the pod ${SOURCE} does not exist: no label to set`],
    ['goes meanwhile', [inTurn(GET, 200), inTurn(PATCH, 404)], `the pod ${SOURCE} is gone: no label to set`],
  ])('needs nothing of a pod that %s', (_, answers, line) => {
    expect(label(answers)).toMatchObject({ status: 0, output: '0\n', log: [line] });
  });

  test.each<[string, number]>([
    ['takes too long', -28], ['cannot be reached', -7], ['has a certificate of another authority', -60],
    ['has a conflict', 409], ['has too much to do', 429], ['has an error', 500], ['is not ready', 503],
  ])('asks again when the API server %s (%i)', (_, status) => {
    const [reads, changes] = [inTurn(GET, status, status, 200), inTurn(PATCH, status, status, 200)];
    for (const answers of [[reads, inTurn(PATCH, 200)], [inTurn(GET, 200), changes]]) {
      const { output, log, bodies } = label(answers);
      expect(output).toBe('1\n');
      const failed = status < 0 ? 'does not answer' : `answers ${status}`;
      expect(log.filter((line) => !line.startsWith('curl:'))).toEqual([
        expect.stringMatching(new RegExp(`^the API server ${failed} for the .*${SOURCE}, try 1$`)),
        expect.stringMatching(new RegExp(`^the API server ${failed} for the .*${SOURCE}, try 2$`)), ...DONE,
      ]);
      expect(bodies).toEqual([]);
    }
  });

  test.each([-28, 503])('gives up at last (%i), and says what to do', (status) => {
    const { output, log, calls, ...run } = label([inTurn(GET, status)].map((answer) => (
      { ...answer, does: status < 0 ? `exit ${-status}` : '' })), `set_pod_label ${SOURCE} source; echo went on`);
    expect({ output, status: run.status }).toEqual({ output: '', status: 1 });
    expect(calls).toHaveLength(5);
    expect(log.at(-1)).toBe(`ERROR: the pod ${SOURCE} cannot be read or changed, see above: run this again`);
  });

  test.each([400, 401, 403, 422])('stops at once when the API server refuses (%i)', (status) => {
    for (const [answers, what] of [
      [[inTurn(GET, status)], `the pod ${SOURCE}`], [[inTurn(GET, 200), inTurn(PATCH, status)], `the label of the pod ${SOURCE}`],
    ] as const) {
      const { log, bodies, ...run } = label([...answers]);
      expect({ status: run.status, bodies }).toEqual({ status: 1, bodies: [] });
      expect(log).toEqual([`ERROR: the API server answers ${status} for ${what}: the reason`]);
    }
  });
});

describeScript('api', () => {
  const API = 'api POST /x \'{"a":"b"}\' || echo "failed: [$api_status] [$api_answer]"';

  test('leaves nothing of an earlier answer, and no body, when it fails', () => {
    const shell = `api GET /x; echo "$api_status $api_answer"; ${API}`;
    const { output, bodies } = label([inTurn(GET, 403), { command: 'curl', to: '--request POST', status: 28 }], shell);
    expect(output).toBe('403 the reason\nfailed: [] []\n');
    expect(bodies).toEqual([]);
  });

  test('fails without a token, instead of asking as nobody', () => {
    const { output, log, calls } = label([], `rm "$SERVICE_ACCOUNT/token"; ${API}`);
    expect({ output, calls }).toEqual({ output: 'failed: [] []\n', calls: [] });
    expect(log).toEqual(['ERROR: the token of the service account is missing']);
  });

  test('keeps line breaks of the answer', () => {
    expect(label([{ command: 'curl', says: '{\n"a": 1\n}\n\n200' }], 'api GET /x; printf "%s|%s" "$api_status" "$api_answer"').output)
      .toBe('200|{\n"a": 1\n}\n');
  });
});
