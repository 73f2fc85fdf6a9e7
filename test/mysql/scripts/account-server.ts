import { join } from 'path';
import { Answer, Run, Sandbox } from '../../support/bash';
import { member, SOURCE } from './members';

const SCRIPT = join(__dirname, '../../support/account-server.sh');
const ALL_OF_DATABASE = [
  'SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'DROP', 'REFERENCES', 'INDEX', 'ALTER', 'CREATE TEMPORARY TABLES', 'LOCK TABLES',
  'EXECUTE', 'CREATE VIEW', 'SHOW VIEW', 'CREATE ROUTINE', 'ALTER ROUTINE', 'EVENT', 'TRIGGER',
];

/** Shell: what the server does with a statement. */
export const ACCOUNT_SERVER = 'declare -F account_server >/dev/null || source "$ACCOUNT_SERVER"; account_server';

/** A server with a root account alone, which may do all that there is. */
export const EMPTY = [
  'account\troot@localhost\tcaching_sha2_password\tNONE\tnone', 'privilege\troot@localhost\t*.*\tSELECT\tYES',
  'privilege\troot@localhost\t*.*\tSUPER\tYES', 'server\t1\t0\t0',
];

/** A server that keeps what statements say of accounts, grants and databases, and tells of it: account-server.sh. */
export class AccountServer {
  /** What a server tells of an account that has ALL PRIVILEGES on an object. */
  public static allOf(account: string, object: string): string[] {
    return ALL_OF_DATABASE.map((privilege) => `privilege\t${account}\t${object}\t${privilege}\tNO`);
  }

  public readonly bash: Sandbox;

  public constructor(declaration: string, environment: Record<string, string> = {}) {
    this.bash = member(SOURCE, { ALL_OF_DATABASE: ALL_OF_DATABASE.join(', '), ...environment });
    this.bash.environment.SERVER = join(this.bash.folder, 'server');
    this.declare(declaration);
    this.facts = EMPTY;
    this.bash.environment.ACCOUNT_SERVER = SCRIPT;
    const does = ACCOUNT_SERVER;
    this.bash.answers({ command: 'mysql', on: 'local', does }, { command: 'mysql', on: 'login', does });
  }

  /** What the server has, in order, as account-state.sql tells. */
  public get facts(): string[] {
    return this.bash.read('server/facts').trim().split('\n').sort();
  }

  public set facts(facts: string[]) {
    this.bash.file('server/facts', facts.map((line) => `${line}\n`).join(''));
  }

  /** The statements that changed something, in order, without signs of quotation. */
  public get changes(): string[] {
    return this.bash.exists('server/changes') ? this.bash.read('server/changes').trim().split('\n') : [];
  }

  public declare(declaration: string): void {
    this.bash.file('topology/declaration', declaration);
  }

  /** Gives a user of the application a password. */
  public user(name: string, password: string): void {
    this.bash.password(`user-secrets/${name}/password`, password);
  }

  /** Runs an agent's shell, in which `keep` is a look that says what came of it; answers of the test come before those of the server. */
  public keep(shell = 'keep', environment: Record<string, string> = {}, ...answers: Answer[]): Run {
    this.bash.answers(...answers);
    const settings = Object.entries(environment).map(([name, value]) => `export ${name}='${value}'; `).join('');
    return this.bash.run('lib.sh accounts.sh', `source "$ACCOUNT_SERVER"; export AGENT=$$; unset SECONDS; SECONDS=100; ${settings}`
      + `keep() { keep_accounts && echo kept || echo not; }; ${shell}`);
  }

  /** The lines about an account, without the account. */
  public of(account: string): string[] {
    return this.facts.filter((line) => line.split('\t')[1] === account && line.startsWith('privilege'))
      .map((line) => line.split('\t').slice(2).join(' '));
  }

  /** What it had before its n-th change. */
  public before(number: number): string[] {
    return this.bash.read(`server/before.${number}`).trim().split('\n');
  }
}
