import { spawnSync } from 'child_process';

const BYTES_MAX = 64 * 1024 * 1024;
/** What a shell says of a command that is not there. */
const NOT_FOUND = 127;

/** What became of a call. */
export interface Answer {
  readonly status: number;
  readonly stdout: string;
  /** The last line that kubectl wrote about itself. */
  readonly problem: string;
}

/** Calls kubectl, with the context and the rights of who runs the program. It changes nothing, and each call has a time limit. */
export class Kubectl {
  public constructor(private readonly _namespace: string, private readonly _options: string[]) {}

  /**
   * Runs a command in the namespace.
   *
   * @param args the command and its arguments
   * @param seconds after which the call is ended
   */
  public run(args: string[], seconds: number): Answer {
    const [verb, ...rest] = args;
    const { status, stdout, stderr, error } = spawnSync('kubectl', [verb, ...this._options, '--namespace', this._namespace, ...rest], {
      encoding: 'utf8', timeout: seconds * 1000, maxBuffer: BYTES_MAX, stdio: ['ignore', 'pipe', 'pipe'], env: process.env,
    });
    const code = error === undefined ? '' : String((error as { code?: unknown }).code);
    if (code === 'ENOENT') {
      return { status: NOT_FOUND, stdout: '', problem: 'kubectl is not on PATH' };
    }
    const said = (stderr ?? '').trim().split('\n').filter((line) => !/^Defaulted container|^command terminated/.test(line)).pop() ?? '';
    return { status: status ?? NOT_FOUND, stdout: stdout ?? '', problem: code === 'ETIMEDOUT' ? `no answer within ${seconds} s` : said };
  }
}
