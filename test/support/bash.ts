import { spawnSync } from 'child_process';
import {
  existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { BundleName } from '../../lib/mysql/constants/programs';
import { scriptBundle } from '../../lib/mysql/files/script-bundle';
import { programPath } from './program-path';

const STUBBED = ['curl', 'df', 'du', 'mysql', 'mysqladmin', 'mysql_tzinfo_to_sql', 'mysqld', 'mysqldump', 'mysqlrouter', 'mysqlsh', 'sync'];
const TIMEOUT = 60_000; // a machine that does much else is slow; a script hangs only for a fault
/** In memory, if possible: a disk that others write to makes a sandbox take longer than its test. Programs may not be run from there. */
const FOLDERS = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const FIELD = '\x1f';
const ENVIRONMENT = 4; // the last field of a record
const RECORD = '\x1e';
const STUB = join(__dirname, 'stub.sh');
/** What an answer does that takes time, or a process of its own: `timeout` bounds it and scripts kill it. */
const NEEDS_PROCESS = /\b(sleep|kill|exec|trap|until|while)\b|\$\$/;

/** What a stubbed command answers: the first answer of a sandbox that matches a call is given. */
export interface Answer {
  readonly command: string;
  /** Of `mysql`: `local`, `recipient` (the throw-away server), `login`, a member, or `<member>:3307`. Anywhere, if not given. */
  readonly on?: string;
  /** A part of arguments and input. Any call, if not given. */
  readonly to?: string;
  /** What it says; in turn, if it is more than one, and the last one from then on. */
  readonly says?: string | string[];
  readonly status?: number;
  /** Shell that the command runs before it ends. */
  readonly does?: string;
}

/** A call of a stubbed command. */
export interface Call {
  readonly command: string;
  readonly on: string;
  readonly arguments: string;
  /** Its standard input; of mysqld its init file, of a login its option file, of curl with the body behind. */
  readonly input: string;
}

/** What became of a script. */
export interface Run {
  readonly status: number | null;
  readonly output: string;
  /** The lines that it logged, without time, level and name; those of the level ERROR say so. */
  readonly log: string[];
  readonly calls: Call[];
}

/** The bash that there is. */
const BASH = findBash();
const PATH = programPath();

function findBash(): { program: string; version: string } {
  const { stdout } = spawnSync('bash', ['-c', 'echo "$BASH"; echo "${BASH_VERSINFO[0]}"'], { encoding: 'utf8' });
  const [program = 'bash', version = 'none'] = stdout?.trim().split('\n') ?? [];
  return { program, version };
}

/** Describes scripts, where there is what they need. */
export function describeScript(name: string, tests: () => void): void {
  if (process.platform === 'linux' && Number(BASH.version) >= 5) {
    describe(name, tests);
  } else {
    describe.skip(`${name} (needs Linux with bash 5: this is ${process.platform} with bash ${BASH.version})`, tests);
  }
}

/** A folder in which scripts run, with stubs for what they call. No test may show a password. */
export class Sandbox {
  public readonly folder = mkdtempSync(join(FOLDERS, 'cdk8s-stateful-bash-'));
  public readonly environment: Record<string, string>;

  private readonly _answers: Answer[] = [];
  private readonly _passwords = new Set<string>();

  public constructor(environment: Record<string, string> = {}, topology: BundleName = 'source-replica') {
    const at = (name: string) => join(this.folder, name);
    this.environment = {
      PATH: `${at('bin')}:${PATH}`, STUBS: at('stubs'),
      VOLUME: at('volume'), RUN: at('run'), SECRETS: at('secrets'), CONFIG: at('config'), SQL: at('scripts'), TLS: at('tls'),
      ZONES: at('zones'),
      PODINFO: at('podinfo'), MEMBERS: at('topology/members'), DECLARATION: at('topology/declaration'), USER_SECRETS: at('user-secrets'),
      SERVICE_ACCOUNT: at('service-account'), PAUSE: '0',
      POD_NAMESPACE: 'shop', MEMBERS_SERVICE: 'mysql-members', CLUSTER_DOMAIN: 'cluster.local', DEFAULT_SOURCE: 'mysql-source-0',
      SERVER_ID_BASE: '200', MAX_LAG: '30', SEMI_SYNCHRONOUS: 'OFF', KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443',
      ...environment,
    };
    for (const folder of ['stubs', 'volume', 'run', 'secrets', 'config', 'zones', 'podinfo', 'topology', 'user-secrets']) {
      mkdirSync(at(folder));
    }
    symlinkSync(programs(), at('bin'));
    symlinkSync(bundle(topology), at('scripts'));
    this.file('service-account/token', 'the-token-of-the-api');
    this.file('config/my.cnf', '[mysqld]\n');
    for (const account of ['root', 'admin', 'replication', 'clone', 'monitor']) {
      this.password(`secrets/${account}-password`, `${account} & 'its' "\\pass$word`);
    }
  }

  /** A file below the folder, whose folders need not exist. */
  public file(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  /** The Secret of the certificate, as a volume: some of its keys, all if none is named. */
  public certificate(...keys: string[]): void {
    mkdirSync(join(this.folder, 'tls'));
    (keys.length > 0 ? keys : ['tls.crt', 'tls.key', 'ca.crt']).filter((key) => key !== 'none').forEach((key) => this.file(`tls/${key}`, key));
  }

  /** A file that holds a password. */
  public password(path: string, text: string): void {
    this._passwords.add(text.trim());
    this.file(path, text);
  }

  /** Makes a file older. */
  public age(path: string, seconds: number): void {
    const time = Date.now() / 1000 - seconds;
    utimesSync(join(this.folder, path), time, time);
  }

  public read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  public exists(path: string): boolean {
    return existsSync(join(this.folder, path));
  }

  public list(path: string): string[] {
    return readdirSync(join(this.folder, path)).sort();
  }

  public modeOf(path: string): string {
    return (statSync(join(this.folder, path)).mode & 0o777).toString(8);
  }

  public remove(path: string): void {
    rmSync(join(this.folder, path), { recursive: true, force: true });
  }

  /** Takes a command away. */
  public without(command: string): void {
    this.remove('bin');
    mkdirSync(join(this.folder, 'bin'));
    STUBBED.filter((name) => name !== command).forEach((name) => symlinkSync(join(programs(), name), join(this.folder, 'bin', name)));
  }

  /** Answers of stubs, before those that there are already. */
  public answers(...answers: Answer[]): void {
    this._answers.unshift(...answers);
  }

  /** Sources scripts, separated by blanks, and then runs shell, in which the stubs that are called most are functions. */
  public run(scripts: string, shell: string): Run {
    const sources = scripts.split(' ').map((script) => `source "${join(this.folder, 'scripts', script)}"; `).join('');
    return this._bash(['-c', `source "${STUB}"; ${sources}${shell}`, 'test']);
  }

  /** Runs a script as the program that it is. */
  public runProgram(script: string, ...args: string[]): Run {
    return this._bash([join(this.folder, 'scripts', script), ...args]);
  }

  private _bash(args: string[]): Run {
    const stubs = join(this.folder, 'stubs');
    rmSync(stubs, { recursive: true, force: true });
    mkdirSync(join(stubs, 'calls'), { recursive: true });
    mkdirSync(join(stubs, 'answers'));
    for (const command of new Set(this._answers.map((answer) => answer.command))) {
      const own = this._answers.filter((answer) => answer.command === command);
      writeFileSync(join(stubs, 'answers', command), own.map((answer) => renderAnswer(answer) + RECORD).join(''));
    }
    const { status, stdout, stderr, error } = spawnSync(BASH.program, ['--norc', ...args], {
      env: this.environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: TIMEOUT,
    });
    if (error !== undefined) {
      throw error;
    }
    const records = this.list('stubs/calls').map((call) => this.read(`stubs/calls/${call}`).split(FIELD))
      .filter(({ length }) => length > ENVIRONMENT); // a call that was killed while it was written has done nothing
    const secrets = this._secrets();
    [...records.map(([command, , argv, , environment]) => `${command} ${argv}\n${environment}`), stderr].forEach((text) => (
      requireNone(secrets, text)));
    return {
      status,
      output: stdout,
      log: stderr.split('\n').slice(0, -1).map((line) => line.replace(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (INFO|WARNING|ERROR) [^ ]+: /,
        (_, level) => level === 'ERROR' ? 'ERROR: ' : '')),
      calls: records.map(([command, on, argv, input]) => ({ command, on, arguments: argv, input })),
    };
  }

  /** As they are, and as bash quotes them; without what the environment shows by itself. */
  private _secrets(): string[] {
    const environment = JSON.stringify(this.environment);
    return [...this._passwords, 'the-token-of-the-api'].filter((password) => password.length > 3 && !environment.includes(password))
      .flatMap((password) => [password, password.replace(/["\\$`]/g, '\\$&')]);
  }
}

function requireNone(secrets: string[], text: string): void {
  const shown = secrets.find((secret) => text.includes(secret));
  if (shown !== undefined) {
    throw new Error(`a password is shown: ${shown} in ${text}`);
  }
}

function renderAnswer({ on = '', to = '', says = [], status = 0, does = '' }: Answer): string {
  return [on, to, String(status), NEEDS_PROCESS.test(does) ? 'process' : 'shell', does, ...[says].flat()].join(FIELD);
}

const folders: string[] = []; // of this file of tests, on a disk from which programs may be run
const bundles = new Map<string, string>();

function folderOfFile(): string {
  folders.push(mkdtempSync(join(tmpdir(), 'cdk8s-stateful-bash-')));
  return folders.at(-1)!;
}

let stubs: string | undefined;

/** A folder with the stubs, which start without a search for bash. */
function programs(): string {
  if (stubs === undefined) {
    stubs = folderOfFile();
    const text = readFileSync(STUB, 'utf8').replace('/usr/bin/env bash', BASH.program);
    const [first, ...others] = STUBBED.map((command) => join(stubs!, command));
    writeFileSync(first, text, { mode: 0o755 });
    others.forEach((command) => linkSync(first, command));
  }
  return stubs;
}

/** A folder with the scripts of a topology, which a file of tests shares: to write them takes longer than to run them. */
function bundle(topology: BundleName): string {
  let folder = bundles.get(topology);
  if (folder === undefined) {
    folder = folderOfFile();
    for (const [name, text] of Object.entries(scriptBundle(topology))) { // as in the pod, where all may be run
      writeFileSync(join(folder, name), text, { mode: 0o755 });
    }
    bundles.set(topology, folder);
  }
  return folder;
}

const sandboxes: Sandbox[] = [];

/** A new sandbox, which is removed when the tests of the file have ended. */
export function sandbox(environment: Record<string, string> = {}, topology?: BundleName): Sandbox {
  const made = new Sandbox(environment, topology);
  sandboxes.push(made);
  return made;
}

afterAll(() => {
  spawnSync('rm', ['-rf', '--', ...sandboxes.map(({ folder }) => folder), ...folders]);
});
