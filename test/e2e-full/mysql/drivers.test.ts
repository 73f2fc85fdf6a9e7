import { execFile } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';
import { App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-27';
import { MySqlAccess } from '../../../lib/mysql/connect/mysql-access';
import { MySqlBinding } from '../../../lib/mysql/connect/mysql-binding';
import { MySqlCluster } from '../../../lib/mysql/mysql-cluster';
import { MySqlTls } from '../../../lib/mysql/mysql-tls';
import { MySqlTopology } from '../../../lib/mysql/topology/mysql-topology';
import { Probe } from '../../../lib/pod/probe';
import { StatefulWeb } from '../../../lib/web/stateful-web';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { declareCluster } from '../../e2e/mysql/declare';
import { runBlock } from '../../e2e/support/block';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { applyChart, describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Authority } from './authority';
import { BoundPod, environmentOf, Forward } from './drivers/bound';
import { Driver, DRIVERS, missingFor } from './drivers/drivers';
import { membersOf, SOURCE } from './start';

const NAMESPACE = 'e2e-mysql-drivers';
const DOMAIN = `${NAMESPACE}.svc.cluster.local`;
const run = promisify(execFile);
/** In a pod, as an application: a line for each answer. */
const CLIENT = `while true; do
  MYSQL_PWD=$MYSQL_PASSWORD mysql --host="$MYSQL_HOST" --port="$MYSQL_PORT" --user="$MYSQL_USER" --ssl-mode="$MYSQL_SSL_MODE" \\
    --ssl-ca="$MYSQL_SSL_CA" --connect-timeout=4 --batch --skip-column-names --execute "SELECT CONCAT('answer of ', DATABASE())" \\
    "$MYSQL_DATABASE" 2>&1
  sleep 2
done`;

/** What a program prints. */
interface Answer {
  readonly user: string;
  readonly database: string;
  readonly readOnly: boolean;
  readonly tls: string;
}

describeInNamespace(NAMESPACE, () => {
  const cluster = new TestedCluster(NAMESPACE, membersOf(2));
  const authority = new Authority(cluster);
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-drivers-'));

  afterAll(() => {
    authority.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  diagnosed('a pod connects with what the call gave, through both policies', [NAMESPACE], async () => {
    let names: string[] = [];
    await applyChart(NAMESPACE, (chart) => {
      names = declare(chart).certificateDnsNames;
    });
    await authority.sign('1000', names);
    await authority.create();
    await cluster.ready();
    await until('the client has an answer', 120, async () => (
      await kubectl('--namespace', NAMESPACE, 'logs', 'client-0')).includes('answer of shop'));
  });

  const usable = DRIVERS.filter((driver) => missingFor(driver).length === 0);
  const homeOf = ({ row }: Driver) => join(folder, row.replace('/', ''));

  for (const driver of DRIVERS.filter((one) => !usable.includes(one))) {
    test.skip(`${driver.name} connects (needs ${missingFor(driver).join(', ')} on the path)`, () => undefined);
  }

  for (const driver of usable) {
    const home = homeOf(driver);

    diagnosed(`${driver.name} is installed`, [], async () => {
      mkdirSync(home);
      await driver.install(home);
    });

    diagnosed(`${driver.name} connects with variables, and writes`, [NAMESPACE], async () => {
      expect(await answerOf(driver, home, MySqlAccess.READ_WRITE, MySqlBinding.variables())).toEqual(answer(false));
      expect(await cluster.sql(SOURCE, `SELECT COUNT(*) FROM shop.drivers WHERE name = '${driver.row}'`)).toBe('1');
    });

    diagnosed(`${driver.name} connects with a folder`, [NAMESPACE], async () => {
      expect(await answerOf(driver, home, MySqlAccess.READ_WRITE, MySqlBinding.folder())).toEqual(answer(false));
    });

    diagnosed(`${driver.name} reads from a replica`, [NAMESPACE], async () => {
      expect(await answerOf(driver, home, MySqlAccess.READ_ONLY, MySqlBinding.folder())).toEqual(answer(true));
    });
  }

  diagnosed('a changed password reaches all keys of the Secret, and the drivers', [NAMESPACE], async () => {
    const before = await secret();
    const app = new App();
    declare(new Chart(app, 'chart', { namespace: NAMESPACE }));
    await runBlock('mysql-change-user-password', NAMESPACE, { 'dist/chart.k8s.yaml': app.synthYaml() });
    const after = await secret();
    expect(after.password).not.toBe(before.password);
    expect(after.uri).toBe(before.uri.replace(before.password, after.password));
    await until('the server has the new password', 180, async () => await cluster.login(SOURCE, 'shop', after.password) === '1');
    for (const driver of usable) {
      expect(await answerOf(driver, homeOf(driver), MySqlAccess.READ_WRITE, MySqlBinding.folder())).toEqual(answer(false));
    }
    await until('the old password is discarded', 180, async () => (
      await runBlock('mysql-discard-passwords', NAMESPACE).then(() => true, () => false)));
    expect(await cluster.login(SOURCE, 'shop', before.password)).toContain('ERROR 1045');
  }, 600);

  function declare(chart: Chart): MySqlCluster {
    const mysql = declareCluster(chart, MySqlTopology.sourceReplica({ replicas: 2 }), { tls: MySqlTls.fromSecretName('mysql-tls') });
    const client = new StatefulWeb(chart, 'client', {
      image: mysql.image, command: ['bash', '-c', CLIENT], startup: Probe.exec(['true']), readiness: Probe.exec(['true']),
      liveness: Probe.exec(['true']),
    });
    mysql.connect(client, { user: 'shop', database: 'shop' });
    return mysql;
  }

  /** What a program answers that runs with what `connect` gives a workload, and with nothing else. */
  async function answerOf(driver: Driver, home: string, access: MySqlAccess, binding: MySqlBinding): Promise<Answer> {
    const chart = new Chart(new App(), 'chart', { namespace: NAMESPACE });
    const apart = new Chart(new App(), 'app', { namespace: NAMESPACE });
    const app = new Deployment(apart, 'app', { containers: [{ name: 'app', image: 'app:1' }] });
    const connection = declare(chart).connect(app, { user: 'shop', access, binding });
    const [deployment] = apart.toJson() as { spec: { template: { spec: BoundPod } } }[];
    const environment = await environmentOf(NAMESPACE, deployment.spec.template.spec, mkdtempSync(join(folder, 'pod-')));
    const service = access === MySqlAccess.READ_WRITE ? 'mysql' : 'mysql-read';
    expect(connection.endpoint.host).toBe(`${service}.${DOMAIN}`);
    writeFileSync(join(home, 'hosts'), `127.0.0.1 ${connection.endpoint.host}\n`);
    const [file, ...args] = driver.command(home);
    const forward = await Forward.to(NAMESPACE, service); // which ends when a client resets its connection
    try {
      const { stdout } = await run(file, args, {
        cwd: home, timeout: 60_000, env: { PATH: process.env.PATH, HOME: home, ...environment, FORWARDED: forward.address },
      });
      return JSON.parse(stdout) as Answer;
    } finally {
      forward.end();
    }
  }

  function answer(readOnly: boolean): unknown {
    return { user: 'shop@%', database: 'shop', readOnly, tls: expect.stringMatching(/^TLSv1\.[23]$/) as string };
  }

  async function secret(): Promise<Record<string, string>> {
    const text = await kubectl('--namespace', NAMESPACE, 'get', 'secret', 'mysql-user-shop', '--output', 'json');
    const { data, type } = JSON.parse(text) as { data: Record<string, string>; type: string };
    expect(type).toBe('servicebinding.io/mysql');
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
  }
});
