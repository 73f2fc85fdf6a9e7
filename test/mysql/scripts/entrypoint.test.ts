import { scriptBundle } from '../../../lib/mysql/files/script-bundle';

const SCRIPTS = scriptBundle('source-replica');

/**
 * What docker-entrypoint.sh of the official image (docker-library/mysql 7f30fdb) does at the first start, since its entrypoint is not used:
 * where the scripts do the same, or why they do not.
 */
const STEPS: [step: string, done: { file: string; text: string } | { not: string }][] = [
  ['checks the configuration before it begins', { not: 'names are checked at synthesis; mysqld says what else is wrong' }],
  ['refuses MYSQL_USER=root and missing passwords', { file: 'lib.sh', text: 'log ERROR "key $1 of the accounts\' Secret' }],
  ['makes the data folder, and those of the socket and of secure_file_priv', { not: 'they are volumes; secure_file_priv is NULL' }],
  ['makes the folders of general_log_file and slow_query_log_file', { not: 'the root file system is read-only: name a file' }],
  ['gives the folders to the user mysql', { not: 'fsGroup of the pod does' }],
  ['initialises with --initialize-insecure', { file: 'initialise.sh', text: '--initialize-insecure' }],
  ['... in the time zone SYSTEM', { file: 'initialise.sh', text: '--default-time-zone=SYSTEM' }],
  ['... with autocommit', { file: 'initialise.sh', text: '--autocommit=ON' }],
  ['starts a server without a network to set it up', { not: 'the init file is run while the data is made' }],
  ['loads the named time zones', { file: 'data-directory.sh', text: 'mysql_tzinfo_to_sql "$ZONES"' }],
  ['... but for the zone Factory, whose abbreviation is too long', { file: 'data-directory.sh', text: 'FCTY' }],
  ['keeps root@localhost out of the binary log', { file: 'accounts.sql', text: 'SET SESSION sql_log_bin = 0,' }],
  ['gives root@localhost a password', { file: 'accounts.sql', text: 'ALTER USER root@localhost IDENTIFIED BY <root-password>' }],
  ['makes root@% with all rights', { file: 'accounts.sql', text: 'GRANT ALL ON *.* TO admin@\'%\' WITH GRANT OPTION' }],
  ['makes MYSQL_DATABASE', { file: 'declared.sh', text: 'CREATE DATABASE IF NOT EXISTS' }],
  ['makes MYSQL_USER with all rights on it', { file: 'declared.sh', text: 'CREATE USER IF NOT EXISTS' }],
  ['runs /docker-entrypoint-initdb.d', { not: 'databases and users are declared; tables are the application\'s' }],
  ['expires the password of root with MYSQL_ONETIME_PASSWORD', { not: 'passwords follow the Secret' }],
  ['stops the server and starts it again in the foreground', { file: 'server.sh', text: 'mysqld --defaults-file="$CONFIG/my.cnf"' }],
];

test.each(STEPS)('the official entrypoint %s', (_, done) => {
  expect('not' in done ? done.not : SCRIPTS[done.file]).toContain('not' in done ? ' ' : done.text);
});
