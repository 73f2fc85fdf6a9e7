import { Answer, describeScript, Run, Sandbox, sandbox } from '../../support/bash';

function call(shell: string, answer: Omit<Answer, 'command'> = { says: '{}\n200' }): Run & { bash: Sandbox } {
  const bash = sandbox({ POD_NAME: 'mysql-0' });
  bash.answers({ command: 'curl', ...answer });
  return { ...bash.run('lib.sh api.sh', `${shell}; echo "$api_status [$api_answer]"`), bash };
}

describeScript('api', () => {
  test.each<[string, string, string]>([
    ['a short answer', '{}\n200', '200 [{}]\n'],
    ['no text', '\n204', '204 []\n'],
    ['a text of several lines', '{\n  "kind": "Pod"\n}\n\n403', '403 [{\n  "kind": "Pod"\n}\n]\n'],
  ])('tells text and status apart: %s', (_, says, output) => {
    expect(call('api GET /version', { says }).output).toBe(output);
  });

  test.each<[string, string]>([
    ['api PATCH /a "{}"', 'application/merge-patch+json'],
    ['api PATCH /a "[]" application/json-patch+json', 'application/json-patch+json'],
    ['api POST /a "{}"', 'application/json'],
  ])('%s says what the body is', (shell, type) => {
    expect(call(shell).calls[0].arguments).toContain(`--header Content-Type: ${type} `);
  });

  test('sends the body from a file, which is gone afterwards, and the token in the input', () => {
    const { calls, bash } = call('api POST /a \'{"password": "quoted \\" & $x"}\'');
    expect(calls[0].input).toBe('header = "Authorization: Bearer the-token-of-the-api"\n\n{"password": "quoted \\" & $x"}');
    expect(calls[0].arguments).not.toContain('quoted');
    expect(bash.list('run')).toEqual([]);
  });

  test('sends no body when there is none', () => {
    expect(call('api GET /a').calls[0].arguments).not.toContain('--data-binary');
  });

  test.each([
    ['10.0.0.1', 'https://10.0.0.1:443/a'], ['fd00::1', 'https://[fd00::1]:443/a'], ['kubernetes.default', 'https://kubernetes.default:443/a'],
  ])('finds the API server at %s', (host, url) => {
    expect(call(`KUBERNETES_SERVICE_HOST=${host}; api GET /a`).calls[0].arguments.split(' ')).toContain(url);
  });

  test('trusts the authority of the cluster alone, and waits for 10 s at most', () => {
    const { calls, bash } = call('api GET /a');
    expect(calls[0].arguments).toContain(`--max-time 10 --cacert ${bash.folder}/service-account/ca.crt --request GET`);
    expect(calls[0].arguments).not.toMatch(/--insecure|-k /);
  });
});
