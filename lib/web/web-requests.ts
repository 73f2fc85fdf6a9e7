import { IConstruct } from 'constructs';
import { fail } from '../core/errors';
import { WebRequestsMetric } from './web-requests-metric';

// https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels
const METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** The metric of requests, checked and with its defaults. */
export function resolveRequests(scope: IConstruct, requests?: WebRequestsMetric): Required<WebRequestsMetric> | undefined {
  if (requests === undefined) {
    return undefined;
  }
  const { metric, statusLabel = 'code' } = requests;
  if (!METRIC.test(metric)) {
    fail(scope, {
      property: 'requests.metric', rule: 'be the name of a metric', value: metric,
      fix: 'use letters, digits, "_" and ":", not a digit first; without labels',
    });
  }
  if (!LABEL.test(statusLabel)) {
    fail(scope, {
      property: 'requests.statusLabel', rule: 'be the name of a label of Prometheus', value: statusLabel,
      fix: 'use letters, digits and "_", not a digit first',
    });
  }
  return { metric, statusLabel };
}
