import { NetworkPolicyPort, NetworkProtocol, Protocol } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { Origin } from '../../core/errors';
import { requireOneOf } from '../../core/validation';

/** A port on which pods listen. */
export interface ListeningPort {
  readonly port: number;
  /** TCP when it is left out. */
  readonly protocol?: Protocol;
}

/** A port of a container. */
export interface NamedPort extends ListeningPort {
  readonly name: string;
}

const listening = new WeakMap<IConstruct, ListeningPort[]>();

/** Notes on which ports the pods of a construct of this library listen. */
export function noteListeningPorts(construct: IConstruct, ports: ListeningPort[]): void {
  listening.set(construct, [...ports]);
}

/** The ports on which its pods listen; undefined for what is not of this library. */
export function listeningPortsOf(construct: IConstruct): NetworkPolicyPort[] | undefined {
  return listening.get(construct)?.map(({ port, protocol = Protocol.TCP }) => (
    NetworkPolicyPort.of({ port, protocol: NetworkProtocol[protocol] })
  ));
}

/** Tells a port from all others of the pod: its number, and its protocol when it is not TCP. */
export function portKey({ port, protocol = Protocol.TCP }: ListeningPort): string | number {
  return protocol === Protocol.TCP ? port : `${port} ${protocol}`;
}

/** Returns the ports for HTTP and probes. */
export function tcpPorts<T extends ListeningPort>(ports: T[]): T[] {
  return ports.filter(({ protocol = Protocol.TCP }) => protocol === Protocol.TCP);
}

/** Refuses what is no protocol of Kubernetes. */
export function requireProtocol(origin: Origin, protocol?: Protocol): void {
  requireOneOf(origin, protocol ?? Protocol.TCP, Object.values(Protocol), 'leave it out for TCP');
}

/** The protocol unless it is the API's default. */
export function exceptTcp(protocol?: Protocol): Protocol | undefined {
  return protocol === Protocol.TCP ? undefined : protocol;
}
