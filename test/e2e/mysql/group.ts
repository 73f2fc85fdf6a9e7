import { Duration } from 'cdk8s';
import { MySqlCluster } from '../../../lib/mysql/mysql-cluster';
import { MySqlClusterProps } from '../../../lib/mysql/mysql-cluster-props';
import { MySqlTopology } from '../../../lib/mysql/topology/mysql-topology';
import { kubectl } from '../support/kubectl';
import { until } from '../support/wait';
import { TestedCluster } from './cluster';
import { applyDeclared } from './declare';

const GRAVE = 'e2e.cdk8s-stateful/grave';

/** A group under test. */
export class TestedGroup extends TestedCluster {
  public constructor(namespace: string, size = 3) {
    super(namespace, [...Array(size).keys()].map((ordinal) => `mysql-${ordinal}`));
  }

  /** Applies a group with a user `shop`, and clients labelled `app=writer`. */
  public async apply(props: Partial<MySqlClusterProps> = {}): Promise<MySqlCluster> {
    return await applyDeclared(this.namespace, MySqlTopology.innoDbCluster({ members: this.members.length }), {
      terminationGracePeriod: Duration.minutes(2), ...props,
    });
  }

  /** The same, until it can be used. */
  public async start(props?: Partial<MySqlClusterProps>): Promise<void> {
    await this.apply(props);
    await this.ready();
    await until('the declared user exists', 30, async () => (
      await this.sql(this.members[0], 'SELECT COUNT(*) FROM mysql.user WHERE user = "shop"') === '1'
    ));
  }

  /** The same, until all are in the group, and with a writer. */
  public async startUnderLoad(): Promise<void> {
    await this.start();
    await this.whole();
    await this.startWriter();
  }

  /** The pods that have this value in the label `mysql.role`. */
  public async labelled(role: string): Promise<string[]> {
    const names = await kubectl('--namespace', this.namespace, 'get', 'pods', '--selector', `mysql.role=${role}`, '--output', 'name');
    return names.split('\n').filter((name) => name !== '').map((name) => name.replace('pod/', '')).sort();
  }

  /** The one pod that is labelled as the primary. */
  public async primary(): Promise<string> {
    return await until('one pod is the primary', 60, async () => {
      const primaries = await this.labelled('primary');
      return primaries.length === 1 && primaries[0];
    });
  }

  /** Waits until all are in one group, of which all say the same, and the labels say so. */
  public async whole(seconds?: number): Promise<void> {
    await this.ready(seconds);
    const hosts = 'SELECT GROUP_CONCAT(CONCAT(SUBSTRING_INDEX(member_host, ".", 1), " ", member_state) ORDER BY member_host)'
      + ' FROM performance_schema.replication_group_members';
    const wanted = this.members.map((member) => `${member} ONLINE`).join(',');
    for (const member of this.members) {
      await until(`${member} sees the whole group`, 60, async () => await this.sql(member, hosts) === wanted);
    }
    const primary = await this.primary();
    await until('the others are secondaries', 120, async () => (
      String(await this.labelled('secondary')) === String(this.members.filter((member) => member !== primary))
    ));
  }

  /** Holds the writer during an event in which members may lose what they have in memory alone; at first all have what it wrote. */
  public async whileHeld(event: () => Promise<void>): Promise<void> {
    const writer = ['--namespace', this.namespace, 'exec', 'writer', '--', 'bash', '-c'];
    await kubectl(...writer, 'touch /tmp/hold');
    await until('the writer rests', 10, async () => await kubectl(...writer, 'test -e /tmp/held').then(() => true, () => false));
    await until('all have the same transactions', 60, async () => {
      const sets = await Promise.all(this.members.map((member) => this.executed(member)));
      return new Set(sets).size === 1;
    });
    await event();
    await kubectl(...writer, 'rm /tmp/hold');
  }

  /** Ends all processes of a pod at once, and keeps it from being replaced, as when its node is gone. */
  public async bury(pod: string): Promise<void> {
    await this._setFinalizers(pod, [GRAVE]);
    await kubectl('--namespace', this.namespace, 'delete', 'pod', pod, '--force', '--grace-period', '0', '--wait=false');
  }

  /** Lets another pod take the place of that one. */
  public async replace(pod: string): Promise<void> {
    await this._setFinalizers(pod, []);
  }

  /** Fails unless every acknowledged row is there, and members and rows are the same everywhere, with no transaction of a server's own. */
  public async requireSound(seen: { readonly numbers: number[]; readonly longestPause: number }): Promise<void> {
    await this.requireNothingLost(await this.primary(), seen);
    const group = await this.sql(this.members[0], 'SELECT @@GLOBAL.group_replication_group_name');
    for (const member of this.members) {
      const strangers = `SELECT REGEXP_REPLACE(REPLACE(@@GLOBAL.gtid_executed, "\\n", ""), "${group}:[0-9:-]*,?", "")`;
      expect([member, await this.sql(member, strangers)]).toEqual([member, '']);
    }
  }

  private async _setFinalizers(pod: string, finalizers: string[]): Promise<void> {
    const change = JSON.stringify({ metadata: { finalizers } });
    await kubectl('--namespace', this.namespace, 'patch', 'pod', pod, '--type', 'merge', '--patch', change);
  }
}
