import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { MYSQL_PORT } from '../constants/ports';
import { TopologyConfig } from '../topology/topology-config';
import { MySqlEndpoint } from './mysql-endpoint';

/** The names that users may choose. */
export interface ChosenNames {
  readonly readWriteServiceName?: string;
  readonly readOnlyServiceName?: string;
  readonly clusterDomain?: string;
}

/** The names of a cluster's objects, and its names in DNS. */
export class ClusterNames {
  public readonly members: string;
  public readonly readWrite: string;
  public readonly readOnly: string;
  public readonly configMaps: { readonly scripts: string; readonly config: string; readonly topology: string };
  public readonly clusterDomain: string;
  /** The Service in front of the Routers; undefined without any. */
  public readonly router?: string;

  private readonly _namespace?: string;

  public constructor(scope: IConstruct, public readonly cluster: string, topology: TopologyConfig, chosen: ChosenNames) {
    this.members = `${cluster}-members`;
    this.readWrite = chosen.readWriteServiceName ?? `${cluster}${topology.readWrite.suffix}`;
    this.readOnly = chosen.readOnlyServiceName ?? `${cluster}${topology.readOnly.suffix}`;
    this.configMaps = { scripts: `${cluster}-scripts`, config: `${cluster}-config`, topology: `${cluster}-topology` };
    this.clusterDomain = chosen.clusterDomain ?? 'cluster.local';
    this.router = topology.routers && `${cluster}-router`;
    this._namespace = Chart.of(scope).namespace || undefined;
  }

  /** Under which names servers are spoken to: those of the pods, and those of the Services, long and short. */
  public get certificateDnsNames(): string[] {
    const forms = (name: string) => [
      this.inDns(name), ...this._namespace === undefined ? [] : [`${name}.${this._namespace}.svc`, `${name}.${this._namespace}`],
    ];
    const services = [this.readWrite, this.readOnly, ...this.router === undefined ? [] : [this.router]];
    return [...forms(`*.${this.members}`), ...services.flatMap((name) => [...forms(name), name])]
      .filter((name, index, all) => all.indexOf(name) === index);
  }

  /** The facts about the topology that the scripts need. */
  public get environment(): Record<string, string> {
    return { MEMBERS_SERVICE: this.members, CLUSTER_DOMAIN: this.clusterDomain };
  }

  /** Where clients of a Service connect. */
  public endpoint(serviceName: string): MySqlEndpoint {
    return { serviceName, host: this.inDns(serviceName), port: MYSQL_PORT };
  }

  /** The whole name in DNS of a Service, or of `<pod>.<service>`; the short one when the chart names no namespace. */
  public inDns(name: string): string {
    return this._namespace === undefined ? name : `${name}.${this._namespace}.svc.${this.clusterDomain}`;
  }
}
