import { readdirSync, readFileSync, statSync } from 'fs';
import { join } from 'path';
import { ConfigMapContent, configMapContent } from '../core/config-map-content';
import { fail, Origin } from '../core/errors';
import { requireDnsLabel } from '../core/validation';
import { requireArrival } from '../core/yaml-text';
import { Substitution } from './substitution';

/** Options of configuration files. */
export interface ConfigFilesOptions {
  /**
   * The name that distinguishes the files from others of the same workload: a DNS label, the second part of the name of their ConfigMap.
   *
   * @default config
   */
  readonly name?: string;

  /**
   * Mount only this file, so that what the image has beside it stays visible.
   *
   * @default - the mount path is a folder with all of the files, and nothing else
   */
  readonly subPath?: string;

  /**
   * Whether a tool that applies manifests replaces variables in the files, as Flux does with `${NAME}`.
   *
   * @default - Substitution.DISABLED where a file holds `${` or `$$`, which Flux would change; no tool changes other files
   */
  readonly substitution?: Substitution;
}

const MAX_BYTES = 1024 * 1024; // https://kubernetes.io/docs/concepts/configuration/configmap/
const KEY = /^(?!\.\.|\.$)[-._a-zA-Z0-9]{1,253}$/;

/**
 * Configuration files that are kept in a ConfigMap. When their content changes the pods are replaced, because they carry its checksum.
 *
 * Text is stored with LF at the end of each line, whatever the editor wrote, so that all machines render the same; what is no text, or
 * one that YAML cannot write as it is, as binaryData. Not for secrets: what is in a ConfigMap can be read in Git.
 */
export class ConfigFiles {
  /**
   * The files of a folder of the machine that renders; not those of its subfolders, which must not exist.
   *
   * @param mountPath where the container sees the files, or the one of `subPath`
   */
  public static fromFolder(mountPath: string, folder: string, options: ConfigFilesOptions = {}): ConfigFiles {
    return new ConfigFiles(mountPath, (origin) => readFolder(origin, folder), options);
  }

  /**
   * Files by name.
   *
   * @param mountPath where the container sees the files, or the one of `subPath`
   */
  public static fromText(mountPath: string, files: { [name: string]: string }, options: ConfigFilesOptions = {}): ConfigFiles {
    const texts = { ...files };
    const read = (origin: Origin) => Object.entries(texts).map(([name, text]): [string, Buffer] => [name, encoded(origin, name, text)]);
    return new ConfigFiles(mountPath, read, options);
  }

  /** The name that distinguishes the files from others of the same workload. */
  public readonly name: string;

  /** The path at which the container sees the files. */
  public readonly mountPath: string;

  /** The one file that is mounted; undefined when all are. */
  public readonly subPath?: string;

  /** Whether a tool that applies manifests replaces variables in the files; undefined for what the files make of it. */
  public readonly substitution?: Substitution;

  private constructor(mountPath: string, private readonly _read: (origin: Origin) => [string, Buffer][], options: ConfigFilesOptions) {
    this.name = options.name ?? 'config';
    this.mountPath = mountPath;
    this.subPath = options.subPath;
    this.substitution = options.substitution;
  }

  /** @internal */
  public _load({ scope, property }: Origin): ConfigMapContent {
    requireDnsLabel({ scope, property: `${property}.name` }, this.name);
    const files = [...this._read({ scope, property })].sort(([a], [b]) => (a < b ? -1 : 1));
    requireFiles({ scope, property }, files);
    const names = files.map(([name]) => name);
    if (this.subPath !== undefined && !names.includes(this.subPath)) {
      fail(scope, {
        property: `${property}.subPath`, rule: 'be the name of a file', value: this.subPath, fix: `the files are ${names.join(', ')}`,
      });
    }
    const texts: Record<string, string> = {};
    const binaryData: Record<string, string> = {};
    for (const [name, content] of files) {
      const text = textOf(content);
      if (text === undefined) {
        binaryData[name] = content.toString('base64');
      } else {
        texts[name] = text.replaceAll('\r\n', '\n');
      }
    }
    const loaded = configMapContent(texts);
    return { data: loaded.data, binaryData: { ...binaryData, ...loaded.binaryData } };
  }
}

function encoded({ scope, property }: Origin, name: string, text: string): Buffer {
  const half = /\p{Surrogate}/u.exec(text);
  if (half !== null) {
    fail(scope, {
      property: `${property}.${name}`, rule: 'be a text of Unicode', value: `U+${half[0].charCodeAt(0).toString(16).toUpperCase()}`,
      fix: 'leave out half a character',
    });
  }
  return Buffer.from(text);
}

function readFolder({ scope, property }: Origin, folder: string): [string, Buffer][] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    fail(scope, { property, rule: 'be a folder that exists', value: folder, fix: 'write it as in join(__dirname, "conf.d")' });
  }
  return readdirSync(folder).map((name) => {
    if (!statSync(join(folder, name)).isFile()) {
      fail(scope, {
        property, rule: 'be a folder of files', value: join(folder, name), fix: 'name each subfolder in ConfigFiles of its own',
      });
    }
    return [name, readFileSync(join(folder, name))];
  });
}

function requireFiles({ scope, property }: Origin, files: [string, Buffer][]): void {
  for (const [name] of files) {
    if (!KEY.test(name)) {
      fail(scope, {
        property, rule: 'have file names that are keys of a ConfigMap', value: name,
        fix: 'use at most 253 letters, digits, "-", "_" and ".", not ".." first and not "." alone',
      });
    }
    requireArrival({ scope, property: `${property}: name of a file` }, name);
  }
  if (files.length === 0) {
    fail(scope, { property, rule: 'hold at least one file', value: [], fix: 'add a file, or leave it out' });
  }
  const bytes = files.reduce((sum, [, content]) => sum + content.length, 0);
  if (bytes > MAX_BYTES) {
    fail(scope, { property, rule: `hold at most ${MAX_BYTES} bytes`, value: bytes, fix: 'keep large files in the image or in a volume' });
  }
}

/** Undefined for what is no text: invalid UTF-8, or a NUL in it. */
function textOf(content: Buffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
