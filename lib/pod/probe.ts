import { Duration } from 'cdk8s';
import { merged } from '../core/merged';

/** When and how often a probe runs, and what counts as a failure. */
export interface ProbeOptions {
  /**
   * The container's port to probe.
   *
   * @default - the first port of the container
   */
  readonly port?: number;

  /**
   * How long to wait before the first probe, in whole seconds.
   *
   * @default Duration.seconds(0)
   */
  readonly initialDelay?: Duration;

  /**
   * How often to probe, in whole seconds.
   *
   * @default Duration.seconds(10)
   */
  readonly period?: Duration;

  /**
   * After which time without an answer a probe has failed, in whole seconds.
   *
   * @default Duration.seconds(1)
   */
  readonly timeout?: Duration;

  /**
   * After how many failures in a row the probe as a whole has failed.
   *
   * @default 3
   */
  readonly failureThreshold?: number;

  /**
   * After how many successes in a row the probe as a whole has succeeded again. Kubernetes accepts only 1 for liveness and startup.
   *
   * @default 1
   */
  readonly successThreshold?: number;
}

/** Options of a gRPC probe. */
export interface GrpcProbeOptions extends ProbeOptions {
  /**
   * The service name in the health check request.
   *
   * @default - the empty name, which asks for the server as a whole
   */
  readonly service?: string;
}

/** When a probe runs and what it counts, as the API says it. */
interface ProbeTiming {
  readonly initialDelaySeconds?: number;
  readonly periodSeconds?: number;
  readonly timeoutSeconds?: number;
  readonly failureThreshold?: number;
  readonly successThreshold?: number;
}

/** The path or service of the probe, if it asks for more than a port. */
interface ProbeSubject {
  readonly path?: string;
  readonly command?: string[];
  readonly service?: string;
}

type Action = (ports: ProbePorts) => Record<string, unknown>;

/** The port that a probe without one of its own means. */
interface ProbePorts {
  readonly name: string;
  readonly containerPort: number;
}

/**
 * How the kubelet finds out whether a container works.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
 */
export class Probe {
  /** Succeeds when a GET of the path answers with a status from 200 to 399. */
  public static httpGet(path: string, options: ProbeOptions = {}): Probe {
    return new Probe(({ name }) => ({ httpGet: { path, port: options.port ?? name } }), options, { path });
  }

  /** Succeeds when the port accepts a connection. */
  public static tcpSocket(options: ProbeOptions = {}): Probe {
    return new Probe(({ name }) => ({ tcpSocket: { port: options.port ?? name } }), options);
  }

  /** Succeeds when the command, run inside the container, exits with 0. */
  public static exec(command: string[], options: ProbeOptions = {}): Probe {
    const copy = [...command];
    return new Probe(() => ({ exec: { command: copy } }), options, { command: copy });
  }

  /** Succeeds when the gRPC health service on the port answers SERVING. */
  public static grpc(options: GrpcProbeOptions = {}): Probe {
    return new Probe(({ containerPort }) => ({ grpc: { port: options.port ?? containerPort, service: options.service } }), options,
      { service: options.service });
  }

  /** @internal */
  public readonly _options: ProbeOptions;

  /** @internal */
  public readonly _subject: ProbeSubject;

  /** @internal */
  public readonly _timing: ProbeTiming;

  private constructor(private readonly _action: Action, options: ProbeOptions, subject: ProbeSubject = {}) {
    this._options = options;
    this._subject = subject;
    this._timing = timing(options);
  }

  /**
   * @param defaultPort what a probe without a port of its own means
   * @internal
   */
  public _toKube(defaultPort: ProbePorts): Record<string, unknown> {
    return merged(this._action(defaultPort), this._timing);
  }
}

/** Converted once, since many containers share a default probe. With fractions, for a message of ours instead of an error of Duration's. */
function timing({ initialDelay, period, timeout, failureThreshold, successThreshold }: ProbeOptions): ProbeTiming {
  const all: ProbeTiming = {
    initialDelaySeconds: initialDelay?.toSeconds({ integral: false }),
    periodSeconds: period?.toSeconds({ integral: false }),
    timeoutSeconds: timeout?.toSeconds({ integral: false }),
    failureThreshold,
    successThreshold,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
