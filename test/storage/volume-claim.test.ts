import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { VolumeClaim } from '../../lib';
import { addWeb, claim, testChart } from '../util';

test('a claim of something else has what it was given', () => {
  const made = new VolumeClaim({
    name: 'data', namespace: 'shop', size: Size.gibibytes(1), storageClassName: '',
    accessModes: [PersistentVolumeAccessMode.READ_WRITE_MANY],
  });
  expect([made.name, made.namespace, made.size.toGibibytes(), made.accessModes, made.storageClassName, made.templateName])
    .toEqual(['data', 'shop', 1, ['ReadWriteMany'], '', undefined]);
});

test('a claim of something else has ReadWriteOnce, no known namespace and the default class', () => {
  const made = new VolumeClaim({ name: 'data', size: Size.gibibytes(1) });
  expect([made.accessModes, made.namespace, made.storageClassName]).toEqual([['ReadWriteOnce'], undefined, undefined]);
});

test('access modes are a copy that changes nothing', () => {
  const made = new VolumeClaim({ name: 'data', size: Size.gibibytes(1) });
  made.accessModes.push(PersistentVolumeAccessMode.READ_ONLY_MANY);
  expect(made.accessModes).toEqual(['ReadWriteOnce']);
});

test('claims of a web say what its templates say', () => {
  const claims = [claim({ storageClassName: 'fast' }), claim({ name: 'logs', mountPath: '/logs', size: Size.mebibytes(10) })];
  const made = addWeb(testChart('shop'), { claims }).claims;
  expect(made.map((one) => [one.name, one.namespace, one.templateName, one.size.toMebibytes(), one.storageClassName])).toEqual([
    ['www-web-0', 'shop', 'www', 1024, 'fast'], ['logs-web-0', 'shop', 'logs', 10, undefined],
  ]);
});

test('claims of a web whose chart names no namespace have none', () => {
  expect(addWeb(testChart(), { claims: [claim()] }).claims.map((one) => one.namespace)).toEqual([undefined]);
});
