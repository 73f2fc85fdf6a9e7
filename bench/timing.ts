/** What something took each time, in milliseconds. */
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

/** How many times as long one task took as another, turn by turn: what slows the machine down slows both of a turn. */
export function medianRatio(samples: Samples, others: Samples): number {
  return median(samples.map((sample, turn) => sample / others[turn]));
}

/**
 * Runs tasks in turns, forwards and backwards, so that whatever else the machine does meets all of them.
 *
 * @param tasks by name; each says how long it took, since starting a process for it does not count
 */
export async function timeInTurns(tasks: Record<string, () => number>, turns: number): Promise<Record<string, Samples>> {
  const { Bench } = await import('tinybench');
  const samples: Record<string, Samples> = Object.fromEntries(Object.keys(tasks).map((name) => [name, []]));
  for (let turn = 0; turn < turns; turn++) {
    const bench = new Bench({ iterations: 1, time: 0, warmup: false, retainSamples: true, throws: true });
    const order = Object.entries(tasks);
    for (const [name, task] of turn % 2 === 0 ? order : order.reverse()) {
      bench.add(name, () => ({ overriddenDuration: task() }), { async: false });
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
