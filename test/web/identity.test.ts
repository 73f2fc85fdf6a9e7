import { Duration } from 'cdk8s';
import { PercentOrAbsolute, PodManagementPolicy } from 'cdk8s-plus-27';
import { PreStop, StatefulWebProps, UpdateStrategy } from '../../lib';
import { addVolumes, addWeb, claim, objectsOfKind, renderWeb, synth, testChart } from '../util';

describe('ordinals', () => {
  test('count from the first one in the names of pods and claims', () => {
    const web = addWeb(testChart('shop'), { firstOrdinal: 5, replicas: 2, claims: [claim()] });
    expect(web.podNames).toEqual(['web-5', 'web-6']);
    expect(web.podDnsNames).toEqual(['web-5.web.shop.svc.cluster.local', 'web-6.web.shop.svc.cluster.local']);
    expect(web.claimNames).toEqual(['www-web-5', 'www-web-6']);
  });

  test('count from the first one when volumes are reserved', () => {
    const chart = testChart('shop');
    addVolumes(chart).reserveFor(addWeb(chart, { firstOrdinal: 5, replicas: 2, claims: [claim()] }));
    expect(objectsOfKind(synth(chart), 'PersistentVolume').map(({ spec }) => spec?.claimRef?.name))
      .toEqual(['www-web-5', 'www-web-6', undefined]);
  });

  test.each([undefined, 0])('that begin at %p are not rendered', (firstOrdinal) => {
    expect(renderWeb({ firstOrdinal }).statefulSet.spec?.ordinals).toBeUndefined();
  });
});

test.each<[string, Partial<StatefulWebProps>, object]>([
  ['the first ordinal', { firstOrdinal: 3 }, { ordinals: { start: 3 } }],
  ['the order of pods', { podManagementPolicy: PodManagementPolicy.PARALLEL }, { podManagementPolicy: 'Parallel' }],
  ['how long a pod must be ready', { minReady: Duration.minutes(1) }, { minReadySeconds: 60 }],
  ['how many revisions are kept', { revisionHistoryLimit: 0 }, { revisionHistoryLimit: 0 }],
  ['a rolling update', { updateStrategy: UpdateStrategy.rollingUpdate() }, { updateStrategy: { type: 'RollingUpdate' } }],
  ['a partition', { updateStrategy: UpdateStrategy.rollingUpdate({ partition: 0 }) },
    { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } } }],
  ['a number of pods that may be down', { updateStrategy: UpdateStrategy.rollingUpdate({ maxUnavailable: PercentOrAbsolute.absolute(2) }) },
    { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 2 } } }],
  ['a part of the pods that may be down',
    { updateStrategy: UpdateStrategy.rollingUpdate({ maxUnavailable: PercentOrAbsolute.percent(100) }) },
    { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '100%' } } }],
  ['updates by hand', { updateStrategy: UpdateStrategy.onDelete() }, { updateStrategy: { type: 'OnDelete' } }],
])('the StatefulSet says %s when asked to, and nothing else', (_, props, added) => {
  expect(renderWeb(props).statefulSet.spec).toEqual({ ...renderWeb().statefulSet.spec, ...added });
});

test('the headless Service names pods that are not ready when asked to', () => {
  expect(renderWeb({ publishNotReadyAddresses: true }).service.spec?.publishNotReadyAddresses).toBe(true);
  expect(renderWeb({ publishNotReadyAddresses: false }).service).toEqual(renderWeb().service);
});

test('the pods may take the time to stop that is given', () => {
  expect(renderWeb({ terminationGracePeriod: Duration.minutes(2) }).pod.terminationGracePeriodSeconds).toBe(120);
  expect(renderWeb().pod.terminationGracePeriodSeconds).toBeUndefined();
});

describe('before the container stops', () => {
  test.each<[string, PreStop, object]>([
    ['a command runs', PreStop.exec(['nginx', '-s', 'quit']), { exec: { command: ['nginx', '-s', 'quit'] } }],
    ['its first port is asked', PreStop.httpGet('/drain'), { httpGet: { path: '/drain', port: 'web' } }],
    ['another port is asked', PreStop.httpGet('/drain', { port: 9000 }), { httpGet: { path: '/drain', port: 9000 } }],
    ['all of the default grace period passes', PreStop.sleep(Duration.seconds(30)), { sleep: { seconds: 30 } }],
  ])('%s', (_, preStop, rendered) => {
    expect(renderWeb({ preStop }).container.lifecycle).toEqual({ preStop: rendered });
  });

  test('it serves for 5 s more by default', () => {
    expect(renderWeb().container.lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '5'] } } });
  });

  test('nothing happens when that is said', () => {
    expect(renderWeb({ preStop: PreStop.none() }).container.lifecycle).toBeUndefined();
  });

  test('a command does not change with the array that it was given', () => {
    const command = ['true'];
    const preStop = PreStop.exec(command);
    command.push('--more');
    expect(renderWeb({ preStop }).container.lifecycle?.preStop?.exec?.command).toEqual(['true']);
  });
});

