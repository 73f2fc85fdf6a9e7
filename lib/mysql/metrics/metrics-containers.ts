import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Probe } from '../../pod/probe';
import { renderContainerSecurityContext } from '../../pod/render/pod-security-context';
import { renderProbes } from '../../pod/render/probes';
import { renderResources } from '../../pod/render/resources';
import { PATHS, script } from '../constants/paths';
import { METRICS_PORTS } from '../constants/ports';
import { variablesFor } from '../constants/program-files';
import { BundleName } from '../constants/programs';
import { ClusterContext } from '../context/cluster-context';
import { EXPORTER_RESOURCES, FACTS_RESOURCES, PAGES_RESOURCES } from '../context/default-resources';
import { clientMounts, MOUNTS } from '../context/mounts';
import { renderEnvironment } from '../context/pod-environment';
import { pullPolicy } from '../context/pull-policy';
import { ResolvedMetrics } from './mysql-metrics';

/** The program of the pod, in the image of the servers. */
export const FACTS = 'facts.sh';

const OPTIONS = { name: 'options', mountPath: PATHS.exporterOptions };
const PAGES = { name: 'pages', mountPath: PATHS.pages };
/** Collectors that the exporter has switched on by itself. */
const BY_ITSELF = [
  'global_status', 'global_variables', 'slave_status', 'info_schema.innodb_cmp', 'info_schema.innodb_cmpmem',
  'info_schema.query_response_time',
];
const RESTART_AFTER = { period: Duration.seconds(30), timeout: Duration.seconds(5), failureThreshold: 3 };

/** The programs of the metrics of a topology. */
export function metricsBundle({ topology }: ClusterContext): BundleName {
  return `metrics-${topology.scripts as 'group' | 'source-replica'}`;
}

/** The container that writes the option file of the exporter before this one starts. */
export function renderInitContainers(cluster: Construct, context: ClusterContext): Record<string, unknown>[] {
  return [{
    ...ofServerImage(context), name: 'options', command: [script(FACTS), 'options'],
    resources: renderResources(cluster, undefined, FACTS_RESOURCES),
  }];
}

/** The exporter, what asks the members for what they say of the cluster, and a server of the file that this one writes. */
export function renderContainers(cluster: Construct, context: ClusterContext, metrics: ResolvedMetrics): Record<string, unknown>[] {
  const ofExporter = {
    image: metrics.image,
    imagePullPolicy: pullPolicy(context, metrics.image),
    securityContext: renderContainerSecurityContext(context.security),
  };
  return [
    {
      ...ofExporter,
      name: 'exporter',
      args: exporterArguments(context, metrics),
      // The exporter replaces variables in its option file, so that a password with the sign has this one in its place.
      env: [{ name: 'DOLLAR', value: '$' }],
      ports: [{ containerPort: METRICS_PORTS.exporter, name: 'exporter' }],
      ...renderProbes(cluster, { liveness: Probe.tcpSocket({ port: METRICS_PORTS.exporter, ...RESTART_AFTER }) }),
      resources: renderResources(cluster, metrics.resources, EXPORTER_RESOURCES, 'metrics.'),
      volumeMounts: [OPTIONS, ...context.tlsSecret === undefined ? [] : [MOUNTS.tls]],
    },
    {
      ...ofServerImage(context),
      name: 'facts',
      command: [script(FACTS)],
      ...renderProbes(cluster, { liveness: Probe.exec([script(FACTS), 'alive'], RESTART_AFTER) }),
      resources: renderResources(cluster, undefined, FACTS_RESOURCES),
    },
    {
      ...ofExporter,
      name: 'pages',
      command: ['busybox', 'httpd', '-f', '-p', String(METRICS_PORTS.facts), '-h', PATHS.pages],
      ports: [{ containerPort: METRICS_PORTS.facts, name: 'facts' }],
      ...renderProbes(cluster, {
        readiness: Probe.httpGet('/metrics.txt', { port: METRICS_PORTS.facts }),
        liveness: Probe.tcpSocket({ port: METRICS_PORTS.facts, ...RESTART_AFTER }),
      }),
      resources: renderResources(cluster, undefined, PAGES_RESOURCES),
      volumeMounts: [PAGES],
    },
  ];
}

function ofServerImage(context: ClusterContext): Record<string, unknown> {
  const { image, names, topology, tlsSecret, security } = context;
  return {
    image,
    imagePullPolicy: pullPolicy(context, image),
    env: renderEnvironment(variablesFor(metricsBundle(context), [FACTS], {
      ...names.environment, ...topology.environment, CLUSTER_NAME: context.name, TOPOLOGY: topology.scripts,
    })),
    securityContext: renderContainerSecurityContext(security),
    volumeMounts: [
      ...clientMounts(tlsSecret),
      OPTIONS,
      PAGES,
    ],
  };
}

/** A collector that is not asked for costs the servers nothing. Without an authority no client can verify a certificate. */
function exporterArguments({ tlsSecret }: ClusterContext, { collectors }: ResolvedMetrics): string[] {
  return [
    `--config.my-cnf=${PATHS.exporterOptions}/exporter.cnf`,
    `--web.listen-address=:${METRICS_PORTS.exporter}`,
    ...tlsSecret === undefined ? ['--tls.insecure-skip-verify'] : [],
    ...collectors.map((name) => `--collect.${name}`),
    ...BY_ITSELF.filter((name) => !collectors.includes(name)).map((name) => `--no-collect.${name}`),
  ];
}
