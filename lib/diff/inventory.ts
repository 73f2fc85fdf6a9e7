import { readdirSync, readFileSync, statSync } from 'fs';
import { createRequire } from 'module';
import { join } from 'path';
import { errorMessage } from '../private/errors';
import { identityOf, isFields, isManifest, Manifest, nameOf } from './manifest';

const MANIFEST = /\.(ya?ml|json)$/;

/** The part of the package `yaml` that is used here. */
interface YamlParser {
  parseAllDocuments(text: string, options: { version: '1.1' }): { errors: Error[]; toJSON(): unknown }[];
}

/** All objects of a folder, in the order of files. */
export class Inventory {
  /** @throws when the folder cannot be read, or holds anything but Kubernetes objects, each once */
  public static read(property: string, folder: string): Inventory {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      reject(property, 'be a folder', folder, 'name a folder of manifests, such as cdk8s synth writes');
    }
    const objects = new Map<string, Manifest>();
    const files = new Map<string, string>();
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((entry) => MANIFEST.test(entry)).sort()) {
      const file = join(folder, name);
      for (const manifest of statSync(file).isFile() ? manifestsOf(file) : []) {
        const identity = identityOf(manifest);
        const first = files.get(identity);
        if (first !== undefined) {
          reject(file, 'hold no object that the folder has already', nameOf(manifest), `remove it here or from ${first}`);
        }
        objects.set(identity, manifest);
        files.set(identity, file);
      }
    }
    return new Inventory(objects);
  }

  private constructor(private readonly _objects: Map<string, Manifest>) {}

  public get objects(): Manifest[] {
    return [...this._objects.values()];
  }

  /** The object of the same identity. */
  public counterpart(manifest: Manifest): Manifest | undefined {
    return this._objects.get(identityOf(manifest));
  }
}

function manifestsOf(file: string): Manifest[] {
  return parser().parseAllDocuments(readFileSync(file, 'utf8'), { version: '1.1' }).flatMap((document, index) => {
    if (document.errors.length > 0) {
      reject(file, 'be YAML', document.errors[0].message.split('\n')[0].replace(/:$/, ''), 'render it again, or keep it out of the folder');
    }
    return itemsOf(document.toJSON()).map((value) => isManifest(value) ? value : reject(
      `${file}, document ${index + 1}`, 'be a Kubernetes object with apiVersion, kind and metadata.name', value,
      'keep other files out of the folder',
    ));
  });
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

function reject(property: string, rule: string, value: unknown, cure: string): never {
  throw new Error(`[ManifestDiff.compare] ${errorMessage({ property, rule, value, cure })}`);
}
