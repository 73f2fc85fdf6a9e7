import { Labels } from '../../../core/labels';
import { quantity } from '../../../core/quantity';
import { PATHS } from '../../constants/paths';
import { ClusterContext } from '../../context/cluster-context';
import { MOUNTS, RUN_VOLUME, scriptsVolume } from '../../context/mounts';
import { ResolvedStore } from '../mysql-backup';
import { ResolvedScratch } from '../mysql-backups';

/** A Secret or a key that is missing would hang the pod; so the scripts say it. */
const SAID = { optional: true };

/** Where containers have the copy of the data. */
export const SCRATCH_MOUNT = { name: 'scratch', mountPath: PATHS.scratch };

/** The name of the ConfigMap with the scripts of the backups. */
export function backupScripts({ name }: Pick<ClusterContext, 'name'>): string {
  return `${name}-backup-scripts`;
}

/** The volumes of a pod that reaches the store, apart from its own. */
export function renderStoreVolumes(context: ClusterContext, store: ResolvedStore): Record<string, unknown>[] {
  const { credentials, authoritySecretName, encryptionKey, volume } = store;
  const secret = (name: string, secretName: string, items: Labels) => ({
    name,
    secret: { secretName, defaultMode: 0o440, items: Object.entries(items).map(([key, path]) => ({ key, path })), ...SAID },
  });
  return [
    { name: 'tmp', emptyDir: { sizeLimit: '512Mi' } },
    { name: 'store-run', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
    scriptsVolume(context.names.configMaps.scripts, backupScripts(context)),
    secret('encryption-key', encryptionKey._secretName, { [encryptionKey._key]: 'password' }),
    ...credentials?._secretName === undefined ? [] : [
      secret('store-credentials', credentials._secretName, Object.fromEntries(credentials._keys.map((key) => [key, key]))),
    ],
    ...authoritySecretName === undefined ? [] : [secret('store-ca', authoritySecretName, { 'ca.crt': 'ca.crt' })],
    ...volume === undefined ? [] : [volume._toKube()!],
  ];
}

/**
 * The volumes of a pod that runs a server, apart from its data.
 *
 * @param accounts those whose passwords the pod may read
 * @param isAwaited whether the pod waits until the Secret is there, as a Job makes it in a cluster that just starts
 */
export function renderServerVolumes(
  { names, accountsSecret, tlsSecret }: ClusterContext, accounts: string[], isAwaited = false,
): Record<string, unknown>[] {
  return [
    RUN_VOLUME,
    { name: 'config', configMap: { name: names.configMaps.config } },
    { name: 'topology', configMap: { name: names.configMaps.topology } },
    ...accounts.length === 0 ? [] : [{
      name: MOUNTS.accounts.name,
      secret: {
        secretName: accountsSecret,
        defaultMode: 0o440,
        items: accounts.map((account) => `${account}-password`).map((key) => ({ key, path: key })),
        ...isAwaited ? {} : SAID,
      },
    }],
    ...accounts.length === 0 || tlsSecret === undefined ? [] : [{ name: 'tls', secret: { secretName: tlsSecret, defaultMode: 0o440 } }],
  ];
}

/** A volume that exists as long as its pod. */
export function renderScratch({ size, storageClassName }: ResolvedScratch, labels: Labels): Record<string, unknown> {
  return {
    name: SCRATCH_MOUNT.name,
    ephemeral: {
      volumeClaimTemplate: {
        metadata: { labels },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: quantity(size) } }, storageClassName },
      },
    },
  };
}
