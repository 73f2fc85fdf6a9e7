import { writeFileSync } from 'fs';
import { join } from 'path';
import { MySqlTls } from '../../../lib/mysql/mysql-tls';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { runBlock } from '../../e2e/support/block';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Authority } from './authority';
import { applyCluster, membersOf, SOURCE } from './start';

const NAMESPACE = 'e2e-mysql-certificates';
const REPLICA = 'mysql-replica-0';

describeInNamespace(NAMESPACE, () => {
  const cluster = new TestedCluster(NAMESPACE, membersOf(1));
  const authority = new Authority(cluster);
  let names: string[];

  afterAll(() => {
    authority.remove();
  });

  diagnosed('members use the certificates of a Secret among themselves', [NAMESPACE], async () => {
    names = (await applyCluster(NAMESPACE, 1, { tls: MySqlTls.fromSecretName('mysql-tls') })).certificateDnsNames;
    await authority.sign('1000', names);
    await authority.create();
    await cluster.ready();
    await cluster.startWriter();
    expect(await cluster.sql(REPLICA, `
      SELECT ssl_allowed, ssl_ca_file, ssl_verify_server_certificate FROM performance_schema.replication_connection_configuration`,
    )).toBe('YES\t/tls/ca.crt\tYES');
    expect(await authority.served()).toEqual(['serial=1000', 'serial=1000']);
  });

  diagnosed('clients can verify whom they speak to, under every name of a Service and a pod', [NAMESPACE], async () => {
    const domain = `${NAMESPACE}.svc.cluster.local`;
    const hosts = ['mysql', 'mysql-read', `mysql.${domain}`, `mysql-read.${NAMESPACE}`,
      ...cluster.members.flatMap((pod) => [`${pod}.mysql-members.${NAMESPACE}`, `${pod}.mysql-members.${domain}`])];
    const address = await kubectl('--namespace', NAMESPACE, 'get', 'pod', SOURCE, '--output', 'jsonpath={.status.podIP}');
    const trust = `printf '%s' '${authority.files()['ca.crt']}' >/tmp/ca.crt`;
    const login = 'mysql --defaults-extra-file=/tmp/password.cnf --ssl-mode=VERIFY_IDENTITY --ssl-ca=/tmp/ca.crt --connect-timeout=4';
    const printed = await cluster.asClient('verifier', 'writer', `${trust}
      for host in ${hosts.join(' ')} ${address}; do
        ${login} --host="$host" --batch --skip-column-names --execute "SELECT '$host'" 2>&1
      done`);
    const lines = printed.split('\n');
    expect(lines.slice(0, -1)).toEqual(hosts);
    expect(lines.at(-1)).toContain('ERROR 2026'); // no name of the certificate
  });

  diagnosed('a changed certificate is served without a restart', [NAMESPACE], async () => {
    const starts = await cluster.incarnations();
    await authority.sign('2000', names);
    await runBlock('mysql-change-certificate', NAMESPACE, authority.files());
    await until('the new certificate is served', 180, async () => (await authority.served()).join() === 'serial=2000,serial=2000');
    expect(await runBlock('mysql-show-certificates', NAMESPACE)).toMatch(/serial=2000\n[^]*serial=2000\n/);
    expect(await cluster.incarnations()).toEqual(starts);
    await cluster.writes();
  });

  diagnosed('a certificate without its key is refused and the old one stays, until the key is there', [NAMESPACE], async () => {
    await authority.sign('3000', names);
    await authority.replace('tls.crt');
    for (const pod of cluster.members) {
      await until(`${pod} refuses the certificate`, 180, async () => (await cluster.log(pod)).includes('the certificate changed and is unusable'));
    }
    expect(await authority.served()).toEqual(['serial=2000', 'serial=2000']);
    await cluster.writes();
    await authority.replace('tls.key');
    await until('the new certificate is served', 180, async () => (await authority.served()).join() === 'serial=3000,serial=3000');
  });

  diagnosed('what is no certificate is refused, and nothing that was acknowledged is lost', [NAMESPACE], async () => {
    writeFileSync(join(authority.folder, 'tls.crt'), 'broken');
    await authority.replace('tls.crt');
    for (const pod of cluster.members) {
      await until(`${pod} refuses it`, 180, async () => (
        (await cluster.log(pod)).split('the certificate changed and is unusable').length > 2));
    }
    expect(await authority.served()).toEqual(['serial=3000', 'serial=3000']);
    await cluster.writes();
    await cluster.requireNothingLost(SOURCE, await cluster.stopWriter());
  });
});
