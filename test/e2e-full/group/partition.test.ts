import { TestedGroup } from '../../e2e/mysql/group';
import { diagnosed } from '../../e2e/support/diagnosed';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Measures } from '../mysql/measures';
import { Partition } from './partition';

describe.each([
  { size: 3, minority: 'the primary alone', cut: (primary: string) => [primary] },
  { size: 5, minority: 'the primary and a secondary', cut: (primary: string, [first]: string[]) => [primary, first] },
])('in a group of $size', ({ size, minority, cut }) => {
  const NAMESPACE = `e2e-group-partition-${size}`;

  describeInNamespace(NAMESPACE, () => {
    const group = new TestedGroup(NAMESPACE, size);
    const measures = new Measures();

    diagnosed('it starts', [NAMESPACE], async () => {
      await group.startUnderLoad();
    }, 400);

    diagnosed(`${minority} is cut off: writes stop there and go on with the majority; it joins again`, [NAMESPACE], async () => {
      const primary = await group.primary();
      const side = cut(primary, await group.labelled('secondary'));
      const partition = new Partition(group);
      const stray = writeOn(primary);
      const pause = await group.pauseDuring(() => partition.cut(side));
      measures.add('the primary is cut off, until writes are acknowledged again', pause);
      const elected = await group.primary();
      expect(side).not.toContain(elected);
      for (const member of side) {
        await until(`${member} is not ready`, 60, async () => await group.condition(member) === 'False');
      }
      const tried = await stray;
      await partition.heal();
      await measures.of('healed, until the group is whole', () => group.whole(240));
      const stored = new Set((await group.sql(elected, 'SELECT number FROM shop.stray')).split('\n').map(Number));
      expect(tried.acknowledged.filter((number) => !stored.has(number))).toEqual([]);
      const [, ...begunAfterTheCut] = tried.refused; // the first one may have reached the majority before, although it was refused
      expect(begunAfterTheCut.length).toBeGreaterThan(0);
      expect(begunAfterTheCut.filter((number) => stored.has(number))).toEqual([]);
      await group.writes();
    }, 500);

    diagnosed('nothing that was acknowledged is lost', [NAMESPACE], async () => {
      await group.requireSound(await group.stopWriter());
      measures.report();
    });

    /** Somebody writes on this member, whatever becomes of it, until that is refused. */
    async function writeOn(member: string): Promise<{ acknowledged: number[]; refused: number[] }> {
      await group.sql(await group.primary(), 'CREATE TABLE IF NOT EXISTS shop.stray (number BIGINT PRIMARY KEY)');
      const acknowledged: number[] = [];
      const refused: number[] = [];
      const end = Date.now() + 90_000;
      for (let number = 1; refused.length < 3 && Date.now() < end; number++) {
        const outcome = await group.sql(member, `INSERT INTO shop.stray VALUES (${number})`).then(() => acknowledged, () => refused);
        outcome.push(number);
      }
      return { acknowledged, refused };
    }
  });
});
