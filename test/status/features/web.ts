import { Family, proof } from '../feature';

export const WEB: Family = {
  id: 'web',
  title: 'StatefulWeb',
  features: [
    {
      name: 'pods with stable names in DNS',
      unit: ['web/stateful-web', 'web/identity'],
      endToEnd: [proof('e2e/web-topology', 'names both pods in DNS, also after they were replaced')],
    },
    {
      name: 'claims that keep their data through deletions and scaling',
      unit: ['web/storage.errors', 'storage/claim-template', 'storage/claim-retention'],
      endToEnd: [
        proof('e2e/web-storage', 'what a pod wrote is served by the same pod after all pods were deleted'),
        proof('e2e/availability', 'a web scaled up and down keeps the claims and what is on them'),
      ],
    },
    {
      name: 'Pod Security level "restricted", read-only root file system',
      unit: ['pod/pod-security', 'web/pod-template'],
      endToEnd: [
        proof('e2e/web-hardened', 'is admitted where the restricted level is enforced, without a warning, and serves'),
        proof('e2e/web-hardened', 'runs as another user than root on a read-only root file system'),
      ],
      notTested: 'OpenShift',
    },
    {
      name: 'NetworkPolicy, `allowFrom`, `allowTo`',
      unit: ['web/network-policy'],
      endToEnd: [
        proof('e2e/network-policy', 'with allowFrom an allowed peer gets 200 and a stranger gets nothing'),
        proof('e2e/network-policy', 'the web finds names in DNS, and reaches nothing else'),
        proof('e2e/network-policy', 'with allowTo the web reaches its peer'),
      ],
      notTested: 'IPv6, blocks of addresses',
    },
    {
      name: 'no failed request while pods are deleted or updated',
      unit: ['web/disruption-budget', 'web/identity'],
      endToEnd: [
        proof('e2e/availability', 'a client loses no request while pods are deleted ${DELETIONS} times'),
        proof('e2e/availability', 'a client loses no request during a rolling update'),
      ],
    },
    {
      name: 'containers, environment, files',
      unit: ['web/containers', 'web/environment', 'pod/config-files', 'pod/pod-volume'],
      endToEnd: [proof('e2e/troubleshooting', 'a pod starts by itself when what it was missing is created')],
    },
    {
      name: 'nodes and spreading',
      unit: ['web/scheduling'],
      endToEnd: [proof('e2e/troubleshooting', 'the documented commands show: ${symptom}')],
      notTested: 'several zones',
    },
    { name: 'Services of each pod, Ingress', unit: ['web/traffic'], notTested: 'Ingress controllers, cloud load balancers' },
    {
      name: 'HTTPRoute, PodMonitor, ServiceMonitor',
      unit: ['web/traffic'],
      tried: [{
        tool: 'schemas of Gateway API 1.4.0 and Prometheus Operator 0.85.0',
        page: 'docs/stateful-web.md',
        says: 'The API server of Kubernetes 1.34 accepted them',
      }],
      notTested: 'a Gateway, a Prometheus',
    },
    {
      name: 'a dashboard, alerts',
      unit: ['web/stateful-web-dashboard', 'web/stateful-web-alerts', 'web/promtool'],
      endToEnd: [
        proof('e2e-full/monitoring/dashboards', 'each query of each panel has data'),
        proof('e2e-full/monitoring/dashboards', 'all alerts on webs are true by promtool in the image of Prometheus'),
        proof('e2e-full/monitoring/alerts-web', '${what}: ${alert} fires, and resolves'),
        proof('e2e-full/monitoring/alerts-web', 'a container that crashes again and again is told of'),
      ],
      notTested: 'Grafana, an Alertmanager, kube-state-metrics itself; a full test that was not yet run to the end in one go',
    },
    { name: 'autoscaling', unit: ['web/traffic'], notTested: 'a HorizontalPodAutoscaler at work' },
    {
      name: 'invalid input fails synthesis, all other input is accepted by Kubernetes',
      unit: ['web/malformed', 'web/stateful-web.errors', 'web/limits.errors', 'web/uniqueness.errors'],
      endToEnd: [proof('e2e/malformed', 'the API server accepts what the library renders of 200 inputs, right and wrong')],
    },
  ],
};
