import { Answer, describeScript, Run } from '../../../support/bash';
import { api, FIRST, knows, labels, looked, member, SECOND, shows, STILL, THIRD } from './members';

const SILENT: Answer = { command: 'curl', status: 28 };
const AWAY = (pod: string) => `the API server does not answer: the label of ${pod} stays unchanged for now`;

function labelled(answers: Answer[], shell: string, pod = FIRST): Run {
  const bash = member(pod);
  bash.answers(...answers);
  return bash.run('lib.sh api.sh labels.sh', `${STILL}own_epoch=3; write_remote_options monitor; ${shell}`);
}

describeScript('label_pod', () => {
  test('changes the label alone, with the token in no argument', () => {
    const { calls, log, status } = labelled([api()], `label_pod ${SECOND} secondary`);
    expect({ log, status }).toEqual({ log: [], status: 0 });
    expect(calls).toHaveLength(1);
    expect(calls[0].arguments).toMatch(/--max-time 10 .*--request PATCH --header Content-Type: application\/json-patch\+json /);
    expect(calls[0].arguments).toMatch(/ https:\/\/10\.0\.0\.1:443\/api\/v1\/namespaces\/shop\/pods\/mysql-1$/);
    expect(calls[0].input).toBe('header = "Authorization: Bearer the-token-of-the-api"\n\n'
      + '[{"op":"add","path":"/metadata/labels/mysql.role","value":"secondary"}]');
  });

  test('in place of another one asks the API server to look first, in the same request', () => {
    const { calls, log } = labelled([api()], `label_pod ${SECOND} none primary`);
    expect(JSON.parse(calls[0].input.split('\n').at(-1)!)).toEqual([
      { op: 'test', path: '/metadata/labels/mysql.role', value: 'primary' },
      { op: 'add', path: '/metadata/labels/mysql.role', value: 'none' },
    ]);
    expect(log).toEqual([`the pod ${SECOND} had the label mysql.role=primary, and has none now`]);
  });

  test.each<[string, number, string, string]>([
    ['a pod that does not exist needs none', 404, `${SECOND} secondary`, 'done'],
    ['a pod that does not exist has no other one', 404, `${SECOND} none primary`, 'done'],
    ['a pod whose label is another one keeps it', 422, `${SECOND} none primary`, 'done'],
  ])('%s', (_, code, arguments_, result) => {
    const { output, log } = labelled([api(code)], `label_pod ${arguments_} && echo done`);
    expect({ output: output.trim(), log }).toEqual({ output: result, log: [] });
  });

  test.each([401, 403, 429, 500, 503])('is an error, and the API server is left alone for 10 s, when that answers %i', (code) => {
    const shell = [
      `label_pod ${SECOND} secondary || echo failed`, 'SECONDS=109', `label_pod ${SECOND} secondary || echo left alone`,
      'SECONDS=110', `label_pod ${SECOND} secondary && echo done`,
    ].join('; ');
    const run = labelled([api([code, 200])], shell);
    expect(run.output).toBe('failed\nleft alone\ndone\n');
    expect(run.log).toEqual([`ERROR: the API server answers ${code} to the label of ${SECOND}: {"kind":"Answer"}`]);
    expect(labels(run)).toEqual([`${SECOND}=secondary`, `${SECOND}=secondary`]);
  });

  test.each([409, 422])('is not done, and may be at once, when the API server answers %i', (code) => {
    const run = labelled([api([code, 200])], `label_pod ${SECOND} secondary || echo failed; label_pod ${SECOND} secondary && echo done`);
    expect(run.output).toBe('failed\ndone\n');
    expect(run.log).toEqual([`ERROR: the API server answers ${code} to the label of ${SECOND}: {"kind":"Answer"}`]);
  });

  test('in place of another one is not done when somebody else changes the pod', () => {
    const run = labelled([api(409)], `label_pod ${SECOND} none primary || echo failed`);
    expect(run.output).toBe('failed\n');
  });

  test('has a status of its own, whatever ran before a signal: a trap hands over', () => {
    const shell = (before: string) => `trap 'label_pod ${SECOND} none || echo failed; exit' TERM; exec {never}<> <(:); `
      + `{ sleep 0.2; kill -TERM "$$"; } & ${before} read -rt 9 -u "$never"`;
    expect(labelled([api()], shell('false ||')).output).toBe('');
    expect(labelled([api(500)], shell('true &&')).output).toBe('failed\n');
    expect(labelled([api(409)], shell('true &&')).output).toBe('failed\n');
    expect(labelled([SILENT], shell('true &&')).output).toBe('failed\n');
  });

  test.each([6, 7, 28, 35])('waits in the same way for an API server that does not answer (curl says %i)', (status) => {
    const shell = `label_pod ${SECOND} none || echo failed; SECONDS=109; label_pod ${SECOND} none || echo left alone; SECONDS=110; label_pod ${SECOND} none`;
    const run = labelled([{ command: 'curl', status }], shell);
    expect(run.output).toBe('failed\nleft alone\n');
    expect(run.log).toEqual([AWAY(SECOND), AWAY(SECOND)]);
    expect(labels(run)).toHaveLength(2);
  });

  test('takes no answer for none that is empty', () => {
    const { output, log } = labelled([{ command: 'curl' }], `label_pod ${SECOND} none || echo failed`);
    expect(output).toBe('failed\n');
    expect(log).toEqual([`ERROR: the API server answers  to the label of ${SECOND}: `]);
  });
});

