/** Where the containers of a cluster find what is mounted into them. */
export const PATHS = {
  accounts: '/secrets',
  config: '/config',
  data: '/var/lib/mysql',
  podInfo: '/podinfo',
  run: '/run/mysqld',
  scripts: '/scripts',
  temporary: '/tmp',
  tls: '/tls',
  topology: '/topology',
  userSecrets: '/user-secrets',
};

/** The path of a script in a container. */
export function script(name: string): string {
  return `${PATHS.scripts}/${name}`;
}
