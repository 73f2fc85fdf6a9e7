import { Random } from '../e2e/registers/random';

const MANY = 2000;

test('the same seed gives the same numbers, and another one others', () => {
  const numbers = (seed: number) => {
    const random = new Random(seed);
    return [1, 2, 3, 4].map(() => random.between(0, 1000));
  };
  expect(numbers(7)).toEqual(numbers(7));
  expect(numbers(7)).not.toEqual(numbers(8));
});

test('all that may be picked is picked, about equally often', () => {
  const random = new Random(1);
  const picked = [...Array(MANY).keys()].map(() => random.pick(['a', 'b', 'c', 'd']));
  for (const one of ['a', 'b', 'c', 'd']) {
    expect(picked.filter((other) => other === one).length / MANY).toBeCloseTo(0.25, 1);
  }
});

test('some are different ones, and never more than there are', () => {
  const random = new Random(2);
  for (let index = 0; index < MANY; index++) {
    expect(new Set(random.some(2, ['a', 'b', 'c'])).size).toBe(2);
  }
  expect(random.some(5, ['a', 'b', 'c']).sort()).toEqual(['a', 'b', 'c']);
});
