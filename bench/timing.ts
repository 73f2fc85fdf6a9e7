/** What a task took each time it ran, in milliseconds. */
export type Samples = number[];

/** What other work on the machine disturbed least. */
export function minimum(samples: Samples): number {
  return Math.min(...samples);
}

export function median(samples: Samples): number {
  const sorted = [...samples].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** How many times longer one task takes than another, compared turn by turn: a slow moment of the machine slows both. */
export function medianRatio(samples: Samples, others: Samples): number {
  return median(samples.map((sample, turn) => sample / others[turn]));
}

/**
 * Times tasks in turns, forwards and backwards, so that whatever else the machine does meets all of them. Garbage is collected before
 * each run, so that no task pays for the one before it.
 */
export async function timeInTurns(tasks: Record<string, () => unknown>, turns: number): Promise<Record<string, Samples>> {
  const { Bench } = await import('tinybench');
  const samples: Record<string, Samples> = Object.fromEntries(Object.keys(tasks).map((name) => [name, []]));
  for (let turn = 0; turn < turns; turn++) {
    const bench = new Bench({ iterations: 1, time: 0, warmup: false, retainSamples: true, throws: true });
    const order = Object.entries(tasks);
    for (const [name, task] of turn % 2 === 0 ? order : order.reverse()) {
      bench.add(name, task, { async: false, beforeEach: () => global.gc?.() });
    }
    for (const { name, result } of bench.runSync()) {
      if (result.state !== 'completed' || result.latency.samples === undefined) {
        throw new Error(`${name} did not run to its end`);
      }
      samples[name].push(...result.latency.samples);
    }
  }
  return samples;
}
