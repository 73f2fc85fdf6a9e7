import { compareInventories } from './compare';
import { Inventory } from './inventory';
import { ManifestChange } from './manifest-change';

/** Finds what would go wrong when one folder of manifests is applied where another one is. */
export class ManifestDiff {
  /**
   * The changes that Kubernetes refuses, and those that delete or detach data. Reads every `.yaml`, `.yml` and `.json` file of the two
   * folders and their subfolders. Objects are the same by API group, kind, namespace and name, whatever file they are in.
   *
   * @param oldFolder what is applied now
   * @param newFolder what shall be applied
   * @returns nothing when there is no such change; otherwise refused ones first, then those of data, then notes
   * @throws when a folder cannot be read, a file holds anything but Kubernetes objects, or an object comes twice in a folder
   */
  public static compare(oldFolder: string, newFolder: string): ManifestChange[] {
    return compareInventories(Inventory.read('oldFolder', oldFolder), Inventory.read('newFolder', newFolder));
  }

  private constructor() {}
}
