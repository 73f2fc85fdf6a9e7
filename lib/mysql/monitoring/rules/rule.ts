import { MonitoredCluster } from '../../metrics/monitored-cluster';

/** How soon an operator must look: at once, or today. */
export type Severity = 'critical' | 'warning';

/** A condition of which Prometheus tells. */
export interface Rule {
  /** The name, which is a heading of docs/monitoring.md as well: the page with what to do. */
  readonly name: string;
  /** The condition, in PromQL: it is met for each series that it returns. */
  readonly expression: string;
  /** For how long it must be met, in seconds. */
  readonly forSeconds: number;
  readonly severity: Severity;
  /** One sentence that names the pod, or the cluster. `{{ $labels.member }}` and `{{ $value }}` are of the series. */
  readonly summary: string;
  /** The metrics of the expression. */
  readonly needs: string[];
  /** Whether to look each 5 s, since each second counts. */
  readonly isUrgent?: boolean;
  /** What else must be installed. */
  readonly requires?: 'kube-state-metrics';
}

/** The bounds of conditions that do not follow from the cluster. */
export interface Bounds {
  /** The connections that may be open, as a part of those that a server takes. */
  readonly connections: number;
  /** Seconds for which a transaction may be open. */
  readonly transactionSeconds: number;
  /** Seconds that a certificate must still be valid. */
  readonly certificateSeconds: number;
  /** Seconds since the newest proven backup. */
  readonly backupSeconds: number;
}

export const FACTS = 'cdk8s_stateful_mysql_';

/** Collects which metrics an expression needs while it is written. */
export class Metrics {
  private readonly _needs = new Set<string>();

  public constructor(private readonly _cluster: MonitoredCluster) {}

  /** The metrics that were named so far. */
  public get needs(): string[] {
    return [...this._needs].sort();
  }

  /** A metric of facts.sh, of this cluster. */
  public fact(name: string, labels: Record<string, string> = {}): string {
    return this.metric(`${FACTS}${name}`, { cluster: this._cluster.id, ...labels });
  }

  /** A metric of the exporter, of this cluster. */
  public mysql(name: string): string {
    return this.metric(`mysql_${name}`, { cluster: this._cluster.id });
  }

  /** Any metric. A label whose value begins with `~` is matched by an expression. */
  public metric(name: string, labels: Record<string, string>): string {
    this._needs.add(name);
    const matchers = Object.entries(labels).map(([label, value]) => (
      value.startsWith('~') ? `${label}=~"${value.slice(1)}"` : `${label}="${value}"`
    ));
    return `${name}{${matchers.join(',')}}`;
  }
}

/** A rule without what its expression says itself. */
export type RuleText = Omit<Rule, 'expression' | 'needs'> & { readonly expression: (metrics: Metrics) => string };

/** Rules of a cluster. */
export function rulesOf(cluster: MonitoredCluster, texts: RuleText[]): Rule[] {
  return texts.map(({ expression, ...text }) => {
    const metrics = new Metrics(cluster);
    return { ...text, expression: expression(metrics), needs: metrics.needs };
  });
}
