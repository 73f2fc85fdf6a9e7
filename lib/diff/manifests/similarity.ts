import { Manifest } from '../../manifests/manifest';
import { same } from './differences';
import { volumeSource } from './volume-source';

/** How alike two objects of a kind must be to be one that was renamed: the share of equal fields. */
const ALIKE = 0.6;

/** Pairs each object with the one that it most probably became; the most alike ones first. */
export function renamedPairs(removed: Manifest[], added: Manifest[]): Map<Manifest, Manifest> {
  const candidates = removed.flatMap((before) => added.map((after) => ({ before, after, score: similarity(before, after) })))
    .filter(({ score }) => score >= ALIKE).sort((a, b) => b.score - a.score);
  const pairs = new Map<Manifest, Manifest>();
  const taken = new Set<Manifest>();
  for (const { before, after } of candidates) {
    if (!pairs.has(before) && !taken.has(after)) {
      pairs.set(before, after);
      taken.add(after);
    }
  }
  return pairs;
}

/** Volumes on different places are different volumes, however alike they look. */
function similarity(before: Manifest, after: Manifest): number {
  if (before.kind === 'PersistentVolume' && !same(volumeSource(before), volumeSource(after))) {
    return 0;
  }
  const [a, b] = [leaves(before), leaves(after)];
  const equal = [...a].filter(([path, value]) => {
    const other = b.get(path);
    return other !== undefined && (other === value || isOwnName(before, value) && isOwnName(after, other));
  });
  return equal.length / new Set([...a.keys(), ...b.keys()]).size;
}

/** Labels and the like follow the name. */
function isOwnName({ metadata: { name, namespace } }: Manifest, value: string): boolean {
  return value === name || value === namespace;
}

/** All values by their paths. */
function leaves(manifest: Manifest): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'object' && value !== null) {
      Object.entries(value).forEach(([key, part]) => visit(part, `${path}.${key}`));
    } else {
      found.set(path, String(value));
    }
  };
  visit(manifest, '');
  return found;
}
