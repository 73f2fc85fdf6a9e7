import { ApiObject } from 'cdk8s';
import { PodManagementPolicy } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { labelSet } from '../core/labels';
import { requireUniqueInApp } from '../core/registry';
import { requireOwnPods } from '../core/selectors';
import { renderRollout } from '../pod/render/rollout';
import { renderStatefulSet } from '../pod/render/stateful-set';
import { ClaimRetention } from '../storage/claim-retention';
import { ClaimUse } from '../storage/claim-use';
import { ClaimTemplates } from '../storage/render/claim-templates';
import { VolumeClaim } from '../storage/volume-claim';
import { ClusterContext } from './cluster-context';
import { memberSetName } from './member-names';
import { MemberPod } from './member-pod';
import { memberSecurity } from './member-security';
import { MemberSet } from './topology/topology-config';

const DATA_PATH = '/var/lib/mysql';

export interface MemberSetConfig {
  readonly set: MemberSet;
  readonly pod: MemberPod;
  readonly gracePeriod: number;
  /** The checksum of what changes the pods. */
  readonly checksum: string;
}

/** The StatefulSet of the members of one kind, and the claims of its pods. */
export interface RenderedMemberSet {
  readonly statefulSet: ApiObject;
  readonly claims: () => VolumeClaim[];
}

/** The StatefulSet of the members of one kind, in a scope of its own. */
export function renderMemberSet(cluster: Construct, context: ClusterContext, config: MemberSetConfig): RenderedMemberSet {
  const { props, members } = context;
  const { set, pod, gracePeriod, checksum } = config;
  const name = memberSetName(context.name, set);
  const labels = labelSet(cluster, {
    name: context.name,
    component: set.component,
    selector: { ...context.labels.selector, 'app.kubernetes.io/component': set.component },
    extra: { ...props.labels, 'mysql.role': set.role },
  });
  requireUniqueInApp(cluster, {
    property: 'name', value: name, what: 'a StatefulSet name', scoped: 'namespace', cure: 'give each cluster its own name',
  });
  requireOwnPods(cluster, labels);
  const { claimName = 'data', size, storageClassName, accessModes } = props.storage;
  const claims = new ClaimTemplates(
    cluster, [{ name: claimName, mountPath: DATA_PATH, size, storageClassName, accessModes }], ClaimUse.DATABASE,
  );
  const statefulSet = renderStatefulSet(new Construct(cluster, set.component), {
    name,
    serviceName: context.names.members,
    labels,
    replicas: set.replicas,
    claims,
    claimRetention: props.claimRetention ?? ClaimRetention.retain(),
    security: memberSecurity(cluster, props),
    ...pod,
    spec: renderRollout(cluster, set.replicas, { podManagementPolicy: PodManagementPolicy.PARALLEL }),
    podSpec: { terminationGracePeriodSeconds: gracePeriod },
    podAnnotations: { ...props.podAnnotations, 'checksum/config': checksum },
    scheduling: { ...set.scheduling, spreading: props.spreading },
    spreadOver: { selector: context.labels.selector, count: members.length },
    access: { serviceAccountName: context.name, imagePullSecrets: props.imagePullSecrets },
  });
  return { statefulSet, claims: () => claims.claims(name, [...Array(set.replicas).keys()]) };
}
