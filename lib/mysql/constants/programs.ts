/*
 * The programs of the pods, and the files that each one takes: the scripts that it sources and the SQL that it reads, directly or by way of
 * another script. All are names of files below `lib/mysql/scripts` and `lib/mysql/sql`. `test/mysql/constants/programs.test.ts` compares
 * this file with the scripts.
 */

/** The programs of a topology, or of Router. */
export interface Bundle {
  /** The folders of `scripts/` and `sql/` in which its files are. */
  readonly folders: string[];
  /** The programs that containers of these pods run, each with the files that it takes. */
  readonly programs: Record<string, string[]>;
  /** The programs that programs start. */
  readonly starts?: Record<string, string[]>;
}

/** The variables that only some programs get: those that take one of these files. All other variables are those of `lib.sh`. */
export const READ_BY: Record<string, string[]> = {
  DEFAULT_SOURCE: ['survey.sh', 'observe.sh', 'offline.sh', 'open-for-writes.sh', 'promote.sh', 'restore.sh'],
  MAX_LAG: ['decide.sh', 'decide-replica.sh', 'guard.sh', 'choose-donor.sh', 'page.sh'],
  SEMI_SYNCHRONOUS: ['act-source.sh', 'open-for-writes.sh'],
  SERVER_ID_BASE: ['server.sh'],
  TOPOLOGY: ['restore.sh'],
};

// Scripts that others source, each with the files that it takes itself.
const ACTING = ['stand-in.sh', 'yield.sh'];
const SURVEY = ['survey.sh', 'survey.sql'];
const SESSION = ['session.sh', 'member-state.sql'];
const RECONCILE = ['reconcile.sh', 'account-state.sql'];
const LOOK = ['look-at-members.sh', 'status.sql'];
const OWN_ACCOUNTS = ['accounts.sql', '*-accounts.sql']; // a topology may have a file with more accounts
const ACCOUNTS = ['accounts.sh', ...RECONCILE, 'passwords.sh', 'declared.sh', ...OWN_ACCOUNTS, 'metrics-account.sql'];
const DATA_DIRECTORY = ['data-directory.sh', ...OWN_ACCOUNTS, 'recipient.sql'];
const START_GROUP = ['start-group.sh', 'has-applied-all.sql', 'timeline.sql'];
const HAND_OVER = ['hand-over.sh', 'successor.sql', 'promotion.sql'];

/** The programs of all topologies. Each topology has its own file for some of the names, e.g. `survey.sql`. */
const OF_MEMBERS = {
  'server.sh': ['lib.sh', 'stand-in.sh', 'keep-stand-in.sh', 'end-without-data.sh', ...OWN_ACCOUNTS],
  'reprovision.sh': ['lib.sh', ...SURVEY, 'transactions.sh', ...DATA_DIRECTORY, 'replace-data.sh'],
  'probe.sh': [],
  'generate-accounts.sh': ['lib.sh', 'api.sh', 'user-secrets.sh'],
  'discard-passwords.sh': ['lib.sh', ...ACCOUNTS], // run by operators
  'diagnose.sh': ['lib.sh', 'diagnosis.sql'], // run by `cdk8s-stateful diagnose`
  'status.sh': ['lib.sh', ...LOOK, 'judge-status.sh', 'print-status.sh'], // run by operators
};

const GROUP: Bundle = {
  folders: ['shared', 'group'],
  programs: {
    ...OF_MEMBERS,
    'provision.sh': ['lib.sh', ...SURVEY, ...DATA_DIRECTORY, 'initialise.sh', 'provisioning.sh', 'view.sh'],
    'guard.sh': ['lib.sh', ...SURVEY, ...SESSION, 'says.sh', 'fence.sh', 'view.sh', 'member-row.sh'],
    'await-hand-over.sh': [],
    'agent.sh': [
      'lib.sh', ...SURVEY, 'transactions.sh', 'agent-loop.sh', ...ACTING, 'disk.sh', ...ACCOUNTS, 'certificate.sh', 'locks.sh', 'api.sh',
      'fence.sh', 'view.sh', 'labels.sh', 'events.sh', 'member-row.sh', 'observe.sh', 'compare.sh', 'history.sql', 'decide.sh',
      ...START_GROUP, 'bootstrap-group.sh', 'joining.sh', ...HAND_OVER, 'quorum.sh', 'act.sh', 'add-executed.sql', 'proof-waits.sql',
      'renew-view.sql',
    ],
    'operate.sh': [
      'lib.sh', ...SURVEY, 'transactions.sh', 'locks.sh', 'api.sh', 'view.sh', 'labels.sh', ...START_GROUP, 'bootstrap-group.sh',
      ...HAND_OVER, 'recover.sh',
    ],
  },
  starts: { 'server.sh': ['reprovision.sh', 'guard.sh', 'agent.sh'] },
};

