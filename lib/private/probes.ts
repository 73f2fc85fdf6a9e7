import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Probe, ProbeOptions } from '../pod/probe';
import { fail } from './errors';
import { requireInteger } from './validation';

const MAX_INT32 = 2147483647;

export interface Probes {
  readonly startup: Probe;
  readonly readiness: Probe;
  readonly liveness: Probe;
}

/** The container's probes. A probe without a port of its own means the given one. */
export function renderProbes(
  scope: IConstruct, { startup, readiness, liveness }: Probes, port: { readonly name: string; readonly containerPort: number },
): Record<string, unknown> {
  requireProbe(scope, 'startup', startup);
  requireProbe(scope, 'readiness', readiness);
  requireProbe(scope, 'liveness', liveness);
  requireOneSuccess(scope, 'startup', startup._options);
  requireOneSuccess(scope, 'liveness', liveness._options);
  return { startupProbe: startup._toKube(port), readinessProbe: readiness._toKube(port), livenessProbe: liveness._toKube(port) };
}

function requireProbe(scope: IConstruct, property: string, { _options: options, _subject: { path, command } }: Probe): void {
  const { port, failureThreshold, successThreshold, initialDelay, period, timeout } = options;
  const whole = (option: string, value: number | undefined, min: number, max: number): void => {
    if (value !== undefined) {
      requireInteger({ scope, property: `${property}.${option}` }, value, min, max, 'leave it out for the default');
    }
  };
  if (path !== undefined && !path.startsWith('/')) {
    fail(scope, { property, rule: 'GET a path that begins with "/"', value: path, cure: 'as in Probe.httpGet("/healthz")' });
  }
  if (command?.length === 0) {
    fail(scope, { property, rule: 'name a command', value: command, cure: 'as in Probe.exec(["test", "-f", "/tmp/ready"])' });
  }
  whole('port', port, 1, 65535);
  whole('failureThreshold', failureThreshold, 1, MAX_INT32);
  whole('successThreshold', successThreshold, 1, MAX_INT32);
  whole('initialDelay', seconds(initialDelay), 0, MAX_INT32);
  whole('period', seconds(period), 1, MAX_INT32);
  whole('timeout', seconds(timeout), 1, MAX_INT32);
}

/** With fractions, for a message of ours instead of an error of Duration's. */
function seconds(duration?: Duration): number | undefined {
  return duration?.toSeconds({ integral: false });
}

function requireOneSuccess(scope: IConstruct, property: string, { successThreshold = 1 }: ProbeOptions): void {
  if (successThreshold !== 1) {
    fail(scope, {
      property: `${property}.successThreshold`, rule: 'be 1', value: successThreshold, cure: 'leave it out; only readiness may ask for more',
    });
  }
}
