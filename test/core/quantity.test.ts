import { Size } from 'cdk8s';
import { isSize, kibibytes, quantity } from '../../lib/core/quantity';

test.each<[Size, string]>([
  [Size.kibibytes(1), '1Ki'],
  [Size.kibibytes(1023), '1023Ki'],
  [Size.kibibytes(1024), '1Mi'],
  [Size.mebibytes(512), '512Mi'],
  [Size.mebibytes(1024), '1Gi'],
  [Size.mebibytes(1536), '1536Mi'],
  [Size.gibibytes(1), '1Gi'],
  [Size.gibibytes(0.5), '512Mi'],
  [Size.gibibytes(25), '25Gi'],
  [Size.tebibytes(1), '1Ti'],
  [Size.pebibyte(1), '1Pi'],
  [Size.pebibyte(1024), '1024Pi'],
  [Size.kibibytes(1.5), '1Ki'],
  [Size.kibibytes(0), '0Ki'],
])('%j is rendered whole in its largest unit as %s', (size, expected) => {
  expect(quantity(size)).toBe(expected);
});

test('fractions of a KiB are dropped', () => {
  expect(kibibytes(Size.mebibytes(0.0001))).toBe(0);
  expect(kibibytes(Size.kibibytes(2.9))).toBe(2);
});

test('a size is known by its shape, since an application may have loaded cdk8s twice', () => {
  expect(isSize({ toKibibytes: () => 1 })).toBe(true);
});

test.each([undefined, null, 1, '1Gi', {}])('%p is no size', (value) => {
  expect(isSize(value)).toBe(false);
});
