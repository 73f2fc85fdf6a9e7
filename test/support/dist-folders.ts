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