describeScript('show_role', () => {
  test('asks the API server for a change only, and again after 30 s', () => {
    const shell = [
      'show_role secondary', 'show_role secondary', 'SECONDS=129', 'show_role secondary', 'SECONDS=130', 'show_role secondary',
      'show_role secondary', 'show_role primary',
    ].join('; ');
    const run = labelled([api()], shell);
    expect(labels(run)).toEqual([`${FIRST}=secondary`, `${FIRST}=secondary`, `${FIRST}=primary`]);
    expect(run.log).toEqual(['the pod\'s label is mysql.role=secondary now', 'the pod\'s label is mysql.role=primary now']);
  });

  test('is no failure while the API server is away, and is made up for when it is back', () => {
    const away: Answer = { command: 'curl', does: '((turn == 0)) && exit 28; printf "{}\\n200"' };
    const shell = 'show_role primary; echo "[$shown]"; show_role primary; SECONDS=110; show_role primary; echo "[$shown]"';
    const run = labelled([away], shell);
    expect(run.output).toBe('[]\n[primary]\n');
    expect(run.log).toEqual([AWAY(FIRST), 'the pod\'s label is mysql.role=primary now']);
    expect(labels(run)).toHaveLength(2);
  });
});

describeScript('take_role', () => {
  const taken = (...pods: string[]) => pods.map((pod) => `${pod}:7=none`);

  test('looks at all other pods, and takes the label of a primary, as the pod was when it was looked at', () => {
    const run = labelled([shows(FIRST, 'primary'), shows(THIRD, 'secondary'), api()], 'take_role && echo done', SECOND);
    expect(looked(run)).toEqual([FIRST, THIRD]);
    const patch = run.calls.find((call) => call.arguments.includes('PATCH'))!;
    expect(JSON.parse(patch.input.split('\n').at(-1)!)).toEqual([
      { op: 'test', path: '/metadata/resourceVersion', value: '7' }, { op: 'add', path: '/metadata/labels/mysql.role', value: 'none' },
    ]);
    expect(patch.arguments).toContain('Content-Type: application/json-patch+json ');
    expect(run).toMatchObject({ output: 'done\n', log: [`the pod ${FIRST} had the label mysql.role=primary, and has none now`] });
  });

  test.each<[string, Answer[]]>([
    ['that does not exist', [api(404)]], ['that has no label', [shows(FIRST, ''), shows(THIRD, 'primarys')]],
  ])('has nothing to take from a pod %s', (_, answers) => {
    const run = labelled(answers, 'take_role && echo done', SECOND);
    expect({ output: run.output, labels: labels(run), log: run.log }).toEqual({ output: 'done\n', labels: [], log: [] });
  });

  test.each<[string, Answer[], string[]]>([
    ['a pod changed meanwhile', [{ ...api(422, FIRST), to: 'PATCH' }, shows(FIRST, 'primary')], []],
    ['another one changes a pod', [{ ...api(409, FIRST), to: 'PATCH' }, shows(FIRST, 'primary')], []],
    ['the API server does not answer', [SILENT], [AWAY(FIRST)]],
    ['the API server refuses', [api(403)], [`ERROR: the API server answers 403 to the label of ${FIRST}: {"kind":"Answer"}`]],
    ['a pod is shown without its version', [{ command: 'curl', says: '{"labels":{"mysql.role":"primary"}}\n200' }], []],
    ['a member has a later promotion', [shows(FIRST, 'primary'), knows(FIRST, 4)],
      [`${FIRST} has the label mysql.role=primary and a later promotion, 4, than this member, 3: the label stays there`]],
  ])('fails when %s, and tries again at once', (_, answers, log) => {
    const run = labelled([...answers, api(404)], 'take_role || echo failed; echo "$taken_at"', SECOND);
    expect(run).toMatchObject({ output: 'failed\n-30\n', log });
  });

  test.each<[string, Answer[]]>([
    ['an earlier promotion', [knows(FIRST, 2)]], ['the same promotion', [knows(FIRST, 3)]], ['no promotion', [knows(FIRST, 'NULL')]],
    ['no answer', []], ['an error', [knows(FIRST, 'ERROR 1')]], ['a part of an answer', [knows(FIRST, 4, { status: 1 })]],
  ])('takes the label from a member with %s', (_, answers) => {
    expect(labels(labelled([...answers, shows(FIRST, 'primary'), api(404, THIRD), api()], 'take_role', SECOND))).toEqual(taken(FIRST));
  });

  test('looks again after 30 s', () => {
    const run = labelled([api(404)], 'take_role; take_role; SECONDS=129; take_role; SECONDS=130; take_role');
    expect(looked(run)).toEqual([SECOND, THIRD, SECOND, THIRD]);
  });

  test('waits 10 s for an API server that is away', () => {
    const run = labelled([SILENT], 'take_role || echo 1; SECONDS=109; take_role || echo 2; SECONDS=110; take_role || echo 3');
    expect(run.output).toBe('1\n2\n3\n');
    expect(looked(run)).toEqual([SECOND, SECOND]);
  });
});

