import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { LabelSet } from '../../core/labels';
import { merged } from '../../core/merged';
import { requireUniqueInApp } from '../../core/registry';
import { requireOwnPods } from '../../core/selectors';
import { renderDeployment } from '../../pod/render/deployment';
import { renderPodAccess } from '../../pod/render/pod-access';
import { renderContainerSecurityContext, renderPodSecurityContext } from '../../pod/render/pod-security-context';
import { renderProbes } from '../../pod/render/probes';
import { renderScheduling } from '../../scheduling/scheduling';
import { MYSQL_PORT } from '../constants/ports';
import { programsIn } from '../constants/program-files';
import { ClusterContext } from '../context/cluster-context';
import { withoutClaims } from '../context/member-security';
import { clientMounts, RUN_VOLUME, scriptsVolume } from '../context/mounts';
import { renderEnvironment } from '../context/pod-environment';
import { pullPolicy } from '../context/pull-policy';
import { programsChecksum } from '../files/script-bundle';
import { MemberPlacement } from '../topology/member-placement';
import { LIVENESS, READINESS, STARTUP } from './router-probes';

/** A key that is missing would hang the pod; so the scripts say it. */
const SAID = { optional: true };

/** What the Deployments of Router and of what keeps its metadata differ in. */
export interface RouterDeploymentConfig {
  readonly name: string;
  readonly labels: LabelSet;
  readonly replicas: number;
  readonly strategy: Record<string, unknown>;
  readonly placement?: MemberPlacement;
  /** How long a pod may take to stop; left out it is 30. */
  readonly gracePeriodSeconds?: number;
  /** The one container, but for what both have. */
  readonly container: {
    readonly name: string;
    readonly image: string;
    readonly command: string[];
    readonly resources: Record<string, unknown>;
    readonly [field: string]: unknown;
  };
  readonly environment: Record<string, string>;
  /** The accounts whose passwords it may read. */
  readonly accounts: string[];
  /** The Secret with the certificate, and the files of it that it may read. */
  readonly tls?: { readonly secretName: string; readonly keys: string[] };
  /** The ConfigMap with the scripts that only Routers and the adoption have. */
  readonly scripts: string;
}

/** A Deployment of pods that speak to the members, as restricted as pods can be and without a token. */
export function renderRouterDeployment(scope: Construct, context: ClusterContext, config: RouterDeploymentConfig): ApiObject {
  const { name, labels, replicas, container, tls, scripts } = config;
  const { names, accountsSecret, security, imagePullSecrets } = context;
  requireUniqueInApp(scope, {
    property: 'name', value: name, what: 'a Deployment name', scoped: 'namespace', fix: 'give each cluster its own name',
  });
  requireOwnPods(scope, labels);
  const rendered = {
    ...container,
    imagePullPolicy: pullPolicy(context, container.image),
    env: renderEnvironment({ ...names.environment, ...config.environment }),
    ...renderProbes(scope, { startup: STARTUP, readiness: READINESS, liveness: LIVENESS }),
    securityContext: renderContainerSecurityContext(security),
    volumeMounts: clientMounts(tls?.secretName),
  };
  return renderDeployment(scope, {
    name,
    labels,
    replicas,
    strategy: config.strategy,
    podAnnotations: { ...context.podAnnotations, 'checksum/config': programsChecksum('router', programsIn(rendered)) },
    podSpec: merged(
      renderScheduling(scope, labels.selector, replicas, { ...config.placement }),
      renderPodAccess(scope, { imagePullSecrets }),
      {
        containers: [rendered],
        enableServiceLinks: false,
        securityContext: withoutClaims(renderPodSecurityContext(scope, security, [MYSQL_PORT])),
        terminationGracePeriodSeconds: config.gracePeriodSeconds,
        volumes: [
          RUN_VOLUME,
          { name: 'tmp', emptyDir: { sizeLimit: '32Mi' } },
          scriptsVolume(names.configMaps.scripts, scripts),
          { name: 'topology', configMap: { name: names.configMaps.topology, items: [{ key: 'members', path: 'members' }] } },
          {
            name: 'accounts',
            secret: {
              secretName: accountsSecret, defaultMode: 0o440, items: asItems(config.accounts.map((account) => `${account}-password`)), ...SAID,
            },
          },
          ...tls === undefined ? [] : [
            { name: 'tls', secret: { secretName: tls.secretName, defaultMode: 0o440, items: asItems(tls.keys), ...SAID } },
          ],
        ],
      },
    ),
  });
}

function asItems(keys: string[]): { key: string; path: string }[] {
  return keys.map((key) => ({ key, path: key }));
}