const SOURCE_REPLICA: Bundle = {
  folders: ['shared', 'source-replica'],
  programs: {
    ...OF_MEMBERS,
    'provision.sh': [
      'lib.sh', ...SURVEY, 'transactions.sh', ...DATA_DIRECTORY, 'initialise.sh', 'provisioning.sh', 'member-list.sh',
    ],
    'agent.sh': [
      'lib.sh', ...SURVEY, 'transactions.sh', 'agent-loop.sh', ...ACTING, ...SESSION, 'says.sh', 'disk.sh', ...ACCOUNTS, 'certificate.sh',
      'member-list.sh', 'member-state.sh', 'offline.sh', 'serve-source.sql', 'observe.sh', 'decide.sh', 'decide-replica.sh', 'act.sh',
      'open-for-writes.sh', 'open-source.sql', 'act-source.sh', 'waits-for-replicas.sql', 'act-replica.sh',
    ],
    'promote.sh': [
      'lib.sh', ...SURVEY, 'locks.sh', 'transactions.sh', 'api.sh', 'member-state.sh', 'member-state.sql', 'candidates.sh', 'receivers.sh',
    ],
  },
  starts: { 'server.sh': ['reprovision.sh', 'agent.sh'] },
};

/** The programs of Routers before a group, and of what keeps the metadata that Routers read. */
const ROUTER: Bundle = {
  folders: ['shared', 'group', 'router'],
  programs: {
    'router.sh': ['lib.sh', 'agent-loop.sh', 'find-primary.sh', 'group-state.sql', 'bootstrap.sh'],
    'alive.sh': [],
    'probe.sh': [],
    'adopt.sh': [
      'lib.sh', ...SURVEY, 'agent-loop.sh', 'locks.sh', 'view.sh', ...RECONCILE, 'accounts-of-router.sh', 'router-account.sql',
      'metadata-state.sql', 'adopt.py',
    ],
  },
};

// What the programs of backups source, each with the files that it takes itself.
const STORE = ['store.sh', 'gtid-sets.awk'];
const FOUND = ['failure.sh', 'listing.sh', ...STORE];
const REPLAY = [
  'lib.sh', ...DATA_DIRECTORY, 'plan.sh', 'resolve-point.sh', 'find-point.awk', 'gtid-events.awk', 'replay-server.sh', 'replay.sh',
  'replay-state.sql',
];
const ANSWERS = ['lib.sh', ...SURVEY, 'inert.sh', 'answers.sh'];

/**
 * The programs of backups: those of `backup/` run in the image of the servers, those of `store/` in the images of restic and rclone.
 *
 * @param topology the folder of the topology
 * @param donors what tells which member a backup copies
 */
function backupBundle(topology: string, donors: string[]): Bundle {
  return {
    folders: ['shared', topology, 'backup', 'store'],
    programs: {
      'look.sh': FOUND,
      'copy.sh': [
        'lib.sh', ...SURVEY, 'transactions.sh', ...DATA_DIRECTORY, ...donors, 'inert.sh', 'choose-donor.sh', 'donor.sql', 'own-data.sh',
        'take-copy.sh', 'prove-copy.sh', 'copied.sql', 'info.sh',
      ],
      'store-base.sh': ['failure.sh', 'repository.sh', 'retention.sh', ...STORE],
      'keep.sh': [...FOUND, 'log-retention.sh'],
      'list.sh': [...FOUND, 'recoverable.sh'],
      'receive.sh': [
        'lib.sh', ...DATA_DIRECTORY, 'agent-loop.sh', ...SESSION, 'end-without-data.sh', 'info.sh', 'position.sh', 'receiver.sh',
        'receiver-state.sql', 'archive-logs.sh', 'whole-logs.sh', 'observe-archive.sh', 'primary-state.sql', 'compare.sql',
        'prove-archive.sh', 'tell-members.sh', 'decide-archive.sh', 'act-archive.sh',
      ],
      'probe.sh': [],
      'ship.sh': ['known.sh', ...STORE],
      'ask-members.sh': ANSWERS,
      'fetch-logs.sh': ['choose.sh', 'log-table.awk', ...STORE],
      'fetch-base.sh': STORE,
      'restore.sh': [...new Set([...ANSWERS, ...REPLAY]), 'new-timeline.sh', 'open-timeline.sql'],
      'drill.sh': [...REPLAY, 'info.sh', 'check.awk'],
      'publish-drill.sh': ['failure.sh', ...STORE],
      'dump.sh': [...REPLAY, 'info.sh', 'dump-databases.sh'],
      'store-dump.sh': ['failure.sh', 'repository.sh', ...STORE],
    },
  };
}

/** The program of the metrics of a topology, which runs in the image of the servers. */
function metricsBundle(topology: string): Bundle {
  return {
    folders: ['shared', topology, 'metrics'],
    programs: { 'facts.sh': ['lib.sh', ...LOOK, 'exporter-options.sh', 'page.sh', 'transactions.sql'] },
  };
}

export const BUNDLES = {
  group: GROUP, 'source-replica': SOURCE_REPLICA, router: ROUTER,
  'backup-group': backupBundle('group', ['donors.sh', 'view.sh']),
  'backup-source-replica': backupBundle('source-replica', ['donors.sh']),
  'metrics-group': metricsBundle('group'),
  'metrics-source-replica': metricsBundle('source-replica'),
};

export type BundleName = keyof typeof BUNDLES;
