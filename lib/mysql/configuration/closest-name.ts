const LEAST_LENGTH_OF_A_PART = 5;

/** Of these names the one that was meant by another: a misspelling of it, or a part of it; undefined when none is close. */
export function closestName(written: string, names: string[]): string | undefined {
  const byDistance = names.map((name) => ({ name, distance: distance(written, name) })).sort((a, b) => a.distance - b.distance);
  const [first] = byDistance;
  if (first !== undefined && first.distance <= Math.max(1, Math.floor(written.length / 5))) {
    return first.name;
  }
  if (written.length < LEAST_LENGTH_OF_A_PART) {
    return undefined;
  }
  return names.filter((name) => name.includes(written)).sort((a, b) => a.length - b.length)[0];
}

/** How many letters must be added, left out, replaced or swapped with their neighbours: Damerau and Levenshtein. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2] + 1 : Infinity;
      row.push(Math.min(last[j] + 1, row[j - 1] + 1, replaced, swapped));
    }
    before = last;
    last = row;
  }
  return last[b.length];
}
