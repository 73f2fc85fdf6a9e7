import { distApps } from '../util';

/** The bases that are systems of their own, and have a name of their own. */
const NAMED_BASES: Record<string, string> = { 'web-storage': 'nfs-volumes' };

/** The folder with what the workloads of a folder need before them, and what outlives them. */
export function baseOf(folder: string): string {
  return NAMED_BASES[folder] ?? `${folder}-base`;
}

/** The folders of `dist` that hold workloads. */
export function workloadFolders(): string[] {
  return distApps().filter((folder) => distApps().includes(baseOf(folder)));
}

/** What stands behind the name of a folder of workloads in those that only some clusters need. */
const ADDITIONS = ['dashboards', 'metrics'];

/** The folders of `dist` that are about workloads, and can be left out. */
export function additionFolders(): string[] {
  return workloadFolders().flatMap((folder) => ADDITIONS.map((word) => `${folder}-${word}`)).filter((name) => distApps().includes(name));
}

/** The folder of workloads that an addition is about; any other folder itself. */
export function workloadOf(folder: string): string {
  return additionFolders().includes(folder) ? folder.slice(0, folder.lastIndexOf('-')) : folder;
}
