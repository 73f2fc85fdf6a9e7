import { Answer } from '../../support/bash';
import { AccountServer } from './account-server';

export const SYSTEM = ['admin', 'clone', 'monitor', 'replication'];

/** What lists all that a server has. */
export const TELLS: Answer = { command: 'mysql', on: 'local', to: 'SELECT \'end\'' };

const DECLARATION = [
  'database\tshop\tutf8mb4\tutf8mb4_bin', 'user\tapp\tapp/password', 'grant\tapp\tSELECT, INSERT\tshop', '',
].join('\n');

let whole: string[] | undefined;

/** The facts of a server on which the accounts of the cluster are in force, changed where a line begins so. */
export function inForce(begin = '-', change: (line: string) => string = (line) => line): string[] {
  if (whole === undefined) {
    const first = new AccountServer('');
    first.keep();
    whole = first.facts;
  }
  return whole.map((line) => (line.startsWith(begin) ? change(line) : line));
}

/** A server with these facts, and a declaration: a database, and a user that may read and insert. */
export function accountServer(declaration = DECLARATION, facts: string[] = inForce()): AccountServer {
  const made = new AccountServer(declaration);
  made.facts = facts;
  SYSTEM.forEach((account) => made.bash.file(`server/${account}@%`, `${account} & 'its' "\\pass$word\n`));
  ['app', 'other', 'first'].forEach((user) => made.user(user, `${user} 'word'`));
  return made;
}

/** The declaration that a server has by default, and more. */
export function declaredBesides(more: string): string {
  return DECLARATION + more;
}
