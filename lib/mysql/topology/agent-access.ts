import { NetworkRule } from '../../network/render/network-rule';
import { API_SERVER_PORTS } from '../constants/ports';

/** The permissions of the agents in the Kubernetes API, with the objects that these permissions need. */
export interface AgentAccess {
  /** The rules of their Role, for these pods. */
  readonly rules: (pods: string[]) => Record<string, unknown>[];
  readonly volumes: Record<string, unknown>[];
  readonly volumeMounts: { readonly name: string; readonly mountPath: string }[];
  /** Egress in addition to the members. */
  readonly outbound: NetworkRule[];
}

/** The agents do not use the API. */
export const NO_ACCESS: AgentAccess = { rules: () => [], volumes: [], volumeMounts: [], outbound: [] };

/** The permission to read and to set the labels of these pods. */
export function mayLabel(pods: string[]): Record<string, unknown>[] {
  return [{ apiGroups: [''], resources: ['pods'], resourceNames: pods, verbs: ['get', 'patch'] }];
}

/** The permission to post Events, which has no name of a pod to be limited to. */
const MAY_TELL = { apiGroups: [''], resources: ['events'], verbs: ['create'] };

/** The agents set the labels of the cluster's own pods, and tell Kubernetes what these are. */
export const LABELS_OF_MEMBERS: AgentAccess = {
  rules: (pods) => [...mayLabel(pods), MAY_TELL],
  // The token of the service account, which Kubernetes would mount into every container of the pod, for one container only.
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
  volumeMounts: [{ name: 'api-token', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }],
  outbound: [{ peers: [], ports: API_SERVER_PORTS.map((port) => ({ port })) }],
};
