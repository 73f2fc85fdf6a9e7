import { PATHS } from '../constants/paths';

/** What the containers of several parts mount, each under the name of its volume. */
export const MOUNTS = {
  accounts: { name: 'accounts', mountPath: PATHS.accounts, readOnly: true },
  run: { name: 'run', mountPath: PATHS.run },
  scripts: { name: 'scripts', mountPath: PATHS.scripts, readOnly: true },
  temporary: { name: 'tmp', mountPath: PATHS.temporary },
  tls: { name: 'tls', mountPath: PATHS.tls, readOnly: true },
  topology: { name: 'topology', mountPath: PATHS.topology, readOnly: true },
};

/** What the scripts of a pod write for each other. */
export const RUN_VOLUME = { name: MOUNTS.run.name, emptyDir: { medium: 'Memory', sizeLimit: '16Mi' } };

/** The scripts of a ConfigMap, as programs. */
export function scriptsVolume(configMap: string): Record<string, unknown> {
  return { name: MOUNTS.scripts.name, configMap: { name: configMap, defaultMode: 0o555 } };
}
