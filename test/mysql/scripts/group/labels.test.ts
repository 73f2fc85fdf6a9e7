import { Answer, describeScript, Run } from '../../../support/bash';
import { api, FIRST, labels, member, SECOND, STILL, THIRD } from './members';

const SILENT: Answer = { command: 'curl', status: 28 };
const AWAY = (pod: string) => `the API server does not answer: the label of ${pod} stays as it is, for now`;

function labelled(answers: Answer[], shell: string, pod = FIRST): Run {
  const bash = member(pod);
  bash.answers(...answers);
  return bash.run('lib.sh api.sh labels.sh', STILL + shell);
}

describeScript('label_pod', () => {
  test('patches the label alone, with the token in no argument', () => {
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

  test.each([401, 403, 409, 422, 429, 500, 503])('is an error, and the API server is left alone for 10 s, when that answers %i', (code) => {
    const shell = [
      `label_pod ${SECOND} secondary || echo failed`, 'SECONDS=109', `label_pod ${SECOND} secondary || echo left alone`,
      'SECONDS=110', `label_pod ${SECOND} secondary && echo done`,
    ].join('; ');
    const run = labelled([api([code, 200])], shell);
    expect(run.output).toBe('failed\nleft alone\ndone\n');
    expect(run.log).toEqual([`ERROR: the API server answers ${code} to the label of ${SECOND}: {"kind":"Answer"}`]);
    expect(labels(run)).toEqual([`${SECOND}=secondary`, `${SECOND}=secondary`]);
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
  test('takes the label of a primary from all other pods', () => {
    const run = labelled([api(422)], 'take_role; show_role primary', SECOND);
    expect(labels(run).slice(0, 2)).toEqual([`${FIRST}:primary=none`, `${THIRD}:primary=none`]);
    expect(run.log).toHaveLength(1); // that of show_role, which the API server refuses here
  });

  test('does so again after 30 s, while this one shows it', () => {
    const shell = 'shown=primary; take_role; take_role; SECONDS=129; take_role; SECONDS=130; take_role';
    expect(labels(labelled([api(404)], shell))).toEqual([`${SECOND}:primary=none`, `${THIRD}:primary=none`,
      `${SECOND}:primary=none`, `${THIRD}:primary=none`]);
  });

  test('is no failure without the API server, and is tried again', () => {
    const run = labelled([SILENT], 'take_role; echo on; SECONDS=110; take_role');
    expect(run.output).toBe('on\n');
    expect(labels(run)).toEqual([`${SECOND}:primary=none`, `${SECOND}:primary=none`]);
  });
});
