import { BundleName } from '../../../../lib/mysql/constants/programs';
import { Sandbox, sandbox } from '../../../support/bash';

/** The pod of a backup, which is no member. */
export function backupPod(bundle: BundleName, members: string[]): Sandbox {
  const made = sandbox({ POD_NAME: 'mysql-backup-1', CLUSTER: 'shop/mysql' }, bundle);
  made.file('topology/members', members.map((line) => `${line}\n`).join(''));
  return made;
}
