import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { wholeSeconds } from '../../core/durations';
import { fail } from '../../core/errors';
import { Labels, LabelSet } from '../../core/labels';
import { requireLabels, requireOneOf } from '../../core/validation';
import { PodMonitorOptions } from '../pod-monitor-options';
import { requireUrlPath } from './url-path';

const API_VERSION = 'monitoring.coreos.com/v1';

/** On the one Service of a workload that a ServiceMonitor reads; the others have the same labels otherwise. */
const SERVICE_LABEL = 'cdk8s-stateful/service';

interface MonitoredWorkload {
  readonly name: string;
  /** Left out it is that of the chart. */
  readonly namespace?: string;
  readonly labels: LabelSet;
}

/** The Service that a ServiceMonitor reads, and what it is for the workload. */
interface MonitoredObject {
  readonly service: ApiObject;
  readonly role: string;
  readonly portNames: string[];
}

/** The PodMonitor of the Prometheus Operator, which needs no Service. */
export function renderPodMonitor(
  scope: Construct, workload: MonitoredWorkload & { readonly portNames: string[] }, options: PodMonitorOptions,
): ApiObject {
  const { name, namespace, labels, portNames } = workload;
  const endpoint = renderEndpoint(scope, 'PodMonitor', portNames, 'name a port of the container', options);
  return new ApiObject(scope, 'PodMonitor', {
    apiVersion: API_VERSION,
    kind: 'PodMonitor',
    metadata: { name, namespace, labels: { ...labels.common, ...options.labels } },
    spec: { podMetricsEndpoints: [endpoint], selector: { matchLabels: labels.selector } },
  });
}

/**
 * The ServiceMonitor of the Prometheus Operator. It finds Services by their labels, and a StatefulSet has more than one: without a label
 * of its own on one of them each pod would be read once for every Service.
 */
export function renderServiceMonitor(
  scope: Construct, { name, labels }: MonitoredWorkload, { service, role, portNames }: MonitoredObject, options: PodMonitorOptions,
): ApiObject {
  const endpoint = renderEndpoint(scope, 'ServiceMonitor', portNames, `name a port of the ${role} Service`, options);
  const own: Labels = { [SERVICE_LABEL]: role };
  service.metadata.addLabel(SERVICE_LABEL, role);
  return new ApiObject(scope, 'ServiceMonitor', {
    apiVersion: API_VERSION,
    kind: 'ServiceMonitor',
    metadata: { name, labels: { ...labels.common, ...options.labels } },
    spec: { endpoints: [endpoint], selector: { matchLabels: { ...labels.selector, ...own } } },
  });
}

/** What both kinds of monitors say about the metrics. */
function renderEndpoint(
  scope: Construct, kind: string, portNames: string[], portCure: string, options: PodMonitorOptions,
): Record<string, unknown> {
  if (scope.node.tryFindChild(kind) !== undefined) {
    fail(scope, {
      property: `add${kind}`, rule: 'be called once', value: options, fix: `patch the ${kind} that the first call returned`,
    });
  }
  const { portName = portNames[0], path = '/metrics', interval, labels } = options;
  const origin = (property: string) => ({ scope, property: `${property} of the ${kind}` });
  requireOneOf(origin('portName'), portName, portNames, portCure);
  requireLabels(origin('labels'), labels ?? {});
  requireUrlPath(scope, `path of the ${kind}`, path);
  const seconds = wholeSeconds(origin('interval'), interval, 1, 'leave it out for the interval of Prometheus');
  return { interval: seconds && `${seconds}s`, path, port: portName };
}
