import { TestedCluster } from '../mysql/cluster';
import { until } from '../support/wait';
import { checkReads, longestPause, lostWrites, StaleRead } from './checker';
import { DoubleLabel } from './label-history';
import { LabelWatch } from './label-watch';
import { Operation } from './operation';
import { ClientCounts, Registers } from './registers';

const SECOND = 1_000_000; // microseconds

const CLIENTS: ClientCounts = { writers: 3, readers: 3, lagging: 2, patientReaders: 0, patientWriters: 0 };

/** What is tried, and with how many clients. */
export interface TrialConfig {
  readonly cluster: TestedCluster;
  /** The label `mysql.role` of the pod that takes writes. */
  readonly role: string;
  /** Whether only pods that are ready count, where a pod has its label by its template. By default all do. */
  readonly readyOnly?: boolean;
  /** How old a value through `<name>-read` may be, in seconds: the topology's `maxLag`, and what the agents need to see it. */
  readonly lagBound: number;
  readonly clients?: Partial<ClientCounts>;
}

/** What clients and labels showed while something happened. */
export interface Observed {
  /** The longest time without an acknowledged write, in milliseconds. */
  readonly pause: number;
  /** What is wrong; empty when nothing is. */
  readonly wrong: string[];
}

/** Clients that read and write while things happen to a cluster, and what they may hold against it. */
export class Trial {
  public readonly registers: Registers;
  private readonly _labels: LabelWatch;
  private readonly _summary: string[] = [];
  private _started = 0; // microseconds of the clients' clock

  public constructor(private readonly _config: TrialConfig) {
    this.registers = new Registers(_config.cluster, { ...CLIENTS, ..._config.clients });
    this._labels = new LabelWatch(_config.cluster.namespace, _config.role, _config.readyOnly);
  }

  /** Starts the watch of labels, and the clients. */
  public async start(primary: string): Promise<void> {
    this._labels.start();
    await until('the watch of labels sees the pods', 30, () => Promise.resolve(this._labels.sees));
    await this.registers.start(primary);
    this._started = this.registers.now;
  }

  /** Something that happens; at its end all clients are served again. */
  public async during(what: string, body: () => Promise<void>, bound = 120): Promise<Observed> {
    const [from, begin] = [this.registers.now, Date.now()];
    await body();
    await this.registers.served(bound);
    const observed = this._observe(from, this.registers.now, begin);
    this._summary.push(`${what}: ${observed.line}`);
    console.log(this._summary[this._summary.length - 1]);
    return observed;
  }

  /** Ends clients and watch; what is wrong with the whole history, and with what is stored. */
  public async finish(primary: string): Promise<Observed> {
    await this.registers.stop();
    this._labels.stop();
    const { operations } = this.registers;
    const observed = this._observe(this._started, this.registers.now, 0);
    const { written, registers } = await this.registers.stored(primary);
    const lost = lostWrites([...operations], new Set([...written, ...registers]));
    const low = registers.filter((row) => !this._isLatest(row));
    const differing = await this._differing(primary);
    const ends = (outcome: string) => operations.filter((operation) => operation.outcome === outcome).length;
    console.log([
      ...this._summary,
      `in all: ${operations.length} operations (${ends('ok')} ok, ${ends('error')} errors, ${ends('unknown')} unknown), ${lost.length} lost; ${observed.line}`,
    ].join('\n'));
    return {
      pause: observed.pause,
      wrong: [
        ...observed.wrong,
        ...this._invented(),
        ...lost.length > 0 ? [`${lost.length} acknowledged writes are lost: ${lost.slice(0, 5).join(', ')}`] : [],
        ...low.map((row) => `register and value ${row}: less than what was acknowledged`),
        ...differing,
      ],
    };
  }

  /** Known at the end, when each write is logged. */
  private _invented(): string[] {
    const history = [...this.registers.operations];
    const { length } = checkReads(history, history).invented;
    return length === 0 ? [] : [`${length} reads of what was never written`];
  }

  private _isLatest(row: string): boolean {
    const [id, value] = row.split(' ').map(Number);
    return this.registers.operations.every(({ kind, outcome, register, value: written }) => (
      kind !== 'write' || outcome !== 'ok' || register !== id || written! <= value));
  }

  /** Members that do not have the rows of that one in the end. */
  private async _differing(primary: string): Promise<string[]> {
    const { cluster } = this._config;
    const sums = async (member: string) => await cluster.sql(member, 'CHECKSUM TABLE shop.registers, shop.written');
    const differing: string[] = [];
    for (const member of cluster.members) {
      const same = await until(`${member} has the rows of ${primary}`, 60, async () => await sums(member) === await sums(primary))
        .catch(() => false);
      differing.push(...same ? [] : [`${member} does not have the rows of ${primary}`]);
    }
    return differing;
  }

  private _observe(from: number, to: number, begin: number): Observed & { readonly line: string } {
    const history = this.registers.operations.filter(({ client }) => !client.startsWith('lagging'));
    const lagging = this.registers.operations.filter(({ client }) => client.startsWith('lagging'));
    const within = (operations: Operation[]) => operations.filter(({ end }) => end >= from);
    const found = checkReads(history, within(history));
    const bound = this._config.lagBound;
    const late = checkReads(history, within(lagging), bound * SECOND);
    const doubles = this._labels.doubles.filter((double) => (double.to ?? Infinity) >= begin);
    const pause = Math.round(longestPause(history, from, to) / 1000);
    const wrong = [
      ...describeStale('stale reads', found.stale, from),
      ...describeStale(`reads through -read of what is older than ${bound} s`, late.stale, from),
      ...doubles.map(describeDouble),
    ];
    const line = `writes pause ${seconds(pause * 1000)} (${slowest(history, from, to)}), ${found.reads} reads; through -read ${late.reads} reads, the oldest ${
      seconds(late.oldest)}; ${wrong.length === 0 ? 'nothing wrong' : wrong.join('; ')}`;
    return { pause, wrong, line };
  }
}

/** The longest time that one client waited for an acknowledgement. */
function slowest(history: Operation[], from: number, to: number): string {
  const writers = [...new Set(history.filter(({ kind }) => kind === 'write').map(({ client }) => client))];
  const pauses = writers.map((writer) => longestPause(history.filter(({ client }) => client === writer), from, to));
  return `of one client ${seconds(Math.max(0, ...pauses))}`;
}

function describeStale(what: string, stale: StaleRead[], from: number): string[] {
  if (stale.length === 0) {
    return [];
  }
  const starts = stale.map(({ read }) => read.start - from).sort((a, b) => a - b);
  const oldest = stale.reduce((most, { age }) => Math.max(most, age), 0);
  const servers = counted(stale.map(({ read }) => read.server));
  const clients = counted(stale.map(({ read }) => read.client.replace(/-\d+$/, '')));
  const time = `from ${seconds(starts[0])} to ${seconds(starts[starts.length - 1])} after the beginning`;
  return [`${stale.length} ${what}, up to ${seconds(oldest)} old, ${time}, by ${servers}, to ${clients}`];
}

/** How often each name is there. */
function counted(names: string[]): string {
  return [...new Set(names)].sort().map((name) => `${name} ${names.filter((other) => other === name).length}`).join(', ');
}

function describeDouble({ pods, from, to }: DoubleLabel): string {
  return `${pods.join(' and ')} were labelled at the same time, ${to === undefined ? 'and still are' : `for ${to - from} ms`}`;
}

function seconds(microseconds: number): string {
  return `${(microseconds / SECOND).toFixed(1)} s`;
}
