/** What a task took each time it ran, in milliseconds. */
export type Samples = number[];

/** How long a task took, and how long processors worked on it, other work of the machine not counted. */
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

/**
 * Times tasks in turns, forwards and backwards, so that whatever else the machine does meets all of them. Garbage is collected before
 * each run, so that no task pays for the one before it.
 */
export async function timeInTurns(tasks: Record<string, () => unknown>, turns: number): Promise<Record<string, Timing>> {
  const { Bench } = await import('tinybench');
  const timings: Record<string, Timing> = Object.fromEntries(Object.keys(tasks).map((name) => [name, { elapsed: [], processor: [] }]));
  for (let turn = 0; turn < turns; turn++) {
    const bench = new Bench({ iterations: 1, time: 0, warmup: false, retainSamples: true, throws: true, now: processorTime });
    const order = Object.entries(tasks);
    for (const [name, task] of turn % 2 === 0 ? order : order.reverse()) {
      let start = 0;
      bench.add(name, task, {
        async: false,
        beforeEach: () => {
          global.gc?.();
          start = performance.now();
        },
        afterEach: () => {
          timings[name].elapsed.push(performance.now() - start);
        },
      });
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

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
