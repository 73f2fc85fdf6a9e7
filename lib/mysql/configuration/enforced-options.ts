import { PATHS } from '../constants/paths';
import { Options } from './option';

/** What the scripts, topologies, probes and Services rely on, in every cluster. */
export const ENFORCED_OPTIONS: Options = {
  // Paths. A data directory is created or cloned beside `data` and then renamed, so no file of it may be elsewhere.
  datadir: { value: `${PATHS.data}/data`, why: 'a server is initialised or cloned beside this folder and then renamed', noted: true },
  pid_file: { value: `${PATHS.run}/mysqld.pid`, why: 'the scripts find the server by it' },
  socket: { value: `${PATHS.run}/mysqld.sock`, why: 'probes and scripts log in over it' },
  tmpdir: { value: PATHS.temporary, why: 'the root file system is read-only' },

  // Connections.
  mysqlx: { value: 'OFF', why: 'no Service, policy or account is made for the X protocol on port 33060', noted: true },
  require_secure_transport: { value: 'ON', why: 'every TCP connection is encrypted; the socket is not concerned' },
  // Builds may default to a folder that is missing in the image, which ends mysqld.
  secure_file_priv: { value: 'NULL', why: 'SQL reads and writes no files of the server', noted: true },
  skip_name_resolve: { value: 'ON', why: 'pods have no reverse DNS that could be trusted, and a slow one would delay each log-in' },

  // Replication by GTID, from a server that is cloned or restored as well as from any other.
  enforce_gtid_consistency: { value: 'ON', why: 'replication positions itself by GTID' },
  gtid_mode: { value: 'ON', why: 'replication positions itself by GTID' },
  log_bin: { value: 'binlog', why: 'replicas, backups and recovery read the binary log, under a name that is the same in every pod' },
  log_replica_updates: { value: 'ON', why: 'any server may become the source of the others' },
  // The default has the host's name in it, which is another one after a clone or a restore.
  relay_log: { value: 'relay-log', why: 'the name must be the same in every pod' },
  replica_preserve_commit_order: { value: 'ON', why: 'a replica must never show a state that the source did not have' },

  // A server takes no writes until the agent has compared it with the other members.
  read_only: { value: 'ON', why: 'each server starts read-only, and its agent opens it if it is the source or the primary' },
  skip_replica_start: { value: 'ON', why: 'the agent starts replication after it has checked source and GTIDs', noted: true },
  offline_mode: { value: 'ON', why: 'each server starts fenced, and the agent lets clients in', noted: true },
  super_read_only: {
    value: 'ON', why: 'each server starts read-only, and its agent opens it if it is the source or the primary', noted: true,
  },

  performance_schema: { value: 'ON', why: 'probes and agents read the state of replication there' },
  // mysqld-auto.cnf, which SET PERSIST writes, would win over this file: https://dev.mysql.com/doc/refman/9.7/en/persisted-system-variables.html
  persisted_globals_load: { value: 'OFF', why: 'what SET PERSIST stored in the data would win over this file', noted: true },
  plugin_load_add: { value: 'mysql_clone.so', why: 'replicas and backups are made by CLONE' },
};

/** Over those, where a user of the application may connect without TLS. */
export const ENFORCED_WITH_OPTIONAL_TLS: Options = {
  require_secure_transport: {
    value: 'OFF', why: 'a user has MySqlUserTls.OPTIONAL; every other account has REQUIRE SSL', noted: true,
  },
};
