import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { NetworkIsolation } from '../network/network-isolation';
import { DNS } from '../private/network-policy';
import { ClusterContext } from './cluster-context';
import { operationLabels } from './operation';
import { API_SERVER_PORTS, MYSQL_PORT, RECIPIENT_PORT } from './server-constants';

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
        { to: [{ podSelector: { matchLabels: context.labels.selector } }], ports: [MYSQL_PORT, RECIPIENT_PORT].map(tcp) },
        { ports: API_SERVER_PORTS.map(tcp) },
      ],
    },
  });
}
