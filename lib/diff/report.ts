import { ManifestChange, ManifestChangeLevel } from './manifests/manifest-change';

const LONGEST_VALUE = 120;
const HEADINGS: Record<ManifestChangeLevel, string> = {
  [ManifestChangeLevel.REFUSED]: 'Kubernetes refuses',
  [ManifestChangeLevel.DATA]: 'deletes or detaches data',
  [ManifestChangeLevel.NOTE]: 'to note',
};

/** Plain text for a terminal or a comment. */
export function report(changes: ManifestChange[]): string {
  const counts = Object.entries(HEADINGS)
    .map(([level, heading]) => `${heading}: ${changes.filter((change) => change.level as string === level).length}`);
  return [...changes.map(paragraph), `${counts.join(', ')}\n`].join('\n');
}

function paragraph(change: ManifestChange): string {
  const what = change.field === undefined ? 'removed' : `${change.field} ${value(change.oldValue)} -> ${value(change.newValue)}`;
  return `${change.level.toUpperCase()} ${change.object}: ${what}\n  why: ${change.reason}\n  do:  ${change.remedy}\n`;
}

function value(json: string | undefined): string {
  if (json === undefined) {
    return '(not set)';
  }
  return json.length > LONGEST_VALUE ? `${json.slice(0, LONGEST_VALUE)}...` : json;
}
