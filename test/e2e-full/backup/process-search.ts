import { kubectl } from '../../e2e/support/kubectl';

const PROCESSES = 'cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr "\\0" "\\n"';
const PAUSE_MS = 100;

interface Status {
  readonly name: string;
  readonly state?: { readonly running?: object };
}

interface Pod {
  readonly metadata: { readonly name: string };
  readonly status: { readonly containerStatuses?: Status[]; readonly initContainerStatuses?: Status[] };
}

/** Searches arguments and environments of all processes of a namespace for secrets, again and again. */
export class ProcessSearch {
  /** The containers that were searched at least once. */
  public readonly searched = new Set<string>();
  /** Where a secret was found. */
  public readonly found: string[] = [];

  public constructor(private readonly _namespace: string, private readonly _secrets: string[], private readonly _skipped: string[]) {}

  /** Searches until the body has ended. */
  public async during<T>(body: Promise<T>): Promise<T> {
    let ended = false;
    const end = body.finally(() => {
      ended = true;
    });
    end.catch(() => {}); // it is awaited below
    while (!ended) {
      await this._search();
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    return await end;
  }

  private async _search(): Promise<void> {
    const { items } = JSON.parse(await kubectl('--namespace', this._namespace, 'get', 'pods', '--output', 'json')) as { items: Pod[] };
    const running = items.flatMap(({ metadata: { name }, status: { containerStatuses = [], initContainerStatuses = [] } }) => (
      [...initContainerStatuses, ...containerStatuses].filter(({ state }) => state?.running !== undefined)
        .map((container) => [name, container.name])));
    await Promise.all(running.filter(([pod]) => !this._skipped.includes(pod)).map(async ([pod, container]) => {
      const text = await kubectl('--namespace', this._namespace, 'exec', pod, '--container', container, '--', 'sh', '-c', PROCESSES)
        .catch(() => ''); // it has ended meanwhile
      if (text !== '') {
        this.searched.add(container);
        const shown = this._secrets.filter((secret) => text.includes(secret));
        this.found.push(...shown.map((secret) => `${pod}/${container}: ${secret.slice(0, 4)}...`));
      }
    }));
  }
}
