import { join } from 'path';
import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { checksum } from '../../core/checksum';
import { fail } from '../../core/errors';
import { readDashboard, renderDashboard, setVariable } from '../../monitoring/render/dashboards';
import { MySqlDashboardsProps } from './mysql-dashboards-props';

/** What stands behind the name in those of the ConfigMaps, and behind `mysql-` in those of the models. */
const DASHBOARDS = ['cluster', 'server', 'backups'];

/**
 * Dashboards of Grafana about `MySqlCluster`: the cluster (who is primary, who is ready, lag), its servers (connections, InnoDB, locks,
 * logs) and its backups (recoverable until, proven backups, drills). Each is a ConfigMap that the sidecar of Grafana finds by its labels.
 *
 * They show what a cluster with `metrics` serves. One set without `cluster` is enough for all clusters of a Grafana.
 *
 * @throws when a name, label or folder is not one that Kubernetes accepts, or another construct of the app has the same name
 */
export class MySqlDashboards extends Construct {
  /** The ConfigMaps, as an escape hatch: that of the cluster, of the servers, of the backups. */
  public readonly configMaps: ApiObject[];

  public constructor(scope: Construct, id: string, props: MySqlDashboardsProps = {}) {
    super(scope, id);
    const name = props.name ?? id;
    const shown = this._clusterLabel(props);
    this.configMaps = DASHBOARDS.map((suffix) => {
      const model = readDashboard(join(__dirname, 'models', `mysql-${suffix}.json`));
      if (shown !== undefined) {
        model.uid += `-${checksum(shown).slice(0, 8)}`;
        model.title += ` ${shown}`;
        setVariable(model, 'cluster', shown);
      }
      const file = `${shown === undefined ? 'mysql' : shown.replace('/', '-')}-${suffix}.json`;
      return renderDashboard(this, suffix, { name: `${name}-${suffix}`, file, model, options: props });
    });
  }

  /** What metrics have in the label `cluster`. */
  private _clusterLabel({ cluster }: MySqlDashboardsProps): string | undefined {
    if (cluster === undefined) {
      return undefined;
    }
    const namespace = Chart.of(cluster).namespace || fail(this, {
      property: 'cluster', rule: 'be in a chart that names its namespace', value: cluster.name,
      fix: 'set the namespace of its chart, or leave the cluster out',
    });
    return `${namespace}/${cluster.name}`;
  }
}
