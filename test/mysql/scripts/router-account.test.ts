import { Answer, describeScript } from '../../support/bash';
import { accountFacts, pod, READY, shells, TELLS, tick } from './adoption';
import { changes, PASSWORD } from './router-group';

describeScript('the account of Router', () => {
  const denied: Answer = {
    command: 'mysql', on: 'mysql-0', to: 'router.cnf', status: 1, does: 'echo "ERROR 1045 (28000): Access denied" >&2',
  };
  const silent: Answer = { ...denied, does: 'echo "ERROR 2013 (HY000): Lost connection" >&2' };
  const LITERAL = `'${PASSWORD.replaceAll('\\', '\\\\').replaceAll('\'', '\'\'')}'`;

  test('is made on the primary with all that it needs, each statement by itself', () => {
    const run = tick(pod({ account: [accountFacts(/router/)] }));
    expect(changes(run.calls, 'mysql-0')).toEqual([
      `CREATE USER IF NOT EXISTS router@'%' IDENTIFIED WITH caching_sha2_password BY ${LITERAL};`,
      expect.stringMatching(/^ALTER USER router@'%' WITH .* PASSWORD EXPIRE NEVER /),
      `GRANT SELECT, EXECUTE ON mysql_innodb_cluster_metadata.* TO router@'%';`,
      `GRANT SELECT ON performance_schema.global_variables TO router@'%';`,
      `GRANT SELECT ON performance_schema.replication_group_members TO router@'%';`,
      `GRANT SELECT ON performance_schema.replication_group_member_stats TO router@'%';`,
    ]);
    expect(run.log.slice(0, 1)).toEqual([`applied: CREATE USER IF NOT EXISTS router@'%'`]);
    expect(run.log.at(-1)).toBe(READY);
  });

  test('that was left half made gets what it lacks', () => {
    const run = tick(pod({ account: [accountFacts(/global_variables|EXECUTE/)] }));
    expect(changes(run.calls, 'mysql-0')).toEqual([
      `GRANT SELECT, EXECUTE ON mysql_innodb_cluster_metadata.* TO router@'%';`,
      `GRANT SELECT ON performance_schema.global_variables TO router@'%';`,
    ]);
  });

  test.each([['on one column', 'clusters', 'UPDATE (router_options)'], ['on a view', 'v2_routers', 'INSERT, UPDATE, DELETE']])(
    'gets what it may do with a table when that is there, %s', (_, table, privileges) => {
      const run = tick(pod({ account: [accountFacts(undefined, [table])] }));
      expect(changes(run.calls, 'mysql-0')).toEqual([`GRANT ${privileges} ON mysql_innodb_cluster_metadata.${table} TO router@'%';`]);
    });

  test('must use TLS by its own clause where the servers do not demand it', () => {
    const run = tick(pod({ account: [accountFacts().replace('server\t1', 'server\t0')] }));
    expect(changes(run.calls, 'mysql-0')).toEqual([`ALTER USER 'router'@'%' REQUIRE SSL;`]);
  });

  test('gets the password of the Secret, and keeps the old one', () => {
    const run = tick(pod({ others: [denied] }));
    expect(changes(run.calls, 'mysql-0')).toEqual([`ALTER USER router@'%' IDENTIFIED BY ${LITERAL} RETAIN CURRENT PASSWORD`]);
    expect(run.log).toEqual(['the password of router changed; the old one stays valid until it is discarded', READY]);
  });

  test.each<[string, Answer, string]>([
    ['the primary just did not answer', silent, 'cannot log in as router to check the account, ERROR 2013 (HY000): Lost connection'],
    ['the primary does not say what it has', { command: 'mysql', on: 'mysql-0', to: TELLS, status: 1 },
      'mysql-0 does not say which accounts it has, see above'],
  ])('is not changed when %s', (_, answer, reason) => {
    const run = tick(pod({ others: [answer] }));
    expect(changes(run.calls, 'mysql-0')).toEqual([]);
    expect(run.log).toEqual([reason, 'unready: ACCOUNT_INCOMPLETE: the account router lacks privileges, see above']);
  });

  test('that the primary fences has the right password', () => {
    const fenced = { ...denied, does: 'echo "ERROR 3032 (HY000): The server is currently in offline mode" >&2' };
    expect(tick(pod({ others: [fenced] })).log).toEqual([READY]);
  });

  test('is tried less and less often while it cannot be kept, and at once with another password', () => {
    const bash = pod({ others: [silent] });
    const run = tick(bash, 'primary=mysql-0; for ((SECONDS = 100; SECONDS < 400; SECONDS++)); do keep_router_account || true; done');
    expect(run.calls.filter((call) => call.arguments.includes('router.cnf'))).toHaveLength(8); // after 5, 10, 20, 40, 60, 60, 60 s
    expect(tick(bash, `tick; tick; echo new >"${bash.folder}/secrets/router-password"; tick`).calls
      .filter((call) => call.arguments.includes('router.cnf'))).toHaveLength(2);
  });

  test('that cannot be kept does not keep the metadata from being written', () => {
    const run = tick(pod({ exists: ['0', '0', '1'], others: [silent] }));
    expect(shells(run)).toEqual(['adopt mysql']);
    expect(run.log.at(-1)).toBe('unready: ACCOUNT_INCOMPLETE: the account router lacks privileges, see above');
  });
});