describeScript('recall_pods', () => {
  const GONE = `the pod ${THIRD} does not exist: this pod changes, so that Kubernetes tries again to make it`;
  const patches = ({ calls }: Run) => calls.filter((call) => call.arguments.includes('--request PATCH'))
    .map((call) => [/\/pods\/([^ ]*)$/.exec(call.arguments)![1], JSON.parse(call.input.split('\n').at(-1)!) as unknown]);
  const recall = (value: string | null) => [FIRST, { metadata: { annotations: { 'mysql.recall': value } } }];

  test('changes this pod, and changes it back, for a pod that does not exist', () => {
    const run = labelled([shows(SECOND, 'none'), api(404, THIRD), api()], `recall_pods ${SECOND} ${THIRD}; echo "$?"`);
    expect(looked(run)).toEqual([SECOND, THIRD]);
    expect(patches(run)).toEqual([recall(THIRD), recall(null)]);
    expect(run).toMatchObject({ output: '0\n', log: [GONE] });
  });

  test('changes nothing while all pods exist', () => {
    const run = labelled([shows(SECOND, 'none'), shows(THIRD, 'none')], `recall_pods ${SECOND} ${THIRD}`);
    expect({ patches: patches(run), log: run.log }).toEqual({ patches: [], log: [] });
  });

  test('looks again after 20 s', () => {
    const again = `recall_pods ${THIRD}; `;
    expect(looked(labelled([api(404, THIRD), api()], `${again}${again}SECONDS=119; ${again}SECONDS=120; ${again}`))).toEqual([THIRD, THIRD]);
  });

  test.each<[string, Answer, string]>([
    ['does not answer', SILENT, `the API server does not answer: the pod ${THIRD} stays unchanged for now`],
    ['refuses', api(403), `ERROR: the API server answers 403 to the pod ${THIRD}: {"kind":"Answer"}`],
  ])('changes nothing, and is no failure, when the API server %s', (_, answer, logged) => {
    const run = labelled([answer], `recall_pods ${THIRD}; echo "$?"`);
    expect(run).toMatchObject({ output: '0\n', log: [logged] });
    expect(patches(run)).toEqual([]);
  });
});
