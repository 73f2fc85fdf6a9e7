/** What something took each time, in milliseconds. */
export type Samples = number[];

/** How long a run took, and how long processors worked on it: the work of others does not count. */
export interface Duration {
  readonly elapsed: number;
  readonly processor: number;
}

/** The durations of all runs of a task. */
export interface Timing {
  readonly elapsed: Samples;
  readonly processor: Samples;
}

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
export function medianRatio(task: Timing, other: Timing): number {
  return median(task.processor.map((sample, turn) => sample / other.processor[turn]));
}

/** Runs tasks in turns, forwards and backwards, so that whatever else the machine does meets all of them. They time themselves. */
export async function timeInTurns(tasks: Record<string, () => Duration>, turns: number): Promise<Record<string, Timing>> {
  const { Bench } = await import('tinybench');
  const timings: Record<string, Timing> = Object.fromEntries(Object.keys(tasks).map((name) => [name, { elapsed: [], processor: [] }]));
  for (let turn = 0; turn < turns; turn++) {
    const bench = new Bench({ iterations: 1, time: 0, warmup: false, retainSamples: true, throws: true });
    const order = Object.entries(tasks);
    for (const [name, task] of turn % 2 === 0 ? order : order.reverse()) {
      bench.add(name, () => {
        const { elapsed, processor } = task();
        timings[name].elapsed.push(elapsed);
        return { overriddenDuration: processor };
      }, { async: false });
    }
    for (const { name, result } of bench.runSync()) {
      if (result.state !== 'completed' || result.latency.samples === undefined) {
        throw new Error(`${name} did not run to its end`);
      }
      timings[name].processor.push(...result.latency.samples);
    }
  }
  return timings;
}
