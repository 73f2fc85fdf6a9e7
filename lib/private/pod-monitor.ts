import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { PodMonitorOptions } from '../network/pod-monitor-options';
import { wholeSeconds } from './durations';
import { LabelSet } from './labels';
import { requireUrlPath } from './url-path';
import { requireLabels, requireOneOf } from './validation';

/**
 * The PodMonitor of the Prometheus Operator. It selects pods and not Services, of which a StatefulSet has more than one: with a
 * ServiceMonitor each pod would be read once for every Service.
 */
export function renderPodMonitor(
  scope: Construct, workload: { name: string; labels: LabelSet; portNames: string[] }, options: PodMonitorOptions,
): ApiObject {
  const { portName = workload.portNames[0], path = '/metrics', interval, labels } = options;
  const origin = (property: string) => ({ scope, property: `${property} of the PodMonitor` });
  requireOneOf(origin('portName'), portName, workload.portNames, 'name a port of the container');
  requireLabels(origin('labels'), labels ?? {});
  requireUrlPath(scope, 'path of the PodMonitor', path);
  const seconds = wholeSeconds(origin('interval'), interval, 1, 'leave it out for the interval of Prometheus');
  return new ApiObject(scope, 'PodMonitor', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: workload.name, labels: { ...workload.labels.common, ...labels } },
    spec: {
      podMetricsEndpoints: [{ interval: seconds && `${seconds}s`, path, port: portName }],
      selector: { matchLabels: workload.labels.selector },
    },
  });
}
