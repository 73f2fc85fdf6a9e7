import { spawnSync } from 'child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { scriptBundle } from '../../../../lib/mysql/files/script-bundle';
import { programPath } from '../../../support/program-path';

/** What became of a program of the store. */
export interface StoreRun {
  readonly status: number | null;
  readonly output: string;
  /** Without time and name; those of the level ERROR say so. */
  readonly log: string[];
}

const folders: string[] = [];
let scripts: string | undefined;

/** A folder that stands for a bucket, and the pod of a program that works with it. */
export class StorePod {
  public readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-store-'));

  public constructor() {
    folders.push(this.folder);
    if (scripts === undefined) {
      scripts = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-store-'));
      folders.push(scripts);
      Object.entries(scriptBundle('backup-group')).forEach(([name, text]) => writeFileSync(join(scripts!, name), text));
      mkdirSync(join(scripts, 'bin'));
      cpSync(join(__dirname, 'rclone.sh'), join(scripts, 'bin', 'rclone'));
      spawnSync('chmod', ['755', join(scripts, 'bin', 'rclone')]);
    }
    this.file('key', 'the-key-of-the-store');
    mkdirSync(join(this.folder, 'store'));
    mkdirSync(join(this.folder, 'scratch'));
  }

  public file(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  /** An information file. */
  public info(path: string, fields: Record<string, string | number>): void {
    this.file(path, ['format 1', ...Object.entries(fields).map(([key, value]) => `${key} ${value}`), 'end', ''].join('\n'));
  }

  public base(id: string, fields: Record<string, string | number>): void {
    this.info(`store/bases/${id}.info`, { kind: 'base', id, timeline: 'initial', donor: 'mysql-1', role: 'secondary', bytes: 1048576, ...fields });
  }

  /** A log, with its information. */
  public log(number: number, fields: Record<string, string | number>, timeline = 'initial'): void {
    const name = `${String(number).padStart(12, '0')}-aaaaaaaa`;
    this.file(`store/logs/${timeline}/${name}.zst`, 'content');
    this.info(`store/logs/${timeline}/${name}.info`, { kind: 'log', name, timeline, chain: 1, start: '-', ...fields });
  }

  /** What rclone complains of when it is to do this. */
  public complaint(command: string, text: string, status = 1): void {
    this.file(`store.${command}`, `${text}\n`);
    this.file('store.status', String(status));
  }

  public list(path: string): string[] {
    const folder = join(this.folder, path);
    return existsSync(folder) ? readdirSync(folder).sort() : [];
  }

  public read(path: string): string {
    return existsSync(join(this.folder, path)) ? readFileSync(join(this.folder, path), 'utf8') : '';
  }

  public remove(path: string): void {
    rmSync(join(this.folder, path), { recursive: true });
  }

  public run(program: string, environment: Record<string, string> = {}): StoreRun {
    return this._run([join(scripts!, program)], environment);
  }

  /** Sources a program that does nothing by itself then, and runs shell. */
  public source(program: string, shell: string, environment: Record<string, string> = {}): StoreRun {
    return this._run(['-euc', `. "\${0%/*}/${program}"; ${shell}`, join(scripts!, 'test')], environment);
  }

  private _run(args: string[], environment: Record<string, string>): StoreRun {
    const at = (name: string) => join(this.folder, name);
    const { status, stdout, stderr, error } = spawnSync('sh', args, {
      env: {
        PATH: `${join(scripts!, 'bin')}:${programPath()}`, FAKE: at('store'), RUN: at('run'), SCRATCH: at('scratch'), ENCRYPTION_KEY: at('key'),
        STORE_CREDENTIALS: at('no-credentials'), STORE_CA: at('no-ca'), STORE_KIND: 's3', STORE_PATH: 'shop-backups/shop/mysql',
        STORE_ENDPOINT: 'https://s3.example.com', STORE_REGION: 'eu-central-1', CLUSTER: 'shop/mysql', ...environment,
      },
      encoding: 'utf8',
    });
    if (error !== undefined) {
      throw error;
    }
    if (`${stdout}${stderr}`.includes('the-key-of-the-store')) {
      throw new Error(`the key is shown: ${stdout}${stderr}`);
    }
    const log = stderr.split('\n').slice(0, -1).map((line) => line.replace(/^\S+Z (INFO|WARNING|ERROR) \S+: /,
      (_, level) => level === 'ERROR' ? 'ERROR: ' : ''));
    return { status, output: stdout, log };
  }
}

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
