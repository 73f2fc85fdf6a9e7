import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { MySqlTls } from '../../../lib/mysql/mysql-tls';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { runBlock } from '../../e2e/support/block';
import { diagnosed } from '../../e2e/support/diagnosed';
import { command, kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { applyCluster, membersOf, SOURCE } from './start';

const NAMESPACE = 'e2e-mysql-certificates';
const REPLICA = 'mysql-replica-0';

describeInNamespace(NAMESPACE, () => {
  const cluster = new TestedCluster(NAMESPACE, membersOf(1));
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-certificates-'));
  let names: string[];

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  diagnosed('members use the certificates of a Secret among themselves', [NAMESPACE], async () => {
    names = (await applyCluster(NAMESPACE, 1, { tls: MySqlTls.fromSecretName('mysql-tls') })).certificateDnsNames;
    await sign('1000');
    await kubectl('--namespace', NAMESPACE, 'create', 'secret', 'generic', 'mysql-tls',
      ...['ca.crt', 'tls.crt', 'tls.key'].map((file) => `--from-file=${join(folder, file)}`));
    await cluster.ready();
    await cluster.startWriter();
    expect(await cluster.sql(REPLICA, `
      SELECT ssl_allowed, ssl_ca_file, ssl_verify_server_certificate FROM performance_schema.replication_connection_configuration`,
    )).toBe('YES\t/tls/ca.crt\tYES');
    expect(await served()).toEqual(['serial=1000', 'serial=1000']);
  });

  diagnosed('clients can verify whom they speak to, under every name of a Service and a pod', [NAMESPACE], async () => {
    const domain = `${NAMESPACE}.svc.cluster.local`;
    const hosts = ['mysql', 'mysql-read', `mysql.${domain}`, `mysql-read.${NAMESPACE}`,
      ...cluster.members.flatMap((pod) => [`${pod}.mysql-members.${NAMESPACE}`, `${pod}.mysql-members.${domain}`])];
    const address = await kubectl('--namespace', NAMESPACE, 'get', 'pod', SOURCE, '--output', 'jsonpath={.status.podIP}');
    const authority = `printf '%s' '${read('ca.crt')}' >/tmp/ca.crt`;
    const login = 'mysql --defaults-extra-file=/tmp/password.cnf --ssl-mode=VERIFY_IDENTITY --ssl-ca=/tmp/ca.crt --connect-timeout=4';
    const printed = await cluster.asClient('verifier', 'writer', `${authority}
      for host in ${hosts.join(' ')} ${address}; do
        ${login} --host="$host" --batch --skip-column-names --execute "SELECT '$host'" 2>&1
      done`);
    const lines = printed.split('\n');
    expect(lines.slice(0, -1)).toEqual(hosts);
    expect(lines.at(-1)).toContain('ERROR 2026'); // no name of the certificate
  });

  diagnosed('a changed certificate is served without a restart', [NAMESPACE], async () => {
    const starts = await incarnations();
    await sign('2000');
    const files = Object.fromEntries(['ca.crt', 'tls.crt', 'tls.key'].map((file) => [file, read(file)]));
    await runBlock('mysql-change-certificate', NAMESPACE, files);
    await until('the new certificate is served', 180, async () => (await served()).join() === 'serial=2000,serial=2000');
    expect(await runBlock('mysql-show-certificates', NAMESPACE)).toMatch(/serial=2000\n[^]*serial=2000\n/);
    expect(await incarnations()).toEqual(starts);
    await cluster.writes();
  });

  diagnosed('a certificate without its key is refused and the old one stays, until the key is there', [NAMESPACE], async () => {
    await sign('3000');
    await replace('tls.crt');
    for (const pod of cluster.members) {
      await until(`${pod} refuses the certificate`, 180, async () => (await cluster.log(pod)).includes('the certificate changed and cannot be used'));
    }
    expect(await served()).toEqual(['serial=2000', 'serial=2000']);
    await cluster.writes();
    await replace('tls.key');
    await until('the new certificate is served', 180, async () => (await served()).join() === 'serial=3000,serial=3000');
  });

  diagnosed('what is no certificate is refused, and nothing that was acknowledged is lost', [NAMESPACE], async () => {
    writeFileSync(join(folder, 'tls.crt'), 'broken');
    await replace('tls.crt');
    for (const pod of cluster.members) {
      await until(`${pod} refuses it`, 180, async () => (
        (await cluster.log(pod)).split('the certificate changed and cannot be used').length > 2));
    }
    expect(await served()).toEqual(['serial=3000', 'serial=3000']);
    await cluster.writes();
    await cluster.requireNothingLost(SOURCE, await cluster.stopWriter());
  });

  async function sign(serial: string): Promise<void> {
    await command('bash', [join(__dirname, 'certificate.sh'), `0x${serial}`, ...names], folder);
  }

  async function replace(...files: string[]): Promise<void> {
    const stringData = Object.fromEntries(files.map((file) => [file, read(file)]));
    await kubectl('--namespace', NAMESPACE, 'patch', 'secret', 'mysql-tls', '--patch', JSON.stringify({ stringData }));
  }

  /** The serial numbers of the certificates that the members show to whom connects now. */
  async function served(): Promise<string[]> {
    return await Promise.all(cluster.members.map(async (pod) => (
      await kubectl('--namespace', NAMESPACE, 'exec', pod, '--container', 'agent', '--', 'bash', '-c',
        'openssl s_client -starttls mysql -connect 127.0.0.1:3306 </dev/null 2>/dev/null | openssl x509 -noout -serial')).trim()));
  }

  async function incarnations(): Promise<string[]> {
    return await Promise.all(cluster.members.map(async (pod) => (
      await kubectl('--namespace', NAMESPACE, 'exec', pod, '--container', 'agent', '--', 'cat', '/run/mysqld/incarnation'))));
  }

  function read(file: string): string {
    return readFileSync(join(folder, file), 'utf8');
  }
});
