import { readFileSync } from 'fs';
import { join } from 'path';
import { TestedCluster } from '../mysql/cluster';
import { kubectl } from '../support/kubectl';
import { until } from '../support/wait';
import { Operation, parseOperations } from './operation';

/** The pod of the clients. */
export const REGISTERS_POD = 'registers';
const LOGS = '/tmp/registers';

/** How many clients there are of each kind; see clients.sh. */
export interface ClientCounts {
  readonly writers: number;
  readonly readers: number;
  /** Through `<name>-read`. */
  readonly lagging: number;
  /** Which wait for an answer for a minute, so that they stay with a server that is frozen. */
  readonly patientReaders: number;
  readonly patientWriters: number;
}

/** Registers in a cluster, and clients in one pod, thus with one clock. */
export class Registers {
  private readonly _operations: Operation[] = [];
  private readonly _read = new Map<string, number>();
  private _ahead = 0; // of the pod's clock, in microseconds

  public constructor(private readonly _cluster: TestedCluster, private readonly _counts: ClientCounts) {}

  /** What clients have done, as far as it is fetched. */
  public get operations(): readonly Operation[] {
    return this._operations;
  }

  /** Now, in microseconds of the clients' clock. */
  public get now(): number {
    return Date.now() * 1000 + this._ahead;
  }

  /** A time in milliseconds of this machine, in microseconds of the clients' clock. */
  public clientTime(milliseconds: number): number {
    return milliseconds * 1000 + this._ahead;
  }

  /** Makes the registers on this member, and starts the clients. */
  public async start(primary: string): Promise<void> {
    const { writers, readers, lagging, patientReaders, patientWriters } = this._counts;
    const rows = [...Array(writers + patientWriters).keys()].map((index) => `(${index + 1}, 0)`).join();
    for (const statement of [
      'CREATE TABLE shop.registers (id INT PRIMARY KEY, value BIGINT NOT NULL)',
      'CREATE TABLE shop.written (register INT, value BIGINT, PRIMARY KEY (register, value))',
      'CREATE TRIGGER shop.written AFTER UPDATE ON shop.registers FOR EACH ROW INSERT INTO shop.written VALUES (NEW.id, NEW.value)',
      `INSERT INTO shop.registers VALUES ${rows}`,
    ]) {
      await this._cluster.sql(primary, statement);
    }
    const counts = `WRITERS=${writers} READERS=${readers} LAGGING=${lagging} PATIENT_READERS=${patientReaders} PATIENT_WRITERS=${patientWriters}`;
    await this._cluster.startClient(REGISTERS_POD, 'writer', `${counts}\n${readFileSync(join(__dirname, 'clients.sh'), 'utf8')}`);
    await kubectl('--namespace', this._cluster.namespace, 'wait', '--for', 'condition=Ready', `pod/${REGISTERS_POD}`, '--timeout', '90s');
    const asked = Date.now();
    const answered = Number(await this._run('echo ${EPOCHREALTIME/[.,]/}'));
    this._ahead = answered - (asked + Date.now()) / 2 * 1000;
    await this.served();
  }

  /** Waits until each writer has an acknowledgement of a write that it began from now on, and each reader has read. */
  public async served(seconds = 120): Promise<void> {
    const from = this.now;
    const { writers, readers, lagging } = this._counts;
    const wanted = [['writer', 'write', writers], ['reader', 'read', readers], ['lagging', 'read', lagging]] as const;
    const recent: Operation[] = [];
    await until('all clients are served', seconds, async () => {
      recent.push(...(await this.fetch()).filter(({ start, outcome }) => start > from && outcome === 'ok'));
      return wanted.every(([name, kind, count]) => {
        const served = recent.filter((operation) => operation.kind === kind && operation.client.startsWith(name));
        return new Set(served.map(({ client }) => client)).size === count;
      });
    });
  }

  /** Waits until a write was acknowledged that began from now on. */
  public async written(seconds: number): Promise<void> {
    const from = this.now;
    await until('a write is acknowledged', seconds, async () => (
      (await this.fetch()).some(({ kind, outcome, start }) => kind === 'write' && outcome === 'ok' && start > from)));
  }

  /** Gets what clients have logged since the last time; that, sorted by client. */
  public async fetch(): Promise<Operation[]> {
    const files = (await this._run(`cd ${LOGS} && ls`)).split('\n').filter((name) => name !== '');
    const known = files.map((file) => `${file}:${this._read.get(file) ?? 0}`).join(' ');
    // Whole lines only, each with the name of its client
    const log = await this._run(`cd ${LOGS} && for log in ${known}; do tail -c +$((\${log#*:} + 1)) "\${log%:*}" | sed "s/^/\${log%:*} /"; done`);
    const fresh: Operation[] = [];
    for (const line of log.split('\n').filter((text) => /^\S+ .*\S \S+ \S+$/.test(text))) {
      const [client] = line.split(' ', 1);
      const operation = line.slice(client.length + 1);
      fresh.push(...parseOperations(client, operation));
      this._read.set(client, (this._read.get(client) ?? 0) + operation.length + 1);
    }
    this._operations.push(...fresh);
    return fresh;
  }

  /** Ends the clients, when each has ended its last operation, and gets what they logged. */
  public async stop(): Promise<void> {
    await this._run('touch /tmp/stop');
    await until('the clients have ended', 90, async () => (await this._run('test ! -e /tmp/ended || echo ended')) === 'ended\n');
    await this.fetch();
    await kubectl('--namespace', this._cluster.namespace, 'delete', 'pod', REGISTERS_POD);
  }

  /** What a member has stored, as `register value`: each value that was ever written, and the registers as they are. */
  public async stored(member: string): Promise<{ written: Set<string>; registers: string[] }> {
    const rows = async (statement: string) => (await this._cluster.sql(member, statement)).split('\n').map((row) => row.replace('\t', ' '));
    return {
      written: new Set(await rows('SELECT register, value FROM shop.written')),
      registers: await rows('SELECT id, value FROM shop.registers ORDER BY id'),
    };
  }

  private async _run(script: string): Promise<string> {
    return await kubectl('--namespace', this._cluster.namespace, 'exec', REGISTERS_POD, '--', 'bash', '-euo', 'pipefail', '-c', script);
  }
}
