import { join } from 'path';
import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { checksum } from '../core/checksum';
import { DashboardOptions } from '../monitoring/dashboard-options';
import { DashboardModel, readDashboard, renderDashboard, setVariable } from '../monitoring/render/dashboards';
import { StatefulWeb } from './stateful-web';
import { resolveRequests } from './web-requests';
import { WebRequestsMetric } from './web-requests-metric';

/** Properties of `StatefulWebDashboard`. */
export interface StatefulWebDashboardProps extends DashboardOptions {
  /** The web. Its metrics of pods are those of `addPodMonitor` or `addServiceMonitor`. */
  readonly web: StatefulWeb;

  /**
   * The name of the ConfigMap.
   *
   * @default `<name of the web>-dashboard`
   */
  readonly name?: string;

  /**
   * The metric by which the web counts its requests.
   *
   * @default - none, and the dashboard has no row of requests
   */
  readonly requests?: WebRequestsMetric;
}

/**
 * A dashboard of Grafana about a `StatefulWeb`: its pods, restarts, CPU, memory and volumes, and its requests. It is a ConfigMap that the
 * sidecar of Grafana finds by its labels.
 *
 * @throws when a name, label, folder or metric is not one that Kubernetes or Prometheus accepts
 */
export class StatefulWebDashboard extends Construct {
  /** The ConfigMap, as an escape hatch. */
  public readonly configMap: ApiObject;

  public constructor(scope: Construct, id: string, props: StatefulWebDashboardProps) {
    super(scope, id);
    const { web } = props;
    const name = props.name ?? `${web.name}-dashboard`;
    const namespace = Chart.of(web).namespace || undefined;
    const place = namespace === undefined ? web.name : `${namespace}/${web.name}`;
    const model = readDashboard(join(__dirname, 'models/stateful-web.json'));
    model.uid = `cdk8s-stateful-web-${checksum(place).slice(0, 16)}`;
    model.title = `Web ${place}`;
    setVariable(model, 'web', web.name);
    setVariable(model, 'replicas', String(web._fewestReplicas));
    if (namespace !== undefined) {
      setVariable(model, 'namespace', namespace);
    }
    const requests = resolveRequests(this, props.requests);
    if (requests === undefined) {
      model.panels = withoutLastRow(model);
    } else {
      setVariable(model, 'requests', requests.metric);
      setVariable(model, 'status', requests.statusLabel);
    }
    this.configMap = renderDashboard(this, 'ConfigMap', {
      name, file: `web-${place.replace('/', '-')}.json`, model, options: props,
    });
  }
}

/** The last row is that of requests. */
function withoutLastRow({ panels }: DashboardModel): DashboardModel['panels'] {
  return panels.slice(0, panels.map(({ type }) => type).lastIndexOf('row'));
}
