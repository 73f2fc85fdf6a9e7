import { Duration } from 'cdk8s';
import { ContainerResources } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Probe } from '../../pod/probe';
import { renderProbes } from '../../pod/render/probes';
import { renderResources } from '../../pod/render/resources';
import { ContainerConfig } from '../../pod/render/stateful-set';
import { ClaimTemplate } from '../../storage/claim-template';
import { ResolvedUser } from '../accounts/databases-and-users';
import { PATHS, script } from '../constants/paths';
import { MYSQL_PORT, MYSQL_PORT_NAME } from '../constants/ports';
import { programsIn, variablesFor } from '../constants/program-files';
import { ClusterContext } from '../context/cluster-context';
import { AGENT_RESOURCES, DEFAULT_RESOURCES } from '../context/default-resources';
import { MOUNTS, RUN_VOLUME, scriptsVolume } from '../context/mounts';
import { renderEnvironment } from '../context/pod-environment';
import { pullPolicy } from '../context/pull-policy';
import { MemberSet } from '../topology/topology-config';
import { MemberExtrasConfig, renderMemberExtras } from './member-extras';

/** The settings of the pods of members. */
export interface MemberPodConfig {
  readonly set: MemberSet;
  readonly resources?: ContainerResources;
  readonly claim: ClaimTemplate;
  readonly extras: MemberExtrasConfig;
  readonly gracePeriod: number;
}

/** The containers and volumes of a member. */
export interface MemberPod {
  readonly containers: ContainerConfig[];
  readonly initContainers: ContainerConfig[];
  readonly volumes: Record<string, unknown>[];
}

/** `status` as a command on PATH: for `kubectl exec POD --container agent -- status`. */
const STATUS_COMMAND = { name: MOUNTS.scripts.name, mountPath: '/usr/local/bin/status', subPath: 'status.sh' };

/** What the scripts know of their pod. */
const POD_INFO = ['labels', 'uid'].map((path) => ({ path, fieldRef: { fieldPath: `metadata.${path}` } }));

/** A Secret with passwords of users, and the keys that are used of it. */
interface UserSecret {
  readonly secretName: string;
  readonly keys: string[];
}

/*
 * An hour to start, since crash recovery and a new copy of the data take their time; liveness itself waits for both (probe.sh).
 * Readiness is the verdict of the agent, which looks every 4 s, in a group every second.
 */
const STARTUP = probe('startup', { period: 5, timeout: 5, failureThreshold: 720 });
const READINESS = probe('readiness', { period: 5, timeout: 3, failureThreshold: 2 });
const LIVENESS = probe('liveness', { period: 30, timeout: 10, failureThreshold: 4 });

/** The pod of a member: an init container that creates or clones the data directory, the server, and the agent beside it. */
export function renderMemberPod(scope: Construct, context: ClusterContext, config: MemberPodConfig): MemberPod {
  const { set, claim, extras, gracePeriod } = config;
  const { image, names, topology, accountsSecret, tlsSecret } = context;
  const environment = { ...names.environment, ...topology.environment, SERVER_ID_BASE: String(set.serverIdBase) };
  const common = { image, imagePullPolicy: pullPolicy(context, image) };
  const withEnvironment = (container: ContainerConfig): ContainerConfig => (
    { ...container, env: renderEnvironment(variablesFor(topology.scripts, programsIn(container), environment)) }
  );
  const userSecrets = bySecret(context.users);
  const mounts = [
    { name: claim.name, mountPath: PATHS.data },
    MOUNTS.run,
    MOUNTS.scripts,
    MOUNTS.topology,
    MOUNTS.accounts,
    ...tlsSecret === undefined ? [] : [MOUNTS.tls],
  ];
  const configMount = { name: 'config', mountPath: PATHS.config };
  const scratch = MOUNTS.temporary;
  const podInfo = { name: 'podinfo', mountPath: PATHS.podInfo };
  const resources = renderResources(scope, config.resources, DEFAULT_RESOURCES);
  const ofServer = [...mounts, configMount, scratch];
  const ofAgent = [
    ...mounts,
    podInfo,
    STATUS_COMMAND,
    ...userSecrets.length === 0 ? [] : [{ name: 'user-secrets', mountPath: PATHS.userSecrets }],
    ...topology.agentAccess.volumeMounts,
  ];
  const volumes = [
    RUN_VOLUME,
    { name: 'tmp', emptyDir: {} },
    scriptsVolume(names.configMaps.scripts),
    { name: 'config', configMap: { name: names.configMaps.config } },
    { name: 'topology', configMap: { name: names.configMaps.topology } },
    { name: 'accounts', secret: { secretName: accountsSecret, defaultMode: 0o440 } },
    ...tlsSecret === undefined ? [] : [{ name: 'tls', secret: { secretName: tlsSecret, defaultMode: 0o440 } }],
    { name: 'podinfo', downwardAPI: { items: POD_INFO } },
    ...userSecrets.length === 0 ? [] : [renderUserSecrets(userSecrets)],
    ...topology.agentAccess.volumes,
  ];
  const added = renderMemberExtras(scope, extras, {
    claim,
    containerNames: ['provision', 'mysqld', 'agent'],
    volumeNames: [claim.name, ...volumes.map(({ name }) => name as string)],
    mountPaths: [...ofServer, podInfo].map(({ mountPath }) => mountPath),
    security: context.security,
    gracePeriod,
  });
  return {
    initContainers: [{
      ...common,
      name: 'provision',
      command: [script('provision.sh')],
      resources,
      volumeMounts: ofServer,
    }].map(withEnvironment),
    containers: [
      {
        ...common,
        name: 'mysqld',
        command: [script('server.sh')],
        ports: [{ containerPort: MYSQL_PORT, name: MYSQL_PORT_NAME }],
        resources,
        ...topology.serverPreStop === undefined ? {} : { lifecycle: { preStop: { exec: { command: topology.serverPreStop } } } },
        ...renderProbes(scope, { startup: STARTUP, readiness: READINESS, liveness: LIVENESS }),
        volumeMounts: [...ofServer, podInfo, ...added.volumeMounts],
      },
      {
        ...common,
        name: 'agent',
        command: [script('agent.sh')],
        resources: renderResources(scope, undefined, AGENT_RESOURCES),
        volumeMounts: ofAgent,
      },
    ].map(withEnvironment).concat(added.containers),
    volumes: [...volumes, ...added.volumes],
  };
}

function probe(name: string, { period, timeout, failureThreshold }: { period: number; timeout: number; failureThreshold: number }): Probe {
  return Probe.exec([script('probe.sh'), name], {
    period: Duration.seconds(period), timeout: Duration.seconds(timeout), failureThreshold,
  });
}

/** A folder for each Secret, and in it a file for each key. One that is missing keeps no member from its start: the agent says it. */
function renderUserSecrets(secrets: UserSecret[]): Record<string, unknown> {
  const sources = secrets.map(({ secretName, keys }) => (
    { secret: { name: secretName, items: keys.map((key) => ({ key, path: `${secretName}/${key}` })), optional: true } }
  ));
  return { name: 'user-secrets', projected: { defaultMode: 0o440, sources } };
}

/** The Secrets that hold passwords of users, each with the keys that are used of it. */
function bySecret(users: ResolvedUser[]): UserSecret[] {
  const keys = new Map<string, string[]>();
  for (const { secretName, secretKey } of users) {
    keys.set(secretName, [...new Set([...keys.get(secretName) ?? [], secretKey])]);
  }
  return [...keys].map(([secretName, names]) => ({ secretName, keys: names }));
}
