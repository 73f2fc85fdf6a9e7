import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { programPath } from '../../../support/program-path';
import { BASE, information, SCRIPTS, UUID } from './restore-pod';

/** Stands for rclone: `store:` is the folder STORE_PATH, and `plain:` that of the pod. */
const RCLONE = `#!/bin/sh
echo "$*" >>"$STUBS/calls"
[ "$1" != obscure ] || exec cat
while [ "$1" != lsf ] && [ "$1" != copy ]; do shift; done
command=$1; shift
while [ $# -gt 0 ]; do
  case $1 in
  store:*) from=$STORE_PATH/\${1#store:} ;;
  plain:*) from=$STUBS/../\${1#plain:} ;;
  --include) pattern=$2; shift ;;
  --files-from) list=$2; shift ;;
  --transfers | --checkers | --max-depth | --retries | --contimeout | --timeout | --config) shift ;;
  --*) ;;
  *) to=$1 ;;
  esac
  shift
done
[ ! -e "$STUBS/broken" ] || { cat "$STUBS/broken" >&2; exit 1; }
[ -d "$from" ] || exit 3
if [ "$command" = lsf ]; then exec ls "$from"; fi
if [ -n "\${list-}" ]; then
  while read -r name; do [ ! -e "$from/$name" ] || set -- "$@" "$from/$name"; done <"$list"
  [ $# = 0 ] || cp "$@" "$to"
else
  find "$from" -name "$pattern" -exec cp -t "$to" {} +
fi
`;

/** Stands for restic: it restores the folder STUBS/snapshot. */
const RESTIC = `#!/bin/sh
echo "$*" >>"$STUBS/calls"
while [ $# -gt 0 ]; do
  [ "$1" != --target ] || { mkdir -p "$2"; [ ! -e "$STUBS/snapshot" ] || cp -r "$STUBS/snapshot/." "$2"; }
  shift
done
`;

export interface Ended {
  readonly status: number | null;
  /** Lines of the log, without time and program. */
  readonly log: string[];
}

/** What a base has, with changes. */
export const base = (fields: Record<string, string | number> = {}): Record<string, string | number> => ({
  format: 1, kind: 'base', id: BASE, cluster: 'shop/mysql', timeline: 'initial', origin: '-', executed: `${UUID}:1-10`,
  taken_at: '2026-11-29T10:00:05Z', donor: 'mysql-2', role: 'secondary', version: '9.7.4', bytes: 1000, seconds: 1, ...fields,
});

/** A pod with a store in a folder, and programs of the store. */
export class StorePod {
  public readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-store-'));

  public constructor() {
    for (const folder of ['bin', 'stubs', 'run', 'scratch/known/bases', 'scratch/known/state', 'store/logs']) {
      mkdirSync(join(this.folder, folder), { recursive: true });
    }
    for (const [name, text] of Object.entries({ rclone: RCLONE, restic: RESTIC })) {
      writeFileSync(join(this.folder, 'bin', name), text);
      chmodSync(join(this.folder, 'bin', name), 0o755);
    }
    symlinkSync(join(SCRIPTS, 'store'), join(this.folder, 'scripts'));
    this.file('key', 'the encryption key\n');
  }

  public file(path: string, text: string | Buffer): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
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

  public remove(path: string): void {
    rmSync(join(this.folder, path), { recursive: true });
  }

  public base(fields: Record<string, string | number> = {}): void {
    const all = base(fields);
    this.file(`scratch/known/bases/${all.id}.info`, information(all));
  }

  public state(fields: Record<string, string | number>): void {
    const timeline = fields.timeline ?? 'initial';
    this.file(`scratch/known/state/${timeline}`, information({
      format: 1, kind: 'state', timeline, chain: 1, state: 'ARCHIVING', missing: '-', ...fields,
    }));
  }

  /** A log of the store. Its name. */
  public log(sequence: number, fields: Record<string, string | number>): string {
    const content = `log ${sequence}`;
    const sha256 = createHash('sha256').update(content).digest('hex');
    const name = `${String(sequence).padStart(12, '0')}-${sha256.slice(0, 8)}`;
    const folder = `store/logs/${fields.timeline ?? 'initial'}`;
    this.file(`${folder}/${name}.zst`, content);
    this.file(`${folder}/${name}.info`, information({
      format: 1, kind: 'log', name, timeline: 'initial', chain: 1, bytes: content.length, sha256, version: '9.7.4', ...fields,
    }));
    return name;
  }

  public run(program: string, environment: Record<string, string> = {}): Ended {
    const at = (path: string) => join(this.folder, path);
    const { status, stderr } = spawnSync('sh', [at(`scripts/${program}`)], {
      encoding: 'utf8', cwd: this.folder,
      env: {
        PATH: `${at('bin')}:${programPath()}`, STUBS: at('stubs'), RUN: at('run'), SCRATCH: at('scratch'), STORE_KIND: 'folder',
        STORE_PATH: at('store'), ENCRYPTION_KEY: at('key'), GTID_SETS: at('scripts/gtid-sets.awk'), STORE_CA: at('none'),
        RESTORE_ID: 'r1', ...environment,
      },
    });
    return { status, log: stderr.split('\n').slice(0, -1)
      .map((line) => line.replaceAll(this.folder, '').replace(/^\S+Z (INFO|WARNING|ERROR) [\w-]+\.sh: /, (_,
        level) => level === 'INFO' ? '' : `${level}: `)) };
  }

  public calls(): string[] {
    return this.exists('stubs/calls') ? this.read('stubs/calls').replaceAll(this.folder, '').split('\n').slice(0, -1) : [];
  }
}

const pods: StorePod[] = [];

export function storePod(): StorePod {
  const made = new StorePod();
  pods.push(made);
  return made;
}

afterAll(() => pods.forEach(({ folder }) => rmSync(folder, { recursive: true, force: true })));
