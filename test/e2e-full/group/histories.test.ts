import { TestedGroup } from '../../e2e/mysql/group';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';

const NAMESPACE = 'e2e-group-histories';
const ROWS = 'SELECT GROUP_CONCAT(DISTINCT history) FROM shop.orders';
const inserts = (history: string, count: number) => Array(count).fill(`INSERT INTO shop.orders (history) VALUES ("${history}");`).join(' ');

describeInNamespace(NAMESPACE, () => {
  const group = new TestedGroup(NAMESPACE);
  let primary = '';
  let behind = '';
  let others: string[] = [];

  diagnosed('a group starts, and one member is away while the others go on', [NAMESPACE], async () => {
    await group.start();
    await group.whole();
    primary = await group.primary();
    behind = (await group.labelled('secondary'))[0];
    others = group.members.filter((member) => member !== behind);
    await group.sql(primary, 'CREATE TABLE shop.orders (id INT AUTO_INCREMENT PRIMARY KEY, history VARCHAR(9))');
    await group.sql(primary, inserts('shared', 1));
    await until('all have it', 30, async () => await group.sql(behind, ROWS) === 'shared');
    await group.bury(behind);
    const count = 'SELECT COUNT(*) FROM performance_schema.replication_group_members';
    await until('the others go on without it', 60, async () => await group.sql(primary, count) === '2');
    await group.sql(primary, inserts('first', 20));
  });

  diagnosed('an operator has the group go on with that member alone', [NAMESPACE], async () => {
    await Promise.all(others.map((member) => group.bury(member)));
    await group.replace(behind);
    const waits = 'MEMBER_SILENT: not bootstrapping';
    await until('it says whom it waits for', 120, async () => (await group.log(behind).catch(() => '')).includes(waits));
    expect(await group.operate('recover', { WITHOUT: others.join(' ') })).toContain(`the group of ${behind} works`);
    await until('it is the primary', 60, async () => String(await group.labelled('primary')) === behind);
    await group.sql(behind, inserts('second', 60));
    expect(await group.sql(behind, ROWS)).toBe('second,shared');
  });

  diagnosed('the others return, and do not join: the group gave the numbers of their transactions again', [NAMESPACE], async () => {
    await Promise.all(others.map((member) => group.replace(member)));
    for (const member of others) {
      await until(`${member} names its transactions`, 180, async () => (
        /ERROR agent\.sh: the group of mysql-\d does not have the transactions \S+ of this member/
          .test(await group.log(member).catch(() => ''))));
      const missing = `SELECT GTID_SUBTRACT(@@GLOBAL.gtid_executed, "${await group.executed(behind)}")`;
      expect([await group.sql(member, ROWS), await group.sql(member, missing)]).toEqual(['first,shared', '']);
      expect(await group.condition(member)).toBe('False');
    }
  });

  diagnosed('with new copies they join, and all have what the group has', [NAMESPACE], async () => {
    for (const member of others) {
      await kubectl('--namespace', NAMESPACE, 'delete', 'pvc', `data-${member}`, '--wait=false');
      await kubectl('--namespace', NAMESPACE, 'delete', 'pod', member);
    }
    await group.whole(240);
    for (const member of group.members) {
      expect([member, await group.sql(member, ROWS)]).toEqual([member, 'second,shared']);
    }
  });
});
