import { PATHS } from '../constants/paths';

/**
 * What the containers of several parts mount, each under the name of its volume. No mount says `readOnly`: Kubernetes always mounts
 * ConfigMaps and Secrets read-only.
 */
export const MOUNTS = {
  accounts: { name: 'accounts', mountPath: PATHS.accounts },
  run: { name: 'run', mountPath: PATHS.run },
  scripts: { name: 'scripts', mountPath: PATHS.scripts },
  temporary: { name: 'tmp', mountPath: PATHS.temporary },
  tls: { name: 'tls', mountPath: PATHS.tls },
  topology: { name: 'topology', mountPath: PATHS.topology },
};

/** What a container mounts that runs scripts as a client of the members. */
export function clientMounts(tlsSecret?: string): { readonly name: string; readonly mountPath: string }[] {
  const { run, temporary, scripts, topology, accounts, tls } = MOUNTS;
  return [run, temporary, scripts, topology, accounts, ...tlsSecret === undefined ? [] : [tls]];
}

/** What the scripts of a pod write for each other. */
export const RUN_VOLUME = { name: MOUNTS.run.name, emptyDir: { medium: 'Memory', sizeLimit: '16Mi' } };

/** The scripts of ConfigMaps, as programs in one folder. */
export function scriptsVolume(...configMaps: string[]): Record<string, unknown> {
  const [name, ...more] = configMaps;
  return { name: MOUNTS.scripts.name, ...more.length === 0 ? { configMap: { name, defaultMode: 0o555 } } : {
    projected: { defaultMode: 0o555, sources: configMaps.map((source) => ({ configMap: { name: source } })) },
  } };
}
