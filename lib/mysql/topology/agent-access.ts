import { NetworkRule } from '../../network/render/network-rule';
import { API_SERVER_PORTS } from '../constants/ports';

/** What the agents beside the servers may do with the API, and what they need for it. */
export interface AgentAccess {
  /** The rules of their Role, for these pods. */
  readonly rules: (members: string[]) => Record<string, unknown>[];
  readonly volumes: Record<string, unknown>[];
  readonly volumeMounts: { readonly name: string; readonly mountPath: string; readonly readOnly: boolean }[];
  /** Where they connect, apart from the members. */
  readonly outbound: NetworkRule[];
}

/** The agents do not use the API. */
export const NO_ACCESS: AgentAccess = { rules: () => [], volumes: [], volumeMounts: [], outbound: [] };

/** The agents set the labels of the cluster's own pods. */
export const LABELS_OF_MEMBERS: AgentAccess = {
  rules: (members) => [{ apiGroups: [''], resources: ['pods'], resourceNames: members, verbs: ['get', 'patch'] }],
  // What Kubernetes would mount into every container of the pod, for one of them.
  volumes: [{
    name: 'api-token',
    projected: {
      defaultMode: 0o440,
      sources: [
        { serviceAccountToken: { path: 'token', expirationSeconds: 3607 } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      ],
    },
  }],
  volumeMounts: [{ name: 'api-token', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true }],
  outbound: [{ peers: [], ports: API_SERVER_PORTS.map((port) => ({ port, protocol: 'TCP' })) }],
};
