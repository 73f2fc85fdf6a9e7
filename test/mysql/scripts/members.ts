import { scriptBundle } from '../../../lib/mysql/files/script-bundle';
import { Answer, Call, Sandbox, sandbox } from '../../support/bash';

export const SOURCE = 'mysql-source-0';
export const REPLICA = 'mysql-replica-0';
export const OTHER = 'mysql-replica-1';

/** The option file of root, with a password that is hard to quote. */
export const ROOT_OPTIONS = '[client]\nuser=root\npassword="root & \'its\' \\"\\\\pass$word"\nsocket=mysqld.sock\n';

/** What each directory with data of a server has. */
export const EACH_SERVER_HAS = ['mysql.ibd', '#innodb_redo'];

/** The statement with which every session of the scripts begins. */
export const SESSION_SETTINGS = /^readonly SESSION_SETTINGS="([^"]*)"/m
  .exec(scriptBundle('source-replica')['lib.sh'])![1].replaceAll('\\\n', '');

/**
 * Shell: a server is waited for until it says by `FREEZES` that it does not answer, not for a time, which a slow machine would exceed. The
 * clock, which stands still, goes on by that time.
 */
export const UNTIL_FROZEN = 'unset EPOCHSECONDS; EPOCHSECONDS=1000; read() { [[ $# == 5 && -n $4 ]] || { builtin read "$@"; return; }; '
  + 'until builtin read -t 0 -u "$4"; do if [[ -e $RUN/frozen ]]; then command rm "$RUN/frozen"; '
  + '((EPOCHSECONDS += $2)); return 142; fi; command sleep 0.02; done; '
  + 'builtin read "$@"; }; ';

/** Shell: what a server does that does not answer. */
export const FREEZES = '{ : >"$RUN/frozen"; exec sleep 20; }';

/** No answer of a test takes so long, however slow the machine is. */
export const ANSWER_SECONDS_MAX = '50';

/** What survey.sql tells of a member with data. */
export interface Survey {
  readonly epoch?: number;
  readonly source?: string;
  readonly readOnly?: number;
  readonly executed?: string;
  readonly received?: string;
  readonly purged?: string;
}

/** The pod of a member of a source and two replicas. */
export function member(name: string, environment: Record<string, string> = {}): Sandbox {
  const made = sandbox({ POD_NAME: name, ANSWER_SECONDS_MAX, ...environment });
  made.file('topology/members', [SOURCE, REPLICA, OTHER].map((line) => `${line}\n`).join(''));
  made.file('podinfo/labels', `app="mysql"\nmysql.role="${name === SOURCE ? 'source' : 'replica'}"\n`);
  made.file('run/incarnation', '1.5\n');
  made.file('run/root.cnf', ROOT_OPTIONS);
  return made;
}

export function hostOf(name: string): string {
  return `${name}.mysql-members.shop.svc.cluster.local`;
}

/** A member that answers the survey and takes statements. */
export function withData(name: string, survey: Survey = {}): Answer[] {
  const { epoch = 0, source = '-', readOnly = name === SOURCE ? 0 : 1, executed = 'a:1-5', received = '-', purged = '-' } = survey;
  const row = ['data', epoch, source, readOnly, executed, received, purged].join('\t');
  return [{ command: 'mysql', on: name, to: 'gtid_purged', says: `${row}\n` }];
}

/** A member that answers that it has no data. */
export function withoutData(name: string): Answer[] {
  return [{ command: 'mysql', on: `${name}:3307`, says: '1\n' }];
}

/** A statement without what the agent says before it. */
export function withoutSaid(input: string): string {
  return input.trim().replace(/^SET @cdk8s_stateful_says = '(?:[^']|'')*';\n/, '');
}

/** The statements that were run on a server, without those that only ask. */
export function statements(calls: Call[], on = 'local'): string[] {
  return calls.filter((call) => call.command === 'mysql' && call.on === on).map(({ input }) => withoutSaid(input))
    .filter((input) => input !== '' && !/^(--.*\n)*(SELECT\b(?! IF\(GET_LOCK)|DO 1\b)/.test(input));
}
