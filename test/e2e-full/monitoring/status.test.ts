import { spawnSync } from 'child_process';
import { join } from 'path';
import { MySqlTopology } from '../../../lib/mysql/topology/mysql-topology';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { applyDeclared } from '../../e2e/mysql/declare';
import { TestedGroup } from '../../e2e/mysql/group';
import { statusBecomes, statusOf } from '../../e2e/mysql/shown-status';
import { Faults } from '../../e2e/registers/faults';
import { NodeHands } from '../../e2e/registers/node-hands';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { ROOT } from '../../support/paths';

const GROUP = 'e2e-status-group';
const SOURCES = 'e2e-status-source';

/** The program of bin/, as it is compiled. */
function program(...args: string[]) {
  return spawnSync('node', [join(ROOT, 'bin', 'cdk8s-stateful'), ...args], { encoding: 'utf8', env: process.env, timeout: 120_000 });
}

/** All values of all Secrets of a namespace, as they are and as Kubernetes writes them. */
async function secretsOf(namespace: string): Promise<string[]> {
  const values = await kubectl('--namespace', namespace, 'get', 'secrets', '--output',
    'go-template={{range .items}}{{range $key, $value := .data}}{{$value}}{{"\\n"}}{{end}}{{end}}');
  return values.trim().split('\n').filter((value) => value.length > 8).flatMap((value) => [value, Buffer.from(value, 'base64').toString()]);
}

describeInNamespace(GROUP, () => {
  const group = new TestedGroup(GROUP);
  const hands = new NodeHands(group);
  const faults = new Faults(group, hands);

  afterAll(async () => {
    await hands.remove();
  }, 150_000);

  diagnosed('a group is fine, and the program says the same through kubectl', [GROUP], async () => {
    await hands.start();
    await group.startUnderLoad();
    await statusBecomes(GROUP, 'mysql-0', /is fine: /, 60, 2000);
    const { status, stdout, stderr } = program('status', `${GROUP}/mysql`);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/is fine: writes go to mysql-\d since /);
  });

  diagnosed('a frozen secondary is one that does not answer', [GROUP], async () => {
    const [secondary, other] = await group.labelled('secondary');
    await faults.stop(secondary);
    const { exitCode } = await statusBecomes(GROUP, other, new RegExp(`is degraded: .*${secondary} does not answer`));
    expect(exitCode).toBe(1);
    await faults.wake(secondary);
    await group.whole(240);
    await statusBecomes(GROUP, other, /is fine: /);
  });

  diagnosed('an agent that is away is named, while its stand-in acts', [GROUP], async () => {
    const [secondary, other] = await group.labelled('secondary');
    await hands.signal(secondary, 'agent', 'STOP');
    await statusBecomes(GROUP, other, new RegExp(`is degraded: .*the agent of ${secondary} is away, its stand-in acts`), 60);
    await hands.signal(secondary, 'agent', 'CONT');
    await group.whole();
  });

  diagnosed('a member with transactions of its own is ERRANT, with the page, and so in an Event', [GROUP], async () => {
    const [secondary, other] = await group.labelled('secondary');
    await group.sql(secondary, 'STOP GROUP_REPLICATION; SET GLOBAL super_read_only = OFF; CREATE DATABASE stray');
    const { output } = await statusBecomes(GROUP, other, new RegExp(`is degraded: .*${secondary} is ERRANT: `), 120);
    console.log(output);
    expect(output).toMatch(new RegExp(`^${secondary} +none +OFFLINE .* own 1 `, 'm'));
    expect(output).toContain('next: docs/mysql-operations.md#a-member-has-errant-transactions');
    expect(await kubectl('--namespace', GROUP, 'describe', 'pod', secondary)).toMatch(/Warning +Errant /);
  });

  diagnosed('the diagnosis has all of it, and no secret of the namespace', [GROUP], async () => {
    const { status, stdout } = program('diagnose', `${GROUP}/mysql`);
    expect(status).toBe(0);
    expect(stdout).toContain('is degraded: ');
    for (const member of group.members) {
      expect(stdout).toMatch(new RegExp(`## ${member}: decisions of the agent\n\n\`+text\n.*agent\\.sh`));
    }
    expect(stdout).toMatch(/^variable\toffline_mode\tDYNAMIC/m);
    expect(stdout).toMatch(/Warning +Errant/);
    const secrets = await secretsOf(GROUP);
    expect(secrets.length).toBeGreaterThan(10);
    expect(secrets.filter((secret) => stdout.includes(secret))).toEqual([]);
  });

  diagnosed('with the other two frozen it is down, as that member says within 10 s', [GROUP], async () => {
    const errant = (await statusOf(GROUP, 'mysql-0')).output.match(/(mysql-\d) is ERRANT/)![1];
    const others = group.members.filter((member) => member !== errant);
    await Promise.all(others.map(async (member) => await faults.stop(member)));
    const { exitCode, milliseconds } = await statusBecomes(GROUP, errant, /is down: no member that answers takes writes; /);
    console.log(`two of three frozen: ${milliseconds} ms`);
    expect(exitCode).toBe(2);
    await Promise.all(others.map(async (member) => await faults.wake(member)));
    await until('the others work again', 120, async () => (await statusOf(GROUP, others[0])).exitCode === 1);
  });
});

describeInNamespace(SOURCES, () => {
  const members = ['mysql-source-0', 'mysql-replica-0', 'mysql-replica-1'];
  const [source, replica, other] = members;
  const cluster = new TestedCluster(SOURCES, members);
  const hands = new NodeHands(cluster);
  const faults = new Faults(cluster, hands);

  afterAll(async () => {
    await hands.remove();
  }, 150_000);

  diagnosed('a source and its replicas are fine', [SOURCES], async () => {
    await hands.start();
    await applyDeclared(SOURCES, MySqlTopology.sourceReplica({ replicas: 2 }));
    await cluster.ready();
    await cluster.startWriter();
    for (const member of members) {
      const { output, milliseconds } = await statusBecomes(SOURCES, member, new RegExp(
        `^${SOURCES}/mysql is fine: writes go to ${source}.*; 3 of 3 members serve$`), 60, 2000);
      console.log(`${output}\n${milliseconds} ms`);
    }
  });

  diagnosed('with the source and a replica frozen it is down, with the page about promotions', [SOURCES], async () => {
    await Promise.all([source, other].map(async (member) => await faults.stop(member)));
    const { output, exitCode, milliseconds } = await statusBecomes(SOURCES, replica,
      /is down: no member that answers takes writes; the source does not answer; /);
    console.log(`${output}\n${milliseconds} ms`);
    expect([exitCode, output]).toEqual([2, expect.stringContaining('next: docs/mysql-operations.md#promote-a-replica')]);
    await Promise.all([source, other].map(async (member) => await faults.wake(member)));
    await statusBecomes(SOURCES, replica, /is fine: /, 120);
  });

  diagnosed('a replica that does not replicate is named', [SOURCES], async () => {
    await cluster.sql(replica, 'STOP REPLICA IO_THREAD');
    await statusBecomes(SOURCES, other, new RegExp(`is degraded: .*${replica} is (REPLICATION_STOPPED|LAGGING): `), 60);
  });
});
