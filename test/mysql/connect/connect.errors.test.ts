import { EnvValue, Pods } from 'cdk8s-plus-27';
import { MySqlBinding, MySqlCluster, MySqlConnectOptions, MySqlTls, PodVolume } from '../../../lib';
import { addWeb, testChart } from '../../util';
import { addDeployment, addShop } from './clients';

/** The message of what fails. */
function messageOf(connect: () => unknown): string {
  try {
    connect();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing failed');
}

const ENV = 'name variables that the container does not have';
const elsewhere = 'perhaps of another call of connect; say another';

describe('connect fails with', () => {
  test.each<[string, Partial<MySqlConnectOptions>, string]>([
    ['a user that is not declared', { user: 'till' },
      '\'user of connect\' must be a user of the cluster, got "till": declare it in users, which has shop, report, exporter'],
    ['a database that the user may not use', { user: 'report', database: 'archive' },
      '\'database of connect\' must be one in which report has privileges, got "archive": add it to the grants of report, which has shop'],
    ['a database for a user without grants', { user: 'exporter', database: 'shop' },
      '\'database of connect\' must be one in which exporter has privileges, got "shop": add it to the grants of exporter'],
    ['a database that is not declared', { database: 'elsewhere' },
      '\'database of connect\' must be a database of the cluster, got "elsewhere": declare it in databases, so that it exists'],
    ['a second database whose name is in no key', { database: 'cash$' },
      `'database of connect' must be the first one of the grants of shop, since "$" is in no key of a Secret, got "cash$": make it the first grant, or rename the database`],
    ['a container that does not exist', { container: 'web' },
      '\'container of connect\' must be a container of the pod, got "web": it has app'],
    ['a variable that no shell takes', { binding: MySqlBinding.variables({ prefix: '1' }) },
      `'binding of connect' must be the name of an environment variable, got "1HOST": use letters, digits, "-", "_" and ".", not a digit first`],
    ['two variables of one name', { binding: MySqlBinding.variables({ names: { host: 'DB', port: 'DB' } }) },
      `'binding of connect' must ${ENV}, got "DB": app has it already, ${elsewhere} prefix or root in the binding`],
    ['a text of another variable', { binding: MySqlBinding.variables({ templates: { URL: '$(MYSQL_HOST)/$(MYSQL_SSL_CA)' } }) },
      `'templates.URL of the binding of connect' must refer to variables of the binding only, got "$(MYSQL_SSL_CA)": these are MYSQL_HOST, MYSQL_PORT, MYSQL_USER, MYSQL_PASSWORD, MYSQL_DATABASE, MYSQL_URI, MYSQL_SSL_MODE`],
    ['a text of another text', { binding: MySqlBinding.variables({ templates: { URL: '$(HOST)', HOST: 'a' } }) },
      `'templates.URL of the binding of connect' must refer to variables of the binding only, got "$(HOST)": these are MYSQL_HOST, MYSQL_PORT, MYSQL_USER, MYSQL_PASSWORD, MYSQL_DATABASE, MYSQL_URI, MYSQL_SSL_MODE`],
    ['a value that there is not', { binding: MySqlBinding.variables({ names: { user: 'DB' } }) },
      `'names of the binding of connect' must be by host, port, username, password, database, uri, ssl-mode, ssl-ca, got "user": name what the variable holds, as in { host: 'WORDPRESS_DB_HOST' }`],
    ['a folder that is relative', { binding: MySqlBinding.folder({ root: 'bindings' }) },
      `'binding of connect' must be an absolute path without "..", ":", doubled or trailing slashes, got "bindings/mysql": write "/bindings/mysql"`],
    ['a folder whose name makes no volume', { binding: MySqlBinding.folder({ name: 'Shop' }) },
      '\'name of the binding of connect\' must be a DNS label of at most 50 characters (the name of its volume has more), got "Shop": '
      + 'use lower-case letters, digits and hyphens, with a letter or digit at both ends'],
    ['a copy of the Secret that is no name', { secretName: 'Copy' },
      `'secretName of connect' must be a DNS name of at most 253 characters, got "Copy": use lower-case letters, digits, hyphens and dots, with a letter or digit at both ends of each part`],
    ['an authority that there is not', { caSecretName: 'ca' },
      `'caSecretName of connect' must be left out where each server makes its own certificate, got "ca": no authority signs these; give the cluster a certificate with tls`],
  ])('%s', (_, options, message) => {
    const chart = testChart('data');
    expect(messageOf(() => addShop(chart).connect(addDeployment(chart), { user: 'shop', ...options }))).toBe(`[test/mysql] ${message}`);
  });

  test('a cluster without users', () => {
    const chart = testChart('data');
    expect(messageOf(() => addShop(chart, { users: [] }).connect(addDeployment(chart), { user: 'shop' })))
      .toBe('[test/mysql] \'user of connect\' must be a user of the cluster, got "shop": declare it in users');
  });

  test('pods that are no workload', () => {
    const chart = testChart('data');
    const message = messageOf(() => addShop(chart).connect(Pods.all(chart, 'all'), { user: 'shop' }));
    expect(message).toBe('[test/mysql] \'client of connect\' must be a '
      + 'StatefulWeb, or a workload of cdk8s-plus, got "test/all": for other pods call allowFrom, and mount the Secret of the user');
  });

  test('a workload without containers', () => {
    const chart = testChart('data');
    expect(messageOf(() => addShop(chart).connect(addDeployment(chart, { containers: [] }), { user: 'shop' })))
      .toBe('[test/mysql] \'container of connect\' must be a container of the pod, got nothing: the pod has none; add one before connect');
  });

  test.each<[string, (db: MySqlCluster, connect: (options: MySqlConnectOptions) => void) => void, string]>([
    ['the same variables', (_, connect) => connect({ user: 'report' }),
      `'binding of connect' must ${ENV}, got "MYSQL_HOST": %s has it already, ${elsewhere} prefix or root in the binding`],
    ['another root of folders', (_, connect) => connect({ user: 'report', binding: MySqlBinding.folder({ root: '/b', name: 'b' }) }),
      `'binding of connect' must ${ENV}, got "SERVICE_BINDING_ROOT": %s has it already, ${elsewhere} prefix or root in the binding`],
    ['the same folder', (_, connect) => connect({ user: 'report', binding: MySqlBinding.folder() }),
      `'binding of connect' must name a folder at which the container mounts nothing, got "/bindings/mysql": %s mounts something there already, ${elsewhere} name in the binding`],
  ])('%s twice, in a StatefulWeb and in a Deployment', (_, again, message) => {
    for (const [name, add] of [['web', addWeb], ['app', addDeployment]] as const) {
      const chart = testChart('data');
      const db = addShop(chart);
      const client = add(chart);
      db.connect(client, { user: 'shop' });
      db.connect(client, { user: 'shop', binding: MySqlBinding.folder() });
      expect(messageOf(() => again(db, (options) => db.connect(client, options)))).toBe(`[test/mysql] ${message.replace('%s', name)}`);
    }
  });

  test('a variable that the container has of its own', () => {
    const chart = testChart('data');
    const env = { MYSQL_PASSWORD: EnvValue.fromValue('') };
    for (const client of [addWeb(chart, { envVariables: env }), addDeployment(chart, {}, { envVariables: env })]) {
      const message = messageOf(() => addShop(testChart('data')).connect(client, { user: 'shop' }));
      expect(message).toMatch(/must name variables .* got "MYSQL_PASSWORD": /);
    }
  });

  test('a folder at which the container mounts something of its own', () => {
    const chart = testChart('data');
    const web = addWeb(chart, { mounts: [{ volume: PodVolume.emptyDir('own'), mountPath: '/etc/mysql-ca/mysql' }] });
    const db = addShop(chart, { tls: MySqlTls.fromSecretName('certificate') });
    expect(messageOf(() => db.connect(web, { user: 'shop' }))).toMatch(/must name a folder .* got "\/etc\/mysql-ca\/mysql": web mounts/);
  });

  test.each<[string, Partial<MySqlConnectOptions>, string]>([
    ['no copy of the Secret', {},
      `'secretName of connect' must be named where the client is in the namespace front, got nothing: copy the Secret of the user from data: docs/mysql-connect.md says how`],
    ['no copy of the authority', { secretName: 'copy' },
      `'caSecretName of connect' must be named where the client is in the namespace front, got nothing: copy the key ca.crt of certificate: docs/mysql-connect.md says how`],
  ])('%s in another namespace', (_, options, message) => {
    const db = addShop(testChart('data'), { tls: MySqlTls.fromSecretName('certificate') });
    expect(messageOf(() => db.connect(addWeb(testChart('front')), { user: 'shop', ...options }))).toBe(`[test/mysql] ${message}`);
  });

  test('a chart that names no namespace', () => {
    const message = messageOf(() => addShop(testChart('data')).connect(addWeb(testChart()), { user: 'shop' }));
    expect(message).toBe('[test/mysql] \'secretName of connect\' '
      + `must be named where the client is in the namespace that the chart does not name, got nothing: copy the Secret of the user from data: docs/mysql-connect.md says how`);
  });

  test('nothing changed', () => {
    const chart = testChart('data');
    const db = addShop(chart);
    const app = addDeployment(chart);
    expect(() => db.connect(app, { user: 'shop', binding: MySqlBinding.folder({ root: '/a/..' }) })).toThrow();
    expect(app.containers[0].env.variables).toEqual({});
    expect(app.containers[0].mounts).toEqual([]);
  });
});
