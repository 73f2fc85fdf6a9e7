import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { merged } from '../../core/merged';
import { requireUniqueInApp } from '../../core/registry';
import { requireOwnPods } from '../../core/selectors';
import { NetworkRules } from '../../network/render/network-policy';
import { renderService } from '../../network/render/service';
import { renderDeployment } from '../../pod/render/deployment';
import { renderPodAccess } from '../../pod/render/pod-access';
import { renderPodSecurityContext } from '../../pod/render/pod-security-context';
import { renderScheduling } from '../../scheduling/scheduling';
import { METRICS_PORTS } from '../constants/ports';
import { ClusterContext } from '../context/cluster-context';
import { componentLabels } from '../context/component-labels';
import { withoutClaims } from '../context/member-security';
import { RUN_VOLUME, scriptsVolume } from '../context/mounts';
import { renderScripts } from '../files/config-map';
import { programsChecksum, scriptsBeside } from '../files/script-bundle';
import { FACTS, metricsBundle, renderContainers, renderInitContainers } from './metrics-containers';
import { renderMetricsTraffic } from './metrics-traffic';
import { ResolvedMetrics } from './mysql-metrics';

/** The rendered objects of the metrics that users may patch. */
export interface RenderedMetrics {
  readonly deployment: ApiObject;
  readonly service: ApiObject;
  readonly network: NetworkRules;
}

const GRACE_SECONDS = 5; // nothing is lost with it
/** A key that is missing would hang the pod; so the scripts say it. */
const SAID = { optional: true };

/** The Deployment with the metrics of a cluster, its Service, its scripts and its policy. One pod: two would ask the members twice. */
export function renderMetrics(cluster: Construct, context: ClusterContext, metrics: ResolvedMetrics): RenderedMetrics {
  const name = `${context.name}-metrics`;
  const scope = metrics.chart === undefined ? new Construct(cluster, 'metrics') : new Construct(metrics.chart, name);
  const labels = componentLabels(cluster, context, 'metrics');
  const scripts = `${name}-scripts`;
  requireUniqueInApp(cluster, {
    property: 'name', value: name, what: 'a Deployment name', scoped: 'namespace', fix: 'give each cluster its own name',
  });
  requireOwnPods(scope, labels);
  renderScripts(scope, scripts, labels.common, scriptsBeside(metricsBundle(context), context.topology.scripts));
  const network = renderMetricsTraffic(scope, cluster, context, metrics);
  const service = renderService(scope, 'Service', {
    name,
    labels,
    ports: Object.entries(METRICS_PORTS).map(([port, number]) => ({ name: port, port: number })),
    annotations: metrics.hasAnnotations ? {
      'prometheus.io/path': '/metrics.txt', 'prometheus.io/port': String(METRICS_PORTS.facts), 'prometheus.io/scrape': 'true',
    } : undefined,
  });
  const deployment = renderDeployment(scope, {
    name,
    labels,
    replicas: 1,
    strategy: { type: 'Recreate' },
    podAnnotations: { ...context.podAnnotations, 'checksum/config': programsChecksum(metricsBundle(context), [FACTS]) },
    podSpec: merged(
      renderScheduling(scope, labels.selector, 1, {}),
      renderPodAccess(scope, { imagePullSecrets: context.imagePullSecrets }),
      {
        initContainers: renderInitContainers(cluster, context),
        containers: renderContainers(cluster, context, metrics),
        enableServiceLinks: false,
        securityContext: withoutClaims(renderPodSecurityContext(scope, context.security, Object.values(METRICS_PORTS))),
        terminationGracePeriodSeconds: GRACE_SECONDS,
        volumes: renderVolumes(context, scripts),
      },
    ),
  });
  return { deployment, service, network };
}

/** The exporter's option file holds the password, so it is in memory, and no other container than those two sees it. */
function renderVolumes({ names, accountsSecret, tlsSecret }: ClusterContext, scripts: string): Record<string, unknown>[] {
  const secret = (name: string, secretName: string, key: string) => (
    { name, secret: { secretName, defaultMode: 0o440, items: [{ key, path: key }], ...SAID } }
  );
  return [
    RUN_VOLUME,
    { name: 'tmp', emptyDir: { sizeLimit: '32Mi' } },
    { name: 'options', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
    { name: 'pages', emptyDir: { medium: 'Memory', sizeLimit: '4Mi' } },
    scriptsVolume(names.configMaps.scripts, scripts),
    { name: 'topology', configMap: { name: names.configMaps.topology, items: [{ key: 'members', path: 'members' }] } },
    secret('accounts', accountsSecret, 'metrics-password'),
    ...tlsSecret === undefined ? [] : [secret('tls', tlsSecret, 'ca.crt')],
  ];
}
