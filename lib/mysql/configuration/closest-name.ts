const LEAST_LENGTH_OF_A_PART = 5;

/** Returns the name that a misspelled or shortened one most likely means; undefined if none is close. */
export function closestName(written: string, names: string[]): string | undefined {
  const most = Math.max(1, Math.floor(written.length / 5));
  const close = names.map((name) => ({ name, distance: distance(written, name, most) })).filter((one) => one.distance <= most);
  if (close.length > 0) {
    return close.sort((one, other) => one.distance - other.distance)[0].name;
  }
  if (written.length < LEAST_LENGTH_OF_A_PART) {
    return undefined;
  }
  return names.filter((name) => name.includes(written)).sort((a, b) => a.length - b.length)[0];
}

/** How many letters must be added, left out, replaced or swapped, `Infinity` if more than `most`: Damerau and Levenshtein. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) {
    return Infinity;
  }
  let before: number[] = [];
  let last = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2] + 1 : Infinity;
      row.push(Math.min(last[j] + 1, row[j - 1] + 1, replaced, swapped));
    }
    if (Math.min(...row) > most) { // no later row has less, not even by a swap
      return Infinity;
    }
    before = last;
    last = row;
  }
  return last[b.length];
}
