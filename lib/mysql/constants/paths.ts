/** Where the containers of a cluster find what is mounted into them. */
export const PATHS = {
  accounts: '/secrets',
  backup: '/backup',
  config: '/config',
  data: '/var/lib/mysql',
  encryptionKey: '/encryption-key',
  exporterOptions: '/exporter',
  pages: '/pages',
  podInfo: '/podinfo',
  run: '/run/mysqld',
  scratch: '/scratch',
  scripts: '/scripts',
  spool: '/spool',
  store: '/store',
  storeAuthority: '/store-ca',
  storeCredentials: '/store-credentials',
  storeRun: '/run/backup',
  temporary: '/tmp',
  tls: '/tls',
  topology: '/topology',
  userSecrets: '/user-secrets',
};

/** The path of a script in a container. */
export function script(name: string): string {
  return `${PATHS.scripts}/${name}`;
}
