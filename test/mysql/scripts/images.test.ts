import { readFileSync } from 'fs';
import { join } from 'path';
import { BUNDLES } from '../../../lib/mysql/constants/programs';
import { bundlePaths } from '../../../lib/mysql/files/script-bundle';
import { ROOT } from '../../support/paths';
import { SCRIPT_FILES } from '../../support/script-uses';
import { commandsCalledBy, functionsIn } from '../../support/shell-commands';
import { shellModules } from '../../support/shell-modules';

/*
 * What the scripts call, and what the official images have of it.
 *
 * mysql: oraclelinux:9-slim with the packages of Dockerfile.oracle (docker-library/mysql): bash 5.1, coreutils, findutils, gawk, sed, grep,
 * gzip, xz, zstd, bzip2, openssl, curl, and of the server mysqld, mysql, mysqladmin, mysqldump, mysql_tzinfo_to_sql; MySQL Shell. It has no
 * tar, perl, procps, diff, hostname, xxd and no mysqlbinlog (packaging/rpm-docker/mysql.spec.in, "Removing some tools").
 * restic: alpine with restic and jq (docker/Dockerfile of restic/restic). rclone: alpine with rclone (Dockerfile of rclone/rclone). Their
 * shell and tools are BusyBox' of alpine's package (main/busybox/busyboxconfig of alpine/aports).
 */
const MYSQL = `awk base64 basename cat chmod comm cp curl cut date dd df dirname du env expr find flock grep gzip head install join link ln ls mkdir mkfifo mktemp
  mv mysql mysql_tzinfo_to_sql mysqladmin mysqld mysqldump mysqlsh nl numfmt od openssl paste readlink realpath rm rmdir sed seq sha256sum
  sleep sort split stat sync tac tail tee test timeout touch tr truncate uniq unlink wc xargs xz zstd`.split(/\s+/);
const BUSYBOX = `awk base64 basename cat chmod cmp comm cp cut date dd df dirname du env expr find flock grep gzip head id install link ln ls md5sum mkdir mkfifo
  mktemp mv nl od paste readlink realpath rm rmdir sed seq sha256sum sleep sort split stat sync tac tail tee test timeout touch
  tr truncate uniq unlink wc xargs`.split(/\s+/);
const RESTIC = [...BUSYBOX, 'restic', 'jq', 'rclone']; // store.sh serves both images: what it has for rclone is not called here
const RCLONE = [...BUSYBOX, 'rclone'];
const ROUTER = [...MYSQL, 'mysqlrouter'];

/** The programs whose image is that of restic; all others of `store/` run in that of rclone. */
const OF_RESTIC = ['store-base.sh', 'store-dump.sh', 'fetch-base.sh'];
/** Functions that call a command that stands behind their own words. */
const WRAPPERS = { attempt: 1, coproc: 1, timeout: 1, try: 0, unless_full: 0, xargs: 0 };
const FUNCTIONS = shellModules().flatMap(({ text }) => functionsIn(text));

const scripts = (bundle: keyof typeof BUNDLES, program: string) => (
  bundlePaths(BUNDLES[bundle], [program]).filter(([name]) => name.endsWith('.sh')));

function imageOf(bundle: keyof typeof BUNDLES, program: string): [name: string, commands: string[]] {
  const { folder } = SCRIPT_FILES.find(({ name, folder: one }) => name === program && BUNDLES[bundle].folders.includes(one))!;
  if (folder === 'store') {
    return OF_RESTIC.includes(program) ? ['restic', RESTIC] : ['rclone', RCLONE];
  }
  return bundle === 'router' ? ['router', ROUTER] : ['mysql', MYSQL];
}

const PROGRAMS = (Object.keys(BUNDLES) as (keyof typeof BUNDLES)[]).flatMap((bundle) => (
  Object.keys(BUNDLES[bundle].programs).map((program) => [bundle, program, imageOf(bundle, program)[0]] as const)));

function called(bundle: keyof typeof BUNDLES, program: string): string[] {
  const texts = scripts(bundle, program).map(([, path]) => readFileSync(path, 'utf8'));
  return [...new Set(texts.flatMap((text) => commandsCalledBy(text, FUNCTIONS, WRAPPERS)))].sort();
}

test.each(PROGRAMS)('of %s %s calls only what the image %s has', (bundle, program) => {
  const [, commands] = imageOf(bundle, program);
  expect(called(bundle, program).filter((command) => !commands.includes(command))).toEqual([]);
});

describe('the reader of scripts', () => {
  test('finds what is called wherever it stands', () => {
    const text = `first="$(one | two)" # not three
f() {
\t[[ $x == *"$(four)"* ]] || five <<<"$(six "\${y:-$(seven)}")"
\tcase $x in a | b) eight ;; *) nine >ten ;; esac
\twhile read -r line; do eleven; done < <(twelve)
\t((x > 1 && y)) && timeout 5 thirteen | try fourteen
\tcat <<-END
\t\tnot fifteen; $(sixteen)
\tEND
\ta=(not seventeen) B=1 eighteen
}
`;
    expect(commandsCalledBy(text, ['f', 'try'], WRAPPERS)).toEqual([
      'cat', 'eight', 'eighteen', 'eleven', 'five', 'four', 'fourteen', 'nine', 'one', 'seven', 'six', 'thirteen',
      'timeout', 'twelve', 'two',
    ]);
  });

  test('finds the commands that the programs are for', () => {
    expect(called('backup-group', 'copy.sh')).toEqual(expect.arrayContaining(['df', 'du', 'grep', 'mysql', 'mysqld', 'sync', 'timeout']));
    expect(called('backup-group', 'store-base.sh')).toEqual(expect.arrayContaining(['jq', 'restic', 'sed', 'timeout']));
    expect(called('backup-group', 'keep.sh')).toEqual(expect.arrayContaining(['awk', 'rclone']));
    expect(readFileSync(join(ROOT, 'test', 'mysql', 'scripts', 'images.test.ts'), 'utf8')).toContain('docker-library/mysql');
  });
});
