import { Chart } from 'cdk8s';
import { MySqlAlerts } from '../../../lib/mysql/monitoring/mysql-alerts';
import { MySqlAlertsProps } from '../../../lib/mysql/monitoring/mysql-alerts-props';
import { MySqlMonitors } from '../../../lib/mysql/monitoring/mysql-monitors';
import { MySqlCluster } from '../../../lib/mysql/mysql-cluster';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { TestedPrometheus } from '../../e2e/mysql/prometheus';
import { kubectl } from '../../e2e/support/kubectl';

/** Alerts that would have to last longer last so long here. */
export const LASTS_SECONDS = 25;
const SETTLES_SECONDS = 240;

/** A fault of a cluster that works. */
export interface Fault {
  readonly what: string;
  readonly alert: string;
  /** Other alerts that it brings along. */
  readonly implies?: string[];
  /** Makes the fault. Returns what undoes it. */
  readonly make: () => Promise<() => Promise<unknown>>;
  /** Within how many seconds somebody must hear of it. */
  readonly within?: number;
  /** Within how many seconds all is well when it is undone. */
  readonly settles?: number;
}

/** A cluster that a Prometheus watches, and faults that are made in it. */
export class Watched {
  public readonly prometheus: TestedPrometheus;

  private readonly _seconds = new Map<string, number>();

  public constructor(private readonly _cluster: Pick<TestedCluster, 'namespace'>) {
    this.prometheus = new TestedPrometheus(_cluster.namespace);
  }

  /**
   * Starts a Prometheus for it.
   *
   * @param more what else that reads
   */
  public async watch(mysql: MySqlCluster, props: Partial<MySqlAlertsProps> = {}, more: object[] = []): Promise<MySqlAlerts> {
    const chart = Chart.of(mysql);
    const alerts = new MySqlAlerts(chart, 'alerts', { cluster: mysql, ...props });
    await this.prometheus.start(new MySqlMonitors(chart, 'monitors', { cluster: mysql }), alerts, LASTS_SECONDS, more);
    return alerts;
  }

  /** Waits until nothing is wrong but what stays so. */
  public async isQuiet(seconds = SETTLES_SECONDS, standing: string[] = []): Promise<void> {
    await this.prometheus.isQuiet(seconds, standing);
  }

  /**
   * Makes a fault: its alert fires in time, no other does that it does not bring along, and all resolve when it is undone.
   *
   * @param standing alerts that fire all the time
   */
  public async see(fault: Fault, standing: string[] = []): Promise<void> {
    const { what, alert, implies = [], make, within = 150, settles = SETTLES_SECONDS } = fault;
    const undo = await make();
    try {
      const seconds = await this.prometheus.fires(alert, within);
      this._seconds.set(`${alert} (${what})`, seconds);
      console.log(`${what}: ${alert} after ${seconds.toFixed(0)} s`);
      const fired = await this.prometheus.alerts();
      const others = fired.filter(({ state, name }) => state === 'firing' && ![alert, ...implies].includes(name));
      expect(others.map(({ name, summary }) => `${name}: ${summary}`)).toEqual([]);
    } finally {
      await undo();
    }
    await this.isQuiet(settles, standing);
  }

  /** Shows after how many seconds each alert fired. */
  public report(): void {
    console.log([...this._seconds].map(([what, seconds]) => `${what}: ${seconds.toFixed(0)} s`).join('\n'));
  }

  /** Signals the first process of a container with this text in its command line. */
  public async signal(pod: string, container: string, text: string, name: string): Promise<void> {
    const script = 'for f in /proc/[0-9]*/cmdline; do p=${f%/cmdline}; p=${p#/proc/}; [ $p = $$ ] || ! tr "\\0" " " <$f 2>/dev/null '
      + '| grep -q -e "$1" || { kill "-$2" "$p"; exit; }; done; exit 1';
    const there = ['--namespace', this._cluster.namespace, 'exec', pod, '--container', container, '--'];
    await kubectl(...there, 'sh', '-c', script, 'signal', text, name);
  }
}
