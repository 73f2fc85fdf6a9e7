import { readdirSync, readFileSync, statSync } from 'fs';
import { createRequire } from 'module';
import { basename, dirname, join } from 'path';
import { isFields, isManifest, Manifest, missingOf } from './manifest';
import { Reject } from './reject';

const MANIFEST = /\.(ya?ml|json)$/;
/** Configuration of kustomize, which says neither apiVersion nor kind when it need not. */
const KUSTOMIZATION = /^kustomization\.ya?ml$/;
/** What a Helm chart has beside its templates. */
const OF_A_CHART = /^(Chart\.yaml|values\.yaml|values\.schema\.json)$/;

/** The part of the package `yaml` that is used here. */
interface YamlParser {
  parseAllDocuments(text: string, options: { version: '1.1' }): YamlDocument[];
}

interface YamlError {
  readonly code: string;
  readonly message: string;
  readonly linePos?: { readonly line: number; readonly col: number }[];
}

interface YamlDocument {
  readonly errors: YamlError[];
  toJSON(): unknown;
}

/** Errors whose messages quote nothing of the file. */
const WORDED = [
  'BAD_INDENT', 'BLOCK_AS_IMPLICIT_KEY', 'BLOCK_IN_FLOW', 'DUPLICATE_KEY', 'KEY_OVER_1024_CHARS', 'MISSING_CHAR', 'MULTILINE_IMPLICIT_KEY',
  'MULTIPLE_ANCHORS', 'MULTIPLE_TAGS', 'TAB_AS_INDENT',
];

/** The files of a folder and its subfolders that can hold manifests, sorted. */
export function manifestFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort().map((name) => join(folder, name))
    .filter((file) => MANIFEST.test(file) && !isConfiguration(file) && statSync(file).isFile());
}

/**
 * The named objects of a file. An object with `generateName` is made with another name each time, so that it has no counterpart.
 *
 * @throws when the file is no YAML or holds anything but Kubernetes objects; the message shows nothing of its content
 */
export function manifestsOf(file: string, reject: Reject): Manifest[] {
  return parser().parseAllDocuments(readFileSync(file, 'utf8'), { version: '1.1' }).flatMap((document, index) => (
    itemsOf(contentOf(file, document, reject)).flatMap((value) => {
      if (isManifest(value)) {
        return value;
      }
      const missing = missingOf(value);
      return missing.length === 0 ? [] : reject(
        `${file}, document ${index + 1}`, 'be a Kubernetes object with apiVersion, kind and metadata.name',
        isFields(value) ? `one without ${missing.join(', ')}` : 'no object', 'keep other files out of the folder',
      );
    })
  ));
}

function isConfiguration(file: string): boolean {
  return KUSTOMIZATION.test(basename(file)) || OF_A_CHART.test(basename(file))
    && statSync(join(dirname(file), 'Chart.yaml'), { throwIfNoEntry: false }) !== undefined;
}

function contentOf(file: string, document: YamlDocument, reject: Reject): unknown {
  const [error] = document.errors;
  const fix = 'render it again, or keep it out of the folder';
  if (error !== undefined) {
    return reject(file, 'be YAML', wordsOf(error), fix);
  }
  try {
    return document.toJSON();
  } catch {
    return reject(file, 'be YAML whose aliases can be resolved', 'BAD_ALIAS', fix);
  }
}

/** What is wrong, without a piece of the file, which may be that of a Secret. */
function wordsOf({ code, message, linePos: [{ line, col }] = [{ line: 0, col: 0 }] }: YamlError): string {
  return WORDED.includes(code) ? message.split('\n')[0].replace(/:$/, '') : `${code} at line ${line}, column ${col}`;
}

/** Lists are what they hold. Empty documents are nothing, and kustomize's own configuration is no object. */
function itemsOf(value: unknown): unknown[] {
  if (value === null || value === undefined || isFields(value) && String(value.apiVersion).startsWith('kustomize.config.k8s.io/')) {
    return [];
  }
  return isFields(value) && value.kind === 'List' && Array.isArray(value.items) ? value.items : [value];
}

/** The parser that cdk8s brings along. Not its `Yaml.load`, which takes broken YAML for something else instead of refusing it. */
function parser(): YamlParser {
  return createRequire(require.resolve('cdk8s'))('yaml') as YamlParser;
}
