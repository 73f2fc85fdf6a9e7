import { Duration } from 'cdk8s';
import { wholeSeconds } from '../core/durations';
import { fail, Origin } from '../core/errors';
import { PORT_MAX } from '../core/limits';
import { requireInteger } from '../core/validation';
import { requireArrival } from '../core/yaml-text';

/** Options of a hook that sends a GET request. */
export interface PreStopHttpGetOptions {
  /**
   * The container's port to ask.
   *
   * @default - the first port of the container
   */
  readonly port?: number;
}

/** The facts about its container that a hook knows. */
interface PreStopContext {
  readonly origin: Origin;
  /** The name of the first port; undefined when there is none. */
  readonly portName?: string;
  /** How long the pod may take to stop, in seconds. */
  readonly gracePeriod: number;
}

/**
 * The hook that runs in a container before it is told to stop. Its time is part of the termination grace period.
 *
 * @see https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/
 */
export class PreStop {
  /** Nothing: the container is told to stop at once. */
  public static none(): PreStop {
    return new PreStop(() => undefined);
  }

  /** Runs a command inside the container. */
  public static exec(command: string[]): PreStop {
    const copy = [...command];
    return new PreStop(({ origin: { scope, property } }) => {
      if (copy.length === 0) {
        fail(scope, { property, rule: 'name a command', value: copy, fix: 'as in PreStop.exec(["nginx", "-s", "quit"])' });
      }
      requireArrival({ scope, property }, copy);
      return { exec: { command: copy } };
    });
  }

  /** Sends a GET request to the container. */
  public static httpGet(path: string, options: PreStopHttpGetOptions = {}): PreStop {
    return new PreStop(({ origin: { scope, property }, portName }) => {
      if (!path.startsWith('/')) {
        fail(scope, { property, rule: 'GET a path that begins with "/"', value: path, fix: 'as in PreStop.httpGet("/drain")' });
      }
      requireArrival({ scope, property }, path);
      if (options.port !== undefined) {
        requireInteger({ scope, property: `${property}.port` }, options.port, 1, PORT_MAX, 'leave it out for the first port');
      }
      if (options.port === undefined && portName === undefined) {
        fail(scope, {
          property, rule: 'name a port', value: undefined, fix: 'the container has none of TCP; name it here or in the container\'s ports',
        });
      }
      return { httpGet: { path, port: options.port ?? portName } };
    });
  }

  /**
   * Waits, so that no new request arrives when the container stops: clients and proxies learn of it in the meantime. Needs no program in
   * the image, but Kubernetes 1.30, which the API server before refuses.
   */
  public static sleep(duration: Duration): PreStop {
    return new PreStop(({ origin, gracePeriod }) => {
      const seconds = wholeSeconds(origin, duration, 1, 'leave it out to stop at once') ?? 1;
      if (seconds > gracePeriod) {
        fail(origin.scope, {
          property: origin.property, rule: `sleep at most as long as the termination grace period of ${gracePeriod} s`, value: seconds,
          fix: 'sleep shorter, or raise terminationGracePeriod',
        });
      }
      return { sleep: { seconds } };
    });
  }

  private constructor(private readonly _render: (context: PreStopContext) => Record<string, unknown> | undefined) {}

  /** @internal */
  public _toKube(context: PreStopContext): Record<string, unknown> | undefined {
    return this._render(context);
  }
}
