import { ApiObject } from 'cdk8s';
import { ContainerResources, PodManagementPolicy } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { labelSet } from '../../core/labels';
import { requireUniqueInApp } from '../../core/registry';
import { requireOwnPods } from '../../core/selectors';
import { renderRollout } from '../../pod/render/rollout';
import { renderStatefulSet } from '../../pod/render/stateful-set';
import { Spreading } from '../../scheduling/spreading';
import { ClaimRetention } from '../../storage/claim-retention';
import { ClaimUse } from '../../storage/claim-use';
import { ClaimTemplates } from '../../storage/render/claim-templates';
import { VolumeClaim } from '../../storage/volume-claim';
import { PATHS } from '../constants/paths';
import { programsIn } from '../constants/program-files';
import { ClusterContext } from '../context/cluster-context';
import { memberSetName } from '../context/member-names';
import { MySqlStorage } from '../context/mysql-storage';
import { MemberSet } from '../topology/topology-config';
import { MemberExtrasConfig } from './member-extras';
import { renderMemberPod } from './member-pod';

/** What only the StatefulSets need. */
export interface MemberSetConfig {
  readonly set: MemberSet;
  readonly storage: MySqlStorage;
  readonly claimRetention?: ClaimRetention;
  readonly resources?: ContainerResources;
  readonly spreading?: Spreading;
  readonly gracePeriod: number;
  /** The checksum of what changes pods that run these programs. */
  readonly checksum: (programs: string[]) => string;
  readonly extras: MemberExtrasConfig;
}

/** The StatefulSet of the members of one kind, and the claims of its pods. */
export interface RenderedMemberSet {
  readonly statefulSet: ApiObject;
  readonly claims: () => VolumeClaim[];
}

/** The StatefulSet of the members of one kind, in a scope of its own. */
export function renderMemberSet(cluster: Construct, context: ClusterContext, config: MemberSetConfig): RenderedMemberSet {
  const { members, userLabels, podAnnotations, imagePullSecrets, security } = context;
  const { set, gracePeriod, checksum } = config;
  const { claimName = 'data', size, storageClassName, accessModes } = config.storage;
  const claim = { name: claimName, mountPath: PATHS.data, size, storageClassName, accessModes };
  const pod = renderMemberPod(cluster, context, { ...config, claim });
  const name = memberSetName(context.name, set);
  const labels = labelSet(cluster, {
    name: context.name,
    component: set.component,
    selector: { ...context.labels.selector, 'app.kubernetes.io/component': set.component },
    extra: { ...userLabels, 'mysql.role': set.role },
  });
  requireUniqueInApp(cluster, {
    property: 'name', value: name, what: 'a StatefulSet name', scoped: 'namespace', fix: 'give each cluster its own name',
  });
  requireOwnPods(cluster, labels);
  const claims = new ClaimTemplates(cluster, [claim], ClaimUse.DATABASE);
  const statefulSet = renderStatefulSet(new Construct(cluster, set.component), {
    name,
    serviceName: context.names.members,
    labels,
    replicas: set.replicas,
    claims,
    claimRetention: config.claimRetention ?? ClaimRetention.retain(),
    security,
    ...pod,
    spec: renderRollout(cluster, set.replicas, { podManagementPolicy: PodManagementPolicy.PARALLEL }),
    podSpec: { terminationGracePeriodSeconds: gracePeriod },
    podAnnotations: { ...podAnnotations, 'checksum/config': checksum(programsIn([pod.initContainers, pod.containers])) },
    scheduling: { ...set.scheduling, spreading: config.spreading },
    spreadOver: { selector: context.labels.selector, count: members.length },
    access: { serviceAccountName: context.name, imagePullSecrets },
  });
  return { statefulSet, claims: () => claims.claims(name, [...Array(set.replicas).keys()]) };
}
