import { IConstruct } from 'constructs';
import { fail } from '../../core/errors';
import { INT32_MAX, PORT_MAX } from '../../core/limits';
import { requireInteger } from '../../core/validation';
import { requireArrival } from '../../core/yaml-text';
import { Probe, ProbeOptions } from '../probe';

/** A port of a container. */
interface NamedPort {
  readonly name: string;
  readonly containerPort: number;
}

export interface Probes {
  readonly startup?: Probe;
  readonly readiness?: Probe;
  readonly liveness?: Probe;
}

/**
 * The container's probes. A probe without a port of its own means the container's first one.
 *
 * @param owner what stands before the names of the properties, e.g. `sidecars[0].`
 */
export function renderProbes(scope: IConstruct, probes: Probes, firstPort?: NamedPort, owner = ''): Record<string, unknown> {
  const render = (name: keyof Probes) => {
    const probe = probes[name];
    if (probe === undefined) {
      return undefined;
    }
    requireProbe(scope, `${owner}${name}`, probe);
    if (name !== 'readiness') {
      requireOneSuccess(scope, `${owner}${name}`, probe._options);
    }
    return probe._toKube(firstPort ?? requirePort(scope, `${owner}${name}`, probe));
  };
  return { startupProbe: render('startup'), readinessProbe: render('readiness'), livenessProbe: render('liveness') };
}

/** Checks that a probe of a container without ports names its port, and returns a port that is not used. */
function requirePort(scope: IConstruct, property: string, { _options: { port }, _subject: { command } }: Probe): NamedPort {
  if (port === undefined && command === undefined) {
    fail(scope, {
      property, rule: 'name a port', value: port, fix: 'the container has none of TCP; name it here or in the container\'s ports',
    });
  }
  return { name: '', containerPort: 0 };
}

function requireProbe(scope: IConstruct, property: string, probe: Probe): void {
  const { _options: { port }, _timing: timing, _subject: { path, command, service } } = probe;
  const whole = (option: string, value: number | undefined, min: number, max: number): void => {
    if (value !== undefined) {
      requireInteger({ scope, property: `${property}.${option}` }, value, min, max, 'leave it out for the default');
    }
  };
  if (path !== undefined && !path.startsWith('/')) {
    fail(scope, { property, rule: 'GET a path that begins with "/"', value: path, fix: 'as in Probe.httpGet("/healthz")' });
  }
  if (command?.length === 0) {
    fail(scope, { property, rule: 'name a command', value: command, fix: 'as in Probe.exec(["test", "-f", "/tmp/ready"])' });
  }
  requireArrival({ scope, property }, path);
  requireArrival({ scope, property: `${property}.command` }, command);
  requireArrival({ scope, property: `${property}.service` }, service);
  whole('port', port, 1, PORT_MAX);
  whole('failureThreshold', timing.failureThreshold, 1, INT32_MAX);
  whole('successThreshold', timing.successThreshold, 1, INT32_MAX);
  whole('initialDelay', timing.initialDelaySeconds, 0, INT32_MAX);
  whole('period', timing.periodSeconds, 1, INT32_MAX);
  whole('timeout', timing.timeoutSeconds, 1, INT32_MAX);
}

function requireOneSuccess(scope: IConstruct, property: string, { successThreshold = 1 }: ProbeOptions): void {
  if (successThreshold !== 1) {
    fail(scope, {
      property: `${property}.successThreshold`, rule: 'be 1', value: successThreshold, fix: 'leave it out; only readiness may ask for more',
    });
  }
}
