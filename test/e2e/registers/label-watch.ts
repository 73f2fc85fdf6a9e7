import { ChildProcess, spawn } from 'child_process';
import { createInterface } from 'readline';
import { kubectl } from '../support/kubectl';
import { DoubleLabel, LabelHistory } from './label-history';

const COLUMNS = '{.metadata.name}{" "}{.metadata.labels.mysql\\.role}{" "}{.status.conditions[?(@.type=="Ready")].status}{"\\n"}';
const EVENT_COLUMNS = `{.type}{" "}${COLUMNS.replaceAll('{.', '{.object.')}`;
const AGAIN_MS = 1000;

/** Watches which pods are labelled as the primary. A watch sees every change that the API server made, in their order. */
export class LabelWatch {
  private readonly _history = new LabelHistory();
  private _watch?: ChildProcess;
  private _stopped = false;

  public constructor(private readonly _namespace: string, private readonly _role: string, private readonly _readyOnly = false) {}

  /** The times until now in which more than one pod was labelled. */
  public get doubles(): DoubleLabel[] {
    return this._history.doubles;
  }

  /** Whether it has seen anything. */
  public get sees(): boolean {
    return this._history.events > 0;
  }

  public start(): void {
    const watch = spawn('kubectl', ['--namespace', this._namespace, 'get', 'pods', '--selector', 'mysql.role', '--watch',
      '--output-watch-events', '--output', `jsonpath=${EVENT_COLUMNS}`], { stdio: ['ignore', 'pipe', 'ignore'] });
    this._watch = watch;
    createInterface({ input: watch.stdout }).on('line', (line) => {
      const [type, pod, role, ready] = line.split(' ');
      this._history.see(Date.now(), pod, type !== 'DELETED' && this._counts(role, ready));
    });
    watch.on('error', () => undefined); // it is started again
    watch.on('close', () => { // a watch is ended by the API server now and then
      if (!this._stopped) {
        setTimeout(() => void this._startAgain(), AGAIN_MS);
      }
    });
  }

  /** Ends the watch; the times in which more than one pod was labelled. */
  public stop(): DoubleLabel[] {
    this._stopped = true;
    this._watch?.kill();
    return this.doubles;
  }

  private _counts(role: string, ready?: string): boolean {
    return role === this._role && (!this._readyOnly || ready === 'True');
  }

  private async _startAgain(): Promise<void> {
    const list = await kubectl('--namespace', this._namespace, 'get', 'pods', '--selector', 'mysql.role', '--output',
      `jsonpath={range .items[*]}${COLUMNS}{end}`).catch(() => undefined);
    if (this._stopped) {
      return;
    }
    if (list !== undefined) {
      const rows = list.split('\n').filter((line) => line !== '').map((line) => line.split(' '));
      this._history.startAgain(Date.now(), new Map(rows.map(([pod, role, ready]) => [pod, this._counts(role, ready)])));
    }
    this.start();
  }
}
