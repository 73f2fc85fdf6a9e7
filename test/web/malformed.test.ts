import { outcomes } from '../support/malformed-webs';

/** Path, property, rule, value and fix. */
const DOCUMENTED = /^\[test\/web\] '[^]+' must [^]+, got [^]+: [^]+$/;

test('200 inputs, right and wrong, either render or fail with a documented error, never with another', () => {
  const all = outcomes('test');
  const undocumented = all.filter(({ error }) => error !== undefined && !DOCUMENTED.test(error.message));
  expect(undocumented.map(({ props, error }) => [props, error?.stack])).toEqual([]);
  const rendered = all.filter(({ yaml }) => yaml !== undefined);
  expect(rendered.length).toBeGreaterThan(50);
  expect(all.length - rendered.length).toBeGreaterThan(50);
});
