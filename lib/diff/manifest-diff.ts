import { isDnsLabel } from '../core/validation';
import { compareInventories } from './compare';
import { ManifestDiffOptions } from './manifest-diff-options';
import { Inventory } from './manifests/inventory';
import { ManifestChange } from './manifests/manifest-change';
import { reject } from './manifests/rejection';

/** Finds what would go wrong when one folder of manifests is applied where another one is. */
export class ManifestDiff {
  /**
   * The changes that Kubernetes refuses, and those that delete or detach data. Reads every `.yaml`, `.yml` and `.json` file of the two
   * folders and their subfolders, but for the configuration of kustomize and Helm. Objects are the same by API group, kind, namespace and
   * name, whatever file they are in; those with `generateName` have no counterpart and are passed over.
   *
   * @param oldFolder what is applied now
   * @param newFolder what shall be applied
   * @param options what the folders do not say
   * @returns nothing when there is no such change; otherwise refused ones first, then those of data, then notes
   * @throws when a folder cannot be read, a file holds anything but Kubernetes objects, or an object comes twice in a folder
   */
  public static compare(oldFolder: string, newFolder: string, options: ManifestDiffOptions = {}): ManifestChange[] {
    const { namespace } = options;
    if (namespace !== undefined && !isDnsLabel(namespace)) {
      reject('namespace', 'be a DNS label of at most 63 characters', namespace, 'name the namespace of `kubectl -n`');
    }
    return compareInventories(
      Inventory.read('oldFolder', oldFolder, namespace), Inventory.read('newFolder', newFolder, namespace),
    );
  }

  private constructor() {}
}
