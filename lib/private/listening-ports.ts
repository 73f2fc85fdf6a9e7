import { NetworkPolicyPort } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';

const listening = new WeakMap<IConstruct, number[]>();

/** Notes on which ports the pods of a construct of this library listen. */
export function noteListeningPorts(construct: IConstruct, ports: number[]): void {
  listening.set(construct, [...ports]);
}

/** The ports on which its pods listen; undefined for what is not of this library. */
export function listeningPortsOf(construct: IConstruct): NetworkPolicyPort[] | undefined {
  return listening.get(construct)?.map((port) => NetworkPolicyPort.tcp(port));
}