const MAX = 2147483647;
const PERCENT = 'be a whole number from 1, or a whole percentage from 1% to 100%';
const PERCENT_CURE = 'write it as in PercentOrAbsolute.absolute(2) or PercentOrAbsolute.percent(25)';
const GRACE_CURE = 'leave it out for 30; 0 kills pods at once, and two of one name may then write to one volume';
const unavailable = (maxUnavailable: PercentOrAbsolute) => ({ updateStrategy: UpdateStrategy.rollingUpdate({ maxUnavailable }) });

test.each<[what: string, props: Partial<StatefulWebProps>, message: string]>([
  ['a negative first ordinal', { firstOrdinal: -1 },
    `'firstOrdinal' must be a whole number from 0 to ${MAX - 1}, got -1: leave it out for 0`],
  ['a first ordinal that leaves no room for the pods', { firstOrdinal: MAX, replicas: 2 },
    `'firstOrdinal' must be a whole number from 0 to ${MAX - 2}, got ${MAX}: leave it out for 0`],
  ['an unknown order', { podManagementPolicy: 'Serial' as PodManagementPolicy },
    `'podManagementPolicy' must be one of OrderedReady, Parallel, got "Serial": use PodManagementPolicy`],
  ['half a second of being ready', { minReady: Duration.millis(500) },
    `'minReady' must be a whole number from 0 to ${MAX}, got 0.5: leave it out for no wait`],
  ['half a revision', { revisionHistoryLimit: 0.5 },
    `'revisionHistoryLimit' must be a whole number from 0 to ${MAX}, got 0.5: leave it out for 10`],
  ['a negative partition', { updateStrategy: UpdateStrategy.rollingUpdate({ partition: -1 }) },
    `'updateStrategy.partition' must be a whole number from 0 to ${MAX}, got -1: name an ordinal, or leave it out to update every pod`],
  ['no pod that may be down', unavailable(PercentOrAbsolute.absolute(0)), `'updateStrategy.maxUnavailable' must ${PERCENT}, got 0: ${PERCENT_CURE}`],
  ['half a pod that may be down', unavailable(PercentOrAbsolute.absolute(0.5)),
    `'updateStrategy.maxUnavailable' must ${PERCENT}, got 0.5: ${PERCENT_CURE}`],
  ['no part of the pods that may be down', unavailable(PercentOrAbsolute.percent(0)),
    `'updateStrategy.maxUnavailable' must ${PERCENT}, got "0%": ${PERCENT_CURE}`],
  ['more than all pods that may be down', unavailable(PercentOrAbsolute.percent(101)),
    `'updateStrategy.maxUnavailable' must ${PERCENT}, got "101%": ${PERCENT_CURE}`],
  ['no time to stop', { terminationGracePeriod: Duration.seconds(0) },
    `'terminationGracePeriod' must be a whole number from 1 to ${MAX}, got 0: ${GRACE_CURE}`],
  ['a hook without a command', { preStop: PreStop.exec([]) },
    `'preStop' must name a command, got []: as in PreStop.exec(["nginx", "-s", "quit"])`],
  ['a hook with a relative path', { preStop: PreStop.httpGet('drain') },
    `'preStop' must GET a path that begins with "/", got "drain": as in PreStop.httpGet("/drain")`],
  ['a hook with port 0', { preStop: PreStop.httpGet('/', { port: 0 }) },
    `'preStop.port' must be a whole number from 1 to 65535, got 0: leave it out for the first port`],
  ['a hook that does not sleep', { preStop: PreStop.sleep(Duration.seconds(0)) },
    `'preStop' must be a whole number from 1 to ${MAX}, got 0: leave it out to stop at once`],
  ['a hook that sleeps for longer than the default grace period', { preStop: PreStop.sleep(Duration.seconds(31)) },
    `'preStop' must sleep at most as long as the termination grace period of 30 s, got 31: sleep shorter, or raise terminationGracePeriod`],
  ['a hook that sleeps for longer than the grace period',
    { terminationGracePeriod: Duration.seconds(5), preStop: PreStop.sleep(Duration.seconds(6)) },
    `'preStop' must sleep at most as long as the termination grace period of 5 s, got 6: sleep shorter, or raise terminationGracePeriod`],
])('fails with %s', (_, props, message) => {
  expect(() => renderWeb(props)).toThrow(new Error(`[test/web] ${message}`));
});
