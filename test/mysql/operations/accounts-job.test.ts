import { MySqlAccounts, MySqlTls, MySqlUser } from '../../../lib';
import { Manifest } from '../../util';
import { fileIn, renderMySql } from '../cluster';

const accounts = MySqlAccounts.generated();

interface Job {
  readonly spec: { readonly template: { readonly metadata: { readonly annotations?: Record<string, string> }; readonly spec: object } };
}

interface Role {
  readonly rules: { readonly resources: string[]; readonly resourceNames?: string[] }[];
}

function ofKind(objects: Manifest[], kind: string): Manifest[] {
  return objects.filter((object) => object.kind as string === kind);
}

function jobOf(objects: Manifest[]): Job['spec']['template'] {
  return (ofKind(objects, 'Job')[0] as unknown as Job).spec.template;
}

/** The Secrets that the Job may read and change. */
function secretsOf(objects: Manifest[]): string[] {
  const roles = ofKind(objects, 'Role') as unknown as Role[];
  return roles.flatMap(({ rules }) => rules).filter(({ resources }) => resources.includes('secrets'))
    .flatMap(({ resourceNames = [] }) => resourceNames);
}

describe('the Job that generates passwords', () => {
  const users: MySqlUser[] = [
    { name: 'shop', grants: [{ database: 'shop' }, { database: 'old-shop', privileges: ['SELECT'] }] }, { name: 'Web_Till' },
    { name: 'former', secretName: 'mysql-accounts', secretKey: 'former-password' }, { name: 'keyed', secretKey: 'keyed' },
    { name: 'report', secretName: 'report', secretKey: 'password' },
  ];
  const objects = renderMySql({ accounts, users });

  test('makes a Secret for each user that names none', () => {
    expect(secretsOf(objects)).toEqual(['mysql-accounts', 'mysql-user-shop', 'mysql-user-web-till']);
    expect(fileIn(objects, 'mysql-topology', 'user-secrets')).toBe([
      'secret mysql-user-shop shop-password', 'key type mysql', 'key provider cdk8s-stateful', 'key host mysql.data.svc.cluster.local',
      'key read-only-host mysql-read.data.svc.cluster.local', 'key port 3306', 'key username shop', 'key database shop',
      'key old-shop.database old-shop', 'key ssl-mode REQUIRED',
      'key uri mysql://shop:<password>@mysql.data.svc.cluster.local:3306/shop',
      'key read-only-uri mysql://shop:<password>@mysql-read.data.svc.cluster.local:3306/shop',
      'key old-shop.uri mysql://shop:<password>@mysql.data.svc.cluster.local:3306/old-shop',
      'key old-shop.read-only-uri mysql://shop:<password>@mysql-read.data.svc.cluster.local:3306/old-shop',
      `secret mysql-user-web-till Web_Till-password`, 'key type mysql', 'key provider cdk8s-stateful', 'key host mysql.data.svc.cluster.local',
      'key read-only-host mysql-read.data.svc.cluster.local', 'key port 3306', 'key username Web_Till', 'key ssl-mode REQUIRED',
      'key uri mysql://Web_Till:<password>@mysql.data.svc.cluster.local:3306/',
      'key read-only-uri mysql://Web_Till:<password>@mysql-read.data.svc.cluster.local:3306/', '',
    ].join('\n'));
  });

  test('and the agents agree on where the passwords are', () => {
    const lines = fileIn(objects, 'mysql-topology', 'declaration').split('\n').filter((line) => line.startsWith('user\t'));
    expect(lines.map((line) => line.split('\t').slice(1))).toEqual([
      ['shop', 'mysql-user-shop/password'], ['Web_Till', 'mysql-user-web-till/password'], ['former', 'mysql-accounts/former-password'],
      ['keyed', 'mysql-accounts/keyed'], ['report', 'report/password'],
    ]);
  });

  test('goes on to add keys of users to the Secret of the accounts where they are declared there', () => {
    expect(JSON.stringify(jobOf(objects))).toContain('clone-password monitor-password former-password keyed"');
  });

  test('is another one when what it writes changes, since what a Job runs cannot change', () => {
    const checksum = (...changes: Parameters<typeof renderMySql>) => (
      jobOf(renderMySql({ accounts, users, ...changes[0] })).metadata.annotations!['checksum/user-secrets']);
    expect(checksum({})).toBe(jobOf(objects).metadata.annotations!['checksum/user-secrets']);
    expect(checksum({ tls: MySqlTls.fromSecretName('certificate') })).not.toBe(checksum({}));
  });

  test('is as it was where there are no such users', () => {
    const without = renderMySql({ accounts, users: users.slice(2) });
    expect(jobOf(without).metadata.annotations).toBeUndefined();
    expect(JSON.stringify(jobOf(without))).not.toContain('topology');
    expect(secretsOf(without)).toEqual(['mysql-accounts']);
  });
});

test('without the Job passwords of users are in the Secret of the accounts', () => {
  const objects = renderMySql({ users: [{ name: 'shop' }] });
  expect(fileIn(objects, 'mysql-topology', 'declaration')).toBe('user\tshop\tmysql-accounts/shop-password\n');
  expect(fileIn(objects, 'mysql-topology', 'user-secrets')).toBeUndefined();
});

describe('a Secret of a user cannot be made', () => {
  test.each<[string, MySqlUser[], string]>([
    ['whose name makes none', [{ name: '.shop' }],
      `'users[0].secretName' must be named where the name of the user makes none of a Secret, got ".shop": "mysql-user-.shop" is no DNS name; name another one, and the key of the password in secretKey`],
    ['of the name that another user has', [{ name: 'shop_a' }, { name: 'SHOP-A' }],
      `'users[1].secretName' must be named where the Secret of another account has the name, got "mysql-user-shop-a": the Secret of the user shop_a has it; name another one, and the key of the password in secretKey`],
    ['of the name that a user declares', [{ name: 'shop' }, { name: 'other', secretName: 'mysql-user-shop' }],
      `'users[0].secretName' must be named where the Secret of another account has the name, got "mysql-user-shop": the Secret of the user other has it; name another one, and the key of the password in secretKey`],
  ])('%s', (_, users, message) => {
    expect(() => renderMySql({ accounts, users })).toThrow(new Error(`[test/mysql] ${message}`));
  });

  test('of the name of that of the accounts', () => {
    expect(() => renderMySql({ accounts: MySqlAccounts.generated('mysql-user-shop'), users: [{ name: 'shop' }] })).toThrow(
      `'users[0].secretName' must be named where the Secret of another account has the name, got "mysql-user-shop": the Secret of the accounts has it;`,
    );
  });
});
