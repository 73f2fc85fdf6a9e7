import { Answer, describeScript, Run } from '../../support/bash';
import { member } from './members';

const GET = '--request GET';
const KEYS = 'root-password app-password';

function generate(...answers: Answer[]): Run {
  const bash = member('mysql-accounts-x', { SECRET_NAME: 'accounts', SECRET_KEYS: KEYS });
  bash.answers(...answers);
  return bash.runProgram('generate-accounts.sh');
}

/** What the last call sent. */
function sent({ calls }: Run): { data: Record<string, string>; kind?: string } {
  return JSON.parse(calls.at(-1)!.input.split('\n').at(-1)!) as { data: Record<string, string> };
}

describeScript('generate-accounts.sh', () => {
  test('makes the Secret, with passwords that are in no argument', () => {
    const run = generate({ command: 'curl', to: GET, says: '{}\n404' }, { command: 'curl', to: '--request POST', says: '{}\n201' });
    expect(run.log).toEqual([`the Secret accounts has random passwords under the keys ${KEYS}: keep a copy of it`]);
    const { data, kind } = sent(run);
    expect([kind, ...Object.keys(data)]).toEqual(['Secret', 'root-password', 'app-password']);
    const passwords = Object.values(data).map((value) => Buffer.from(value, 'base64').toString());
    passwords.forEach((password) => expect(password).toMatch(/^[A-Za-z0-9]{32}$/));
    expect(new Set(passwords).size).toBe(2);
    const shown = [...run.calls.map((call) => call.arguments), ...run.log].join('\n');
    [...passwords, ...Object.values(data)].forEach((secret) => expect(shown).not.toContain(secret));
  });

  test('adds only the keys that are missing', () => {
    const there = '{"data":{"root-password":"eA=="},"metadata":{"managedFields":[{"f:app-password":{}}]}}';
    const run = generate({ command: 'curl', to: GET, says: `${there}\n200` }, { command: 'curl', to: '--request PATCH', says: '{}\n200' });
    expect(Object.keys(sent(run).data)).toEqual(['app-password']);
    expect(run.calls.at(-1)!.arguments).toMatch(/merge-patch\+json .*\/namespaces\/shop\/secrets\/accounts$/);
  });

  test('changes nothing when all are there', () => {
    const run = generate({ command: 'curl', to: GET, says: '{"data":{"root-password": "eA==","app-password": "eA=="}}\n200' });
    expect(run.log).toEqual(['the Secret accounts has all keys: nothing to do']);
    expect(run.calls).toHaveLength(1);
  });

  test('asks again while the API server does not answer, for the pods wait longer for a Secret that is not there at once', () => {
    const starting = Array<string>(6).fill('starting\n503');
    const run = generate(
      { command: 'curl', to: GET, says: [...starting, '{}\n404'] }, { command: 'curl', to: '--request POST', says: '{}\n201' },
    );
    expect(run.log).toEqual([
      ...starting.map((_, index) => `the API server answers 503 for the Secret accounts, try ${index + 1}`),
      `the Secret accounts has random passwords under the keys ${KEYS}: keep a copy of it`,
    ]);
  });

  test('fails when nothing answers, try after try', () => {
    const run = generate({ command: 'curl', to: GET, status: 28 });
    expect(run.status).toBe(1);
    expect(run.log.slice(0, -1)).toEqual(Array.from({ length: 30 }, (_, index) => `the API server does not answer for the Secret accounts, try ${index + 1}`));
    expect(run.log.at(-1)).toMatch(/^ERROR: the Secret accounts cannot be read or changed/);
  });

  test('says what the API server refuses', () => {
    const run = generate({ command: 'curl', to: GET, says: 'forbidden\n403' });
    expect(run).toMatchObject({ status: 1, log: ['ERROR: the API server answers 403 for the Secret accounts: forbidden'] });
  });
});
