import { Construct } from 'constructs';
import { LabelSet } from '../../../core/labels';
import { renderPodAccess } from '../../../pod/render/pod-access';
import { renderContainerSecurityContext, renderPodSecurityContext } from '../../../pod/render/pod-security-context';
import { ContainerConfig } from '../../../pod/render/stateful-set';
import { MYSQL_PORT } from '../../constants/ports';
import { ClusterContext } from '../../context/cluster-context';
import { ResolvedStore } from '../mysql-backup';
import { renderServerVolumes, renderStoreVolumes } from './backup-volumes';

/** The pods of a Job of the backups. */
export interface BackupPodConfig {
  readonly labels: LabelSet;
  readonly store: ResolvedStore;
  /** The containers in their order: each begins when the one before has succeeded. */
  readonly steps: ContainerConfig[];
  /** The accounts whose passwords a step with a server may read; left out no step runs a server. */
  readonly accounts?: string[];
  /** Whether the pod waits for the Secret of the accounts. */
  readonly awaitsAccounts?: boolean;
  readonly volumes: Record<string, unknown>[];
  /** How long the pod may take to stop; left out it is 30. */
  readonly gracePeriodSeconds?: number;
}

/** The template of pods that take their steps one after the other, as restricted as pods can be and without a token. */
export function renderBackupPod(scope: Construct, context: ClusterContext, config: BackupPodConfig): Record<string, unknown> {
  const { security, imagePullSecrets } = context;
  const { labels, store, steps, accounts, awaitsAccounts, volumes, gracePeriodSeconds } = config;
  const securityContext = renderContainerSecurityContext(security);
  const secured = steps.map((step) => ({ securityContext, ...step }));
  return {
    metadata: { labels: labels.common },
    spec: {
      ...renderPodAccess(scope, { serviceAccountName: store.credentials?._serviceAccountName, imagePullSecrets }),
      containers: secured.slice(-1),
      enableServiceLinks: false,
      initContainers: secured.length > 1 ? secured.slice(0, -1) : undefined,
      restartPolicy: 'Never',
      securityContext: renderPodSecurityContext(scope, security, [MYSQL_PORT]),
      terminationGracePeriodSeconds: gracePeriodSeconds,
      volumes: [
        ...renderStoreVolumes(context, store),
        ...accounts === undefined ? [] : renderServerVolumes(context, accounts, awaitsAccounts),
        ...volumes,
      ],
    },
  };
}
