import { Size } from 'cdk8s';
import { Cpu, EnvFieldPaths, EnvValue, ImagePullPolicy } from 'cdk8s-plus-27';
import { PodVolume } from '../../lib';
import { claim, renderWeb } from '../util';

test('a pod gets no service account token and no environment variables of other Services', () => {
  const { pod } = renderWeb();
  expect([pod.automountServiceAccountToken, pod.enableServiceLinks]).toEqual([false, false]);
});

test('an image is pulled when the node does not have it', () => {
  expect(renderWeb().container.imagePullPolicy).toBe('IfNotPresent');
});

test('an image is pulled when the property says so', () => {
  expect(renderWeb({ imagePullPolicy: ImagePullPolicy.ALWAYS }).container.imagePullPolicy).toBe('Always');
});

test('command and arguments are those of the image', () => {
  const { container } = renderWeb();
  expect([container.command, container.args]).toEqual([undefined, undefined]);
});

test('command and arguments are those given', () => {
  const { container } = renderWeb({ command: ['nginx'], args: ['-g', 'daemon off;'] });
  expect([container.command, container.args]).toEqual([['nginx'], ['-g', 'daemon off;']]);
});

describe('the environment', () => {
  test('is that of the image', () => {
    expect(renderWeb().container.env).toBeUndefined();
    expect(renderWeb({ envVariables: {} }).container.env).toBeUndefined();
  });

  test('is sorted by name', () => {
    const { container } = renderWeb({
      envVariables: {
        ZONE: EnvValue.fromValue('z'), A: EnvValue.fromValue('a'), POD: EnvValue.fromFieldRef(EnvFieldPaths.POD_NAME),
      },
    });
    expect(container.env).toEqual([
      { name: 'A', value: 'a' }, { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }, { name: 'ZONE', value: 'z' },
    ]);
  });

  test('may have names that are no shell names', () => {
    expect(renderWeb({ envVariables: { '-a.b_C9': EnvValue.fromValue('') } }).container.env).toEqual([{ name: '-a.b_C9', value: '' }]);
  });
});

describe('resources', () => {
  test('have a default for every kind', () => {
    expect(renderWeb().container.resources).toEqual({
      limits: { cpu: '500m', 'ephemeral-storage': '256Mi', memory: '256Mi' },
      requests: { cpu: '100m', 'ephemeral-storage': '64Mi', memory: '128Mi' },
    });
  });

  test('of a kind that is named replace the default of that kind only', () => {
    expect(renderWeb({ resources: { memory: { request: Size.gibibytes(1) } } }).container.resources).toEqual({
      limits: { cpu: '500m', 'ephemeral-storage': '256Mi' },
      requests: { cpu: '100m', 'ephemeral-storage': '64Mi', memory: '1Gi' },
    });
  });

  test('of a kind that is named as empty are none', () => {
    const { container } = renderWeb({ resources: { cpu: {}, memory: {}, ephemeralStorage: { limit: Size.gibibytes(2) } } });
    expect(container.resources).toEqual({ limits: { 'ephemeral-storage': '2Gi' } });
  });

  test('may request all of the limit', () => {
    const { container } = renderWeb({
      resources: {
        cpu: { request: Cpu.millis(1500), limit: Cpu.units(1.5) },
        memory: { request: Size.mebibytes(1024), limit: Size.gibibytes(1) },
      },
    });
    expect(container.resources).toEqual({
      limits: { cpu: '1.5', 'ephemeral-storage': '256Mi', memory: '1Gi' },
      requests: { cpu: '1500m', 'ephemeral-storage': '64Mi', memory: '1Gi' },
    });
  });
});

describe('probes without properties', () => {
  test('connect to the first port', () => {
    const { container } = renderWeb({ ports: [{ port: 8080, name: 'http' }, { port: 9090, name: 'metrics' }] });
    expect(container.startupProbe).toEqual({ tcpSocket: { port: 'http' }, periodSeconds: 2, failureThreshold: 150 });
    expect(container.readinessProbe).toEqual({ tcpSocket: { port: 'http' }, periodSeconds: 5, timeoutSeconds: 2 });
    expect(container.livenessProbe).toEqual({ tcpSocket: { port: 'http' }, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 });
  });
});

describe('mounts', () => {
  test('of claims come first, then those of other volumes, in order', () => {
    const { container } = renderWeb({
      claims: [claim({ subPath: 'html', readOnly: true }), claim({ name: 'logs', mountPath: '/var/log' })],
      mounts: [
        { volume: PodVolume.configMap('conf', 'web'), mountPath: '/etc/nginx/nginx.conf', subPath: 'nginx.conf', readOnly: true },
        { volume: PodVolume.emptyDir('run'), mountPath: '/run/web' },
      ],
    });
    expect(container.volumeMounts?.slice(0, 4)).toEqual([
      { name: 'www', mountPath: '/usr/share/nginx/html', subPath: 'html', readOnly: true },
      { name: 'logs', mountPath: '/var/log' },
      { name: 'conf', mountPath: '/etc/nginx/nginx.conf', subPath: 'nginx.conf', readOnly: true },
      { name: 'run', mountPath: '/run/web' },
    ]);
  });

  test('of claims add no volume to the pod, since the StatefulSet does', () => {
    const { pod } = renderWeb({ claims: [claim()] });
    expect(pod.volumes?.map((volume) => volume.name)).toEqual(['scratch']);
  });

  test('of one volume in two places share it', () => {
    const volume = PodVolume.emptyDir('shared');
    const { pod, container } = renderWeb({ mounts: [{ volume, mountPath: '/a' }, { volume, mountPath: '/b' }] });
    expect(pod.volumes?.map(({ name }) => name)).toEqual(['shared', 'scratch']);
    expect(container.volumeMounts?.slice(0, 2)).toEqual([{ name: 'shared', mountPath: '/a' }, { name: 'shared', mountPath: '/b' }]);
  });
});
