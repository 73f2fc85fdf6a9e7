import { IConstruct } from 'constructs';
import { fail } from '../core/errors';
import { requireText } from '../core/validation';

const NUMBER = /^\d+$/;
const HOST = /^[-\w.:]+$/;

/** The options without a value of nfs(5) and mount(8), each group by what its options decide; one of a group at most. */
const FLAGS: Record<string, string[]> = {
  hard: ['hard', 'soft', 'softerr'],
  softreval: ['softreval', 'nosoftreval'],
  bg: ['bg', 'fg'],
  ac: ['ac', 'noac'],
  cto: ['cto', 'nocto'],
  acl: ['acl', 'noacl'],
  rdirplus: ['rdirplus', 'nordirplus'],
  resvport: ['resvport', 'noresvport'],
  lock: ['lock', 'nolock'],
  sharecache: ['sharecache', 'nosharecache'],
  fsc: ['fsc', 'nofsc'],
  migration: ['migration', 'nomigration'],
  trunkdiscovery: ['trunkdiscovery', 'notrunkdiscovery'],
  proto: ['tcp', 'udp', 'rdma'],
  atime: ['atime', 'noatime', 'relatime', 'norelatime', 'strictatime'],
  diratime: ['diratime', 'nodiratime'],
  dev: ['dev', 'nodev'],
  suid: ['suid', 'nosuid'],
  exec: ['exec', 'noexec'],
  sync: ['sync', 'async'],
};

/** The options with a value, and what the value may be. */
const VALUES = new Map<string, RegExp>(Object.entries({
  nfsvers: /^(3|4|4\.[0-2])$/,
  minorversion: /^[0-2]$/,
  proto: /^(tcp|udp|rdma)6?$/,
  mountproto: /^(tcp|udp)6?$/,
  mountvers: /^[1-3]$/,
  mounthost: HOST,
  clientaddr: HOST,
  sec: /^(none|sys|krb5|krb5i|krb5p|lkey|lkeyi|lkeyp|spkm|spkmi|spkmp)(:(none|sys|krb5|krb5i|krb5p))*$/,
  xprtsec: /^(none|tls|mtls)$/,
  lookupcache: /^(all|none|pos|positive)$/,
  local_lock: /^(all|flock|posix|none)$/,
  write: /^(lazy|eager|wait)$/,
  nconnect: /^([1-9]|1[0-6])$/,
  max_connect: /^([1-9]|1[0-6])$/,
  ...Object.fromEntries([
    'port', 'mountport', 'timeo', 'retrans', 'retry', 'rsize', 'wsize', 'namlen', 'actimeo', 'acregmin', 'acregmax', 'acdirmin', 'acdirmax',
  ].map((name) => [name, NUMBER])),
}));

/** Other names of the same option. */
const ALIASES = new Map([['vers', 'nfsvers']]);

const SUBJECTS = new Map(Object.entries(FLAGS).flatMap(([subject, flags]) => flags.map((flag) => [flag, subject] as const)));

/** Options that nfs(5) and mount(8) know, each thing decided once. Kubernetes checks none: a wrong one shows when a pod starts. */
export function requireMountOptions(scope: IConstruct, property: string, options: string[]): void {
  const decided = new Map<string, string>();
  options.forEach((option, index) => {
    const at = `${property}[${index}]`;
    requireText({ scope, property: at }, option, 'write one option, as in "hard"');
    const subject = subjectOf(scope, at, option);
    const before = decided.get(subject);
    if (before !== undefined) {
      fail(scope, { property: at, rule: `not decide again what ${JSON.stringify(before)} decides`, value: option, fix: 'leave one out' });
    }
    decided.set(subject, option);
  });
}

/** The setting that the option decides. */
function subjectOf(scope: IConstruct, property: string, option: string): string {
  const [name, ...rest] = option.split('=');
  if (rest.length === 0 && SUBJECTS.has(name)) {
    return SUBJECTS.get(name)!;
  }
  if (name === 'ro' || name === 'rw') {
    fail(scope, {
      property, rule: 'not say whether the volume is read-only', value: option, fix: 'use readOnly, which Kubernetes knows of',
    });
  }
  const known = ALIASES.get(name) ?? name;
  const pattern = VALUES.get(known);
  if (!pattern?.test(rest.join('='))) {
    fail(scope, {
      property,
      rule: pattern === undefined ? 'be an option of nfs(5)' : 'have a value that nfs(5) allows',
      value: option,
      fix: 'mend it; what this library does not know goes into uncheckedMountOptions',
    });
  }
  return known;
}
