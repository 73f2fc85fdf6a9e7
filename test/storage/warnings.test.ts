import { Size } from 'cdk8s';
import { ClaimUse, VolumeClaim, Warnings } from '../../lib';
import { addVolumes, objectsOfKind, synth, testChart } from '../util';

const TEXT = 'NFS does not keep two servers from one folder, and locks may outlive a server that died; ' +
  'see https://dev.mysql.com/doc/refman/8.4/en/disk-issues.html before you put a database here';

const claim = (name: string, use?: ClaimUse) => new VolumeClaim({
  name, namespace: 'shop', size: Size.gibibytes(1), storageClassName: '', use,
});

test('a database on NFS is warned of, by the construct and on its volume', () => {
  const log = jest.spyOn(console, 'warn');
  const chart = testChart();
  addVolumes(chart).reserveFor({ claims: [claim('files', ClaimUse.FILES), claim('data-mysql-0', ClaimUse.DATABASE)] });
  expect(Warnings.below(chart)).toEqual([`[test/nfs] claim data-mysql-0 holds a database: ${TEXT}`]);
  expect(objectsOfKind(synth(chart), 'PersistentVolume').map(({ metadata }) => metadata?.annotations?.['cdk8s-stateful.github.io/warning']))
    .toEqual([undefined, TEXT, undefined]);
  expect(log).not.toHaveBeenCalled();
});

test('claims hold files unless they say otherwise', () => {
  const chart = testChart();
  addVolumes(chart).reserveClaims(claim('data'));
  expect(claim('data').use).toBe(ClaimUse.FILES);
  expect(Warnings.below(chart)).toEqual([]);
});

test('each database has a warning of its own', () => {
  const chart = testChart();
  addVolumes(chart).reserveClaims(claim('data-mysql-0', ClaimUse.DATABASE), claim('data-mysql-1', ClaimUse.DATABASE));
  expect(Warnings.below(chart.node.root)).toHaveLength(2);
});
