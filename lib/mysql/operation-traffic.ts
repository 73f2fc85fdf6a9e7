import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { NetworkIsolation } from '../network/network-isolation';
import { DNS } from '../private/network-policy';
import { ClusterContext } from './cluster-context';
import { operationLabels } from './operation';
import { MYSQL_PORT } from './server-constants';

// A policy cannot name the API server, which is no pod: it listens on one of these in every distribution.
const API_SERVER_PORTS = [443, 6443, 8443];

/** The Jobs of a cluster hear nobody, and reach its members, the API server and DNS. */
export function renderOperationTraffic(scope: Construct, context: ClusterContext): void {
  if (context.props.isolation === NetworkIsolation.NONE) {
    return;
  }
  const { selector, common } = operationLabels(scope, context);
  const tcp = (port: number) => ({ port, protocol: 'TCP' });
  new ApiObject(scope, 'OperationNetworkPolicy', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `${context.name}-operation`, labels: common },
    spec: {
      podSelector: { matchLabels: selector },
      policyTypes: ['Ingress', 'Egress'],
      egress: [
        DNS,
        { to: [{ podSelector: { matchLabels: context.labels.selector } }], ports: [tcp(MYSQL_PORT)] },
        { ports: API_SERVER_PORTS.map(tcp) },
      ],
    },
  });
}
