import { Answer, Call, describeScript, Run } from '../../support/bash';
import { member } from './members';

const ACCOUNTS = 'secrets/accounts';
const SHOP = 'secrets/mysql-user-shop';
const POST = '--request POST';
const PATCH = '--request PATCH';
const DECLARED = [
  'secret mysql-user-shop shop-password', 'key type mysql', 'key host mysql.shop.svc.cluster.local',
  'key uri mysql://shop:<password>@mysql.shop.svc.cluster.local:3306/shop',
];

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** What the API server says of a Secret: the way that it writes for curl, on many lines. */
function secret(data: Record<string, string>): string {
  const keys = Object.entries(data).map(([key, text]) => [key, base64(text)]);
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ data: { password: 'old' }, type: 'x' }) };
  const managedFields = [{ fieldsV1: { 'f:data': { '.': {}, 'f:password': {}, 'f:shop-password': {} } } }];
  const object = { metadata: { annotations, managedFields }, data: Object.fromEntries(keys) as object, type: 'mysql' };
  return `${JSON.stringify(object, undefined, 2)}\n200`;
}

const all = { 'root-password': 'root-word' };
const takes: Answer[] = [{ command: 'curl', to: POST, says: '{}\n201' }, { command: 'curl', to: PATCH, says: '{}\n200' }];

/** The Job where the API server has these Secrets. */
function generate(has: Record<string, string>, declared = DECLARED, answers: Answer[] = takes): Run {
  const bash = member('mysql-accounts-x', { SECRET_NAME: 'accounts', SECRET_KEYS: 'root-password' });
  bash.file('topology/user-secrets', declared.map((line) => `${line}\n`).join(''));
  bash.answers(...answers, ...Object.entries({ [ACCOUNTS]: secret(all), ...has }).map(([path, says]): Answer => (
    { command: 'curl', to: `/namespaces/shop/${path} `, says })), { command: 'curl', to: '--request GET', says: '{}\n404' });
  return bash.runProgram('generate-accounts.sh');
}

interface Sent {
  readonly data: Record<string, string>;
  readonly type?: string;
  readonly metadata?: { readonly name: string };
}

/** What was written, with texts in place of base64. */
function written({ calls }: Run): Sent[] {
  return calls.filter((call: Call) => /--request (POST|PATCH)/.test(call.arguments)).map(({ input }) => {
    const { data, ...sent } = JSON.parse(input.split('\n').at(-1)!) as Sent;
    return { ...sent, data: Object.fromEntries(Object.entries(data).map(([key, text]) => [key, Buffer.from(text, 'base64').toString()])) };
  });
}

describeScript('the Secret of a user', () => {
  test('is made with a random password, and with what clients need', () => {
    const run = generate({});
    const [{ data, type, metadata }] = written(run);
    expect([metadata?.name, type]).toEqual(['mysql-user-shop', 'servicebinding.io/mysql']);
    expect(Object.keys(data)).toEqual(['password', 'type', 'host', 'uri']);
    expect(data.password).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(data.uri).toBe(`mysql://shop:${data.password}@mysql.shop.svc.cluster.local:3306/shop`);
    expect(run.log).toEqual([
      'the Secret mysql-user-shop has a random password: keep a copy of it', 'the Secret accounts has all keys: nothing to do',
    ]);
    const shown = [...run.calls.map((call) => call.arguments), ...run.log].join('\n');
    [data.password, base64(data.password)].forEach((word) => expect(shown).not.toContain(word));
  });

  test('has the password that earlier versions had in the Secret of the accounts, whatever is in it', () => {
    const password = 'a "b" \\ $c/é%&<password>';
    const run = generate({ [ACCOUNTS]: secret({ ...all, 'shop-password': `${password}\n` }) });
    const [{ data }] = written(run);
    expect(data.password).toBe(password);
    expect(data.uri).toBe(`mysql://shop:${encodeURIComponent(password)}@mysql.shop.svc.cluster.local:3306/shop`);
    expect(run.log[0]).toBe('the Secret mysql-user-shop has the password that accounts has under the key shop-password');
    expect(written(run)).toHaveLength(1); // the Secret of the accounts stays as it is
  });

  test('keeps its password, and its other keys follow that and the declaration', () => {
    const run = generate({
      [ACCOUNTS]: secret({ ...all, 'shop-password': 'another' }),
      [SHOP]: secret({ password: 'new', type: 'mysql', host: 'elsewhere', uri: 'mysql://shop:old@mysql.shop.svc.cluster.local:3306/shop', own: 'x' }),
    });
    expect(written(run)).toEqual([
      { data: { host: 'mysql.shop.svc.cluster.local', uri: 'mysql://shop:new@mysql.shop.svc.cluster.local:3306/shop' } },
    ]);
    expect(run.log[0]).toBe('the Secret mysql-user-shop follows what is declared and its password: host uri');
  });

  test('that is as declared stays as it is', () => {
    const data = written(generate({}))[0].data;
    const run = generate({ [SHOP]: secret(data) });
    expect(written(run)).toEqual([]);
    expect(run.log[0]).toBe('the Secret mysql-user-shop is as declared: nothing to do');
  });

  test('is one of several, each with a password of its own', () => {
    const run = generate({}, [...DECLARED, 'secret mysql-user-report report-password', 'key username report']);
    const [shop, report] = written(run);
    expect(report).toMatchObject({ metadata: { name: 'mysql-user-report' }, data: { username: 'report' } });
    expect(Object.keys(report.data)).toEqual(['password', 'username']);
    expect(report.data.password).not.toBe(shop.data.password);
  });

  test('is there before that of the accounts, for which all pods wait: a server knows the passwords of users when it starts', () => {
    const run = generate({ [ACCOUNTS]: '{}\n404' });
    expect(written(run).map(({ metadata }) => metadata?.name)).toEqual(['mysql-user-shop', 'accounts']);
  });

  test('that the API server refuses fails the Job, which says why', () => {
    const run = generate({}, DECLARED, [{ command: 'curl', to: POST, says: 'forbidden\n403' }]);
    expect(run).toMatchObject({ status: 1 });
    expect(run.log.at(-1)).toBe('ERROR: the API server answers 403 to the Secret mysql-user-shop: forbidden');
  });

  test('is asked for again while the API server does not answer', () => {
    const run = generate({}, DECLARED, [...takes, {
      command: 'curl', to: `/namespaces/shop/${SHOP} `, says: ['starting\n503', '{}\n404'],
    }]);
    expect(run.log.slice(0, -1)).toEqual([
      'the API server answers 503 for the Secret mysql-user-shop, try 1',
      'the Secret mysql-user-shop has a random password: keep a copy of it',
    ]);
  });
});
