import { TestedGroup } from '../../e2e/mysql/group';
import { diagnosed } from '../../e2e/support/diagnosed';
import { describeInNamespace } from '../../e2e/support/own-namespace';

const NAMESPACE = 'e2e-large-transactions';
const ALLOWED_MEBIBYTES = 62; // of 64, with what an event needs beside its rows
const REFUSED_MEBIBYTES = 128; // with which a server of 1 GiB was killed
const TIMES = 4;

describeInNamespace(NAMESPACE, () => {
  const group = new TestedGroup(NAMESPACE);

  diagnosed('a group of servers with the default memory starts', [NAMESPACE], async () => {
    await group.start({ resources: undefined });
    await group.whole();
    await group.sql(await group.primary(), 'CREATE TABLE shop.large (id INT AUTO_INCREMENT PRIMARY KEY, content LONGBLOB)');
  });

  diagnosed('the largest transactions that are allowed end no server', [NAMESPACE], async () => {
    const before = await group.incarnations();
    for (let time = 0; time < TIMES; time++) {
      await write(ALLOWED_MEBIBYTES);
    }
    await group.whole();
    expect(await group.incarnations()).toEqual(before);
    for (const member of group.members) {
      expect(await group.sql(member, 'SELECT SUM(LENGTH(content)) DIV 1048576 FROM shop.large')).toBe(String(TIMES * ALLOWED_MEBIBYTES));
    }
  }, 300);

  diagnosed('a larger one is refused, and its size is said', [NAMESPACE], async () => {
    const before = await group.incarnations();
    await expect(write(REFUSED_MEBIBYTES)).rejects.toThrow('ERROR 3100');
    expect(await group.log(await group.primary(), 'mysqld')).toMatch(/Transaction of size 1\d{8} exceeds specified limit 67108864/);
    expect(await group.incarnations()).toEqual(before);
    await group.whole();
  });

  /** Rows of 256 KiB that cannot be compressed, in one transaction. */
  async function write(mebibytes: number): Promise<void> {
    await group.sql(await group.primary(), `INSERT INTO shop.large (content) WITH RECURSIVE numbers AS (SELECT 1 AS number UNION ALL
      SELECT number + 1 FROM numbers WHERE number < ${4 * mebibytes}) SELECT REPEAT(RANDOM_BYTES(1024), 256) FROM numbers`);
  }
});
