import { ApiObject, Chart } from 'cdk8s';

/** What a StatefulWeb with two replicas and one claim renders, written down as manifests. */
export function addPlainWeb(chart: Chart, name: string): void {
  const selector = { 'app.kubernetes.io/name': name };
  const labels = { 'app.kubernetes.io/component': 'web', 'app.kubernetes.io/managed-by': 'cdk8s', ...selector };
  new ApiObject(chart, `${name}-service`, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels },
    spec: { clusterIP: 'None', ports: [{ name: 'web', port: 80, targetPort: 'web' }], selector },
  });
  new ApiObject(chart, `${name}-stateful-set`, {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, labels },
    spec: {
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      replicas: 2,
      selector: { matchLabels: selector },
      serviceName: name,
      template: {
        metadata: { labels },
        spec: {
          affinity: {
            podAntiAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [{
                weight: 100,
                podAffinityTerm: { labelSelector: { matchLabels: selector }, topologyKey: 'kubernetes.io/hostname' },
              }],
            },
          },
          automountServiceAccountToken: false,
          containers: [{
            name,
            image: 'nginx:1.29',
            imagePullPolicy: 'IfNotPresent',
            ports: [{ containerPort: 80, name: 'web' }],
            resources: {
              limits: { cpu: '500m', 'ephemeral-storage': '256Mi', memory: '256Mi' },
              requests: { cpu: '100m', 'ephemeral-storage': '64Mi', memory: '128Mi' },
            },
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true },
            startupProbe: { tcpSocket: { port: 'web' }, periodSeconds: 2, failureThreshold: 150 },
            readinessProbe: { tcpSocket: { port: 'web' }, periodSeconds: 5, timeoutSeconds: 2 },
            livenessProbe: { tcpSocket: { port: 'web' }, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
            volumeMounts: [
              { name: 'www', mountPath: '/usr/share/nginx/html' },
              { name: 'scratch', mountPath: '/tmp', subPath: 'tmp' },
              { name: 'scratch', mountPath: '/var/run', subPath: 'var/run' },
              { name: 'scratch', mountPath: '/var/cache/nginx', subPath: 'var/cache/nginx' },
              { name: 'scratch', mountPath: '/var/lib/nginx', subPath: 'var/lib/nginx' },
            ],
          }],
          enableServiceLinks: false,
          securityContext: {
            fsGroup: 10101,
            fsGroupChangePolicy: 'OnRootMismatch',
            runAsGroup: 10101,
            runAsNonRoot: true,
            runAsUser: 10101,
            seccompProfile: { type: 'RuntimeDefault' },
            sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '80' }],
          },
          topologySpreadConstraints: [{
            labelSelector: { matchLabels: selector },
            maxSkew: 1,
            topologyKey: 'topology.kubernetes.io/zone',
            whenUnsatisfiable: 'ScheduleAnyway',
          }],
          volumes: [{ name: 'scratch', emptyDir: {} }],
        },
      },
      volumeClaimTemplates: [{
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'www' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, volumeMode: 'Filesystem' },
      }],
    },
  });
  new ApiObject(chart, `${name}-disruption-budget`, {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, labels },
    spec: { maxUnavailable: 1, selector: { matchLabels: selector }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  });
}
