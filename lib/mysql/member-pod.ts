import { Duration } from 'cdk8s';
import { ContainerResources } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Probe } from '../pod/probe';
import { renderProbes } from '../pod/render/probes';
import { renderResources } from '../pod/render/resources';
import { ContainerConfig } from '../pod/render/stateful-set';
import { AGENT_RESOURCES, DEFAULT_RESOURCES } from './member-resources';
import { renderEnvironment } from './pod-environment';
import { MYSQL_PORT, MYSQL_PORT_NAME } from './server-constants';

/** What the pods of a cluster's members differ in, and what they need to know. */
export interface MemberPodConfig {
  readonly image: string;
  readonly imagePullPolicy: string;
  readonly resources?: ContainerResources;
  readonly environment: Record<string, string>;
  /** The name of the claim template. */
  readonly claimName: string;
  readonly configMaps: { readonly scripts: string; readonly config: string; readonly topology: string };
  readonly accountsSecret: string;
  /** The Secrets with passwords of users, and the keys that are used. */
  readonly userSecrets: { readonly secretName: string; readonly keys: string[] }[];
  readonly tlsSecret?: string;
  /** Whether the agent may speak to the API server. */
  readonly agentUsesApi: boolean;
  /** What the server's container runs before it is told to stop. */
  readonly serverPreStop?: string[];
}

/** The containers and volumes of a member. */
export interface MemberPod {
  readonly containers: ContainerConfig[];
  readonly initContainers: ContainerConfig[];
  readonly volumes: Record<string, unknown>[];
}

/*
 * An hour to start, since crash recovery and a new copy of the data take their time; liveness itself waits for both (probe.sh).
 * Readiness believes the agent, who looks every 4 s.
 */
const STARTUP = probe('startup', { period: 5, timeout: 5, failureThreshold: 720 });
const READINESS = probe('readiness', { period: 5, timeout: 3, failureThreshold: 2 });
const LIVENESS = probe('liveness', { period: 30, timeout: 10, failureThreshold: 4 });

const API_TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
/** What Kubernetes would mount into every container of the pod, for one of them. */
const API_TOKEN = {
  name: 'api-token',
  projected: {
    defaultMode: 0o440,
    sources: [
      { serviceAccountToken: { path: 'token', expirationSeconds: 3607 } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    ],
  },
};

/** The pod of a member: an init container that sees to the data, the server, and the agent beside it. */
export function renderMemberPod(scope: Construct, config: MemberPodConfig): MemberPod {
  const { image, imagePullPolicy, claimName, configMaps } = config;
  const common = { image, imagePullPolicy, env: renderEnvironment(config.environment) };
  const mounts = [
    { name: claimName, mountPath: '/var/lib/mysql' },
    { name: 'run', mountPath: '/run/mysqld' },
    { name: 'scripts', mountPath: '/scripts', readOnly: true },
    { name: 'topology', mountPath: '/topology', readOnly: true },
    { name: 'accounts', mountPath: '/secrets', readOnly: true },
    ...config.tlsSecret === undefined ? [] : [{ name: 'tls', mountPath: '/tls', readOnly: true }],
  ];
  const configMount = { name: 'config', mountPath: '/config', readOnly: true };
  const scratch = { name: 'tmp', mountPath: '/tmp' };
  const resources = renderResources(scope, config.resources, DEFAULT_RESOURCES);
  return {
    initContainers: [{
      ...common,
      name: 'provision',
      command: ['/scripts/provision.sh'],
      resources,
      volumeMounts: [...mounts, configMount, scratch],
    }],
    containers: [
      {
        ...common,
        name: 'mysqld',
        command: ['/scripts/server.sh'],
        ports: [{ containerPort: MYSQL_PORT, name: MYSQL_PORT_NAME }],
        resources,
        ...config.serverPreStop === undefined ? {} : { lifecycle: { preStop: { exec: { command: config.serverPreStop } } } },
        ...renderProbes(scope, { startup: STARTUP, readiness: READINESS, liveness: LIVENESS }),
        volumeMounts: [...mounts, configMount, scratch],
      },
      {
        ...common,
        name: 'agent',
        command: ['/scripts/agent.sh'],
        resources: renderResources(scope, undefined, AGENT_RESOURCES),
        volumeMounts: [
          ...mounts,
          { name: 'podinfo', mountPath: '/podinfo', readOnly: true },
          ...config.userSecrets.length === 0 ? [] : [{ name: 'user-secrets', mountPath: '/user-secrets', readOnly: true }],
          ...config.agentUsesApi ? [{ name: API_TOKEN.name, mountPath: API_TOKEN_PATH, readOnly: true }] : [],
        ],
      },
    ],
    volumes: [
      { name: 'run', emptyDir: { medium: 'Memory', sizeLimit: '16Mi' } },
      { name: 'tmp', emptyDir: {} },
      { name: 'scripts', configMap: { name: configMaps.scripts, defaultMode: 0o555 } },
      { name: 'config', configMap: { name: configMaps.config } },
      { name: 'topology', configMap: { name: configMaps.topology } },
      { name: 'accounts', secret: { secretName: config.accountsSecret, defaultMode: 0o440 } },
      ...config.tlsSecret === undefined ? [] : [{ name: 'tls', secret: { secretName: config.tlsSecret, defaultMode: 0o440 } }],
      { name: 'podinfo', downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] } },
      ...config.userSecrets.length === 0 ? [] : [renderUserSecrets(config.userSecrets)],
      ...config.agentUsesApi ? [API_TOKEN] : [],
    ],
  };
}

function probe(name: string, { period, timeout, failureThreshold }: { period: number; timeout: number; failureThreshold: number }): Probe {
  return Probe.exec(['/scripts/probe.sh', name], {
    period: Duration.seconds(period), timeout: Duration.seconds(timeout), failureThreshold,
  });
}

/** A folder for each Secret, and in it a file for each key. One that is missing keeps no member from its start: the agent says it. */
function renderUserSecrets(secrets: MemberPodConfig['userSecrets']): Record<string, unknown> {
  const sources = secrets.map(({ secretName, keys }) => (
    { secret: { name: secretName, items: keys.map((key) => ({ key, path: `${secretName}/${key}` })), optional: true } }
  ));
  return { name: 'user-secrets', projected: { defaultMode: 0o440, sources } };
}
