import { statSync } from 'fs';
import { manifestFiles, manifestsOf } from '../../manifests/files';
import { identityOf, inNamespace, Manifest, nameOf } from '../../manifests/manifest';
import { reject } from './rejection';

/** All named objects of a folder, in the order of files. */
export class Inventory {
  /**
   * @param namespace the namespace of the objects that name none
   * @throws when the folder cannot be read, or holds anything but Kubernetes objects, each once
   */
  public static read(property: string, folder: string, namespace?: string): Inventory {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      reject(property, 'be a folder', folder, 'name a folder of manifests, such as cdk8s synth writes');
    }
    const objects = new Map<string, Manifest>();
    const files = new Map<string, string>();
    for (const file of manifestFiles(folder)) {
      for (const manifest of manifestsOf(file, reject).map((object) => inNamespace(object, namespace))) {
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
