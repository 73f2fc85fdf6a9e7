import { ContainerResources } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { renderResources } from '../../../pod/render/resources';
import { ContainerConfig } from '../../../pod/render/stateful-set';
import { PATHS, script } from '../../constants/paths';
import { variablesFor } from '../../constants/program-files';
import { BundleName } from '../../constants/programs';
import { ClusterContext } from '../../context/cluster-context';
import { COPY_RESOURCES, RCLONE_RESOURCES, RESTIC_RESOURCES } from '../../context/default-resources';
import { MOUNTS } from '../../context/mounts';
import { renderEnvironment } from '../../context/pod-environment';
import { pullPolicy } from '../../context/pull-policy';
import { ResolvedStore } from '../mysql-backup';

/** A container of a pod of the backups. */
export interface BackupContainer {
  readonly name: string;
  /** The program, which says by its folder in which image it runs. */
  readonly program: string;
  readonly environment: Record<string, string>;
  readonly volumeMounts: { readonly name: string; readonly mountPath: string }[];
  /** Whether it reads no password of an account and speaks to no other server. */
  readonly isAlone?: boolean;
  readonly resources?: ContainerResources;
  /** Further fields. */
  readonly fields?: Record<string, unknown>;
}

/** The programs of the backups of a topology. */
export function backupBundle({ topology }: ClusterContext): BundleName {
  return `backup-${topology.scripts as 'group' | 'source-replica'}`;
}

/** A container with the image of the members: it speaks to them, and knows nothing of the store. */
export function renderServerContainer(scope: Construct, context: ClusterContext, container: BackupContainer): ContainerConfig {
  const { image, names, topology, tlsSecret } = context;
  return {
    name: container.name,
    image,
    imagePullPolicy: pullPolicy(context, image),
    command: [script(container.program)],
    env: renderEnvironment(variablesFor(backupBundle(context), [container.program], {
      ...names.environment, ...topology.environment, TOPOLOGY: topology.scripts, ...container.environment,
    })),
    resources: renderResources(scope, container.resources, COPY_RESOURCES),
    ...container.fields,
    volumeMounts: [
      MOUNTS.run,
      MOUNTS.temporary,
      MOUNTS.scripts,
      MOUNTS.topology,
      { name: 'config', mountPath: PATHS.config },
      ...container.isAlone ? [] : [MOUNTS.accounts],
      ...container.isAlone || tlsSecret === undefined ? [] : [MOUNTS.tls],
      ...container.volumeMounts,
    ],
  };
}

/** A container with rclone or restic: it speaks to the store, and has no account of the servers. */
export function renderStoreContainer(
  scope: Construct, context: ClusterContext, store: ResolvedStore, tool: 'rclone' | 'restic', container: BackupContainer,
): ContainerConfig {
  const image = tool === 'rclone' ? store.rcloneImage : store.resticImage;
  return {
    name: container.name,
    image,
    imagePullPolicy: pullPolicy(context, image),
    command: [script(container.program)],
    env: Object.entries({ ...store.environment, ...container.environment }).sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => ({ name, value })),
    resources: renderResources(scope, container.resources, tool === 'rclone' ? RCLONE_RESOURCES : RESTIC_RESOURCES),
    ...container.fields,
    volumeMounts: [
      { name: 'store-run', mountPath: PATHS.storeRun },
      MOUNTS.temporary,
      MOUNTS.scripts,
      { name: 'encryption-key', mountPath: PATHS.encryptionKey },
      ...store.credentials?._secretName === undefined ? [] : [{ name: 'store-credentials', mountPath: PATHS.storeCredentials }],
      ...store.authoritySecretName === undefined ? [] : [{ name: 'store-ca', mountPath: PATHS.storeAuthority }],
      ...store.volume === undefined ? [] : [{ name: store.volume.name, mountPath: PATHS.store }],
      ...container.volumeMounts,
    ],
  };
}
