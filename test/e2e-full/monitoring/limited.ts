import { Size } from 'cdk8s';
import { MySqlCluster } from '../../../lib/mysql/mysql-cluster';
import { MySqlClusterProps } from '../../../lib/mysql/mysql-cluster-props';
import { MySqlTls } from '../../../lib/mysql/mysql-tls';
import { MySqlTopology } from '../../../lib/mysql/topology/mysql-topology';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { applyDeclared } from '../../e2e/mysql/declare';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { Authority } from '../mysql/authority';
import { SmallDisk } from '../mysql/small-disk';
import { membersOf } from '../mysql/start';

const MEBIBYTES = 768;
const BALLAST = '/var/lib/mysql/ballast';
const FREE = '$(df --output=avail --block-size=1 /var/lib/mysql | tail -n 1)';

/** A source and a replica with small volumes, and with certificates of an authority of their own. */
export class Limited {
  public readonly cluster: TestedCluster;
  private readonly _authority: Authority;
  private readonly _disks: [string, SmallDisk][];
  private _names: string[] = [];

  public constructor(private readonly _namespace: string) {
    this.cluster = new TestedCluster(_namespace, membersOf(1));
    this._authority = new Authority(this.cluster);
    this._disks = this.cluster.members.map((pod) => [pod, new SmallDisk(`${_namespace}-${pod}`, MEBIBYTES)]);
  }

  /** Applies it, until it can be used. */
  public async start(props: Partial<MySqlClusterProps> = {}): Promise<MySqlCluster> {
    for (const [pod, disk] of this._disks) {
      await disk.create(this._namespace, `data-${pod}`);
    }
    const mysql = await applyDeclared(this._namespace, MySqlTopology.sourceReplica({ replicas: 1 }), {
      tls: MySqlTls.fromSecretName('mysql-tls'), storage: { size: Size.mebibytes(500), storageClassName: SmallDisk.CLASS }, ...props,
    });
    this._names = mysql.certificateDnsNames;
    await this._authority.sign('1000', this._names);
    await this._authority.create();
    await this.cluster.ready();
    return mysql;
  }

  /** Gives the members certificates that are valid for so many days. */
  public async certify(serial: string, days?: number): Promise<void> {
    await this._authority.sign(serial, this._names, days);
    await this._authority.replace('ca.crt', 'tls.crt', 'tls.key');
  }

  /** Takes so many percent of what is free on the volume of a member. */
  public async fill(pod: string, percent: number): Promise<void> {
    await this._inServer(pod, `head -c $((${FREE} * ${percent} / 100)) /dev/zero >>${BALLAST}`);
  }

  public async empty(pod: string): Promise<void> {
    await this._inServer(pod, `rm ${BALLAST}`);
  }

  /** What is left of it beside its namespace, after that. */
  public async remove(): Promise<void> {
    this._authority.remove();
    for (const [, disk] of this._disks) {
      await disk.remove();
    }
  }

  private async _inServer(pod: string, command: string): Promise<void> {
    await kubectl('--namespace', this._namespace, 'exec', pod, '--container', 'mysqld', '--', 'bash', '-c', command);
  }
}

/** Tests of such a cluster in a namespace of their own; skipped, and why, where no small volume can be made. */
export function describeLimited(namespace: string, body: (limited: Limited) => void): void {
  const impossible = SmallDisk.impossible();
  if (impossible !== undefined) {
    test.skip(`the limits of a member: ${impossible}`, () => undefined);
    return;
  }
  const limited = new Limited(namespace);
  afterAll(async () => { // after the namespace and its claims
    await limited.remove();
  }, 120_000);
  describeInNamespace(namespace, () => body(limited));
}
