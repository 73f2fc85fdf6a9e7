import { PodSecurity, PodVolume } from '../../lib';
import { claim, renderWeb } from '../util';

const RESTRICTED_CONTAINER = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};

describe('a restricted pod', () => {
  test('is the default', () => {
    expect(renderWeb()).toEqual(renderWeb({ security: PodSecurity.restricted() }));
  });

  test('of options that are explicitly undefined is the default, too', () => {
    const security = PodSecurity.restricted({ user: undefined, group: undefined, writablePaths: undefined });
    expect(renderWeb({ security })).toEqual(renderWeb());
  });

  test('has what the Pod Security level restricted asks for, and a read-only root file system', () => {
    const { pod, container } = renderWeb({ ports: [{ port: 8080 }] });
    expect(pod.securityContext).toEqual({
      fsGroup: 10101,
      fsGroupChangePolicy: 'OnRootMismatch',
      runAsGroup: 10101,
      runAsNonRoot: true,
      runAsUser: 10101,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container.securityContext).toEqual(RESTRICTED_CONTAINER);
  });

  test('runs as the user given, in the group of the same number', () => {
    const { pod } = renderWeb({ security: PodSecurity.restricted({ user: 2000 }) });
    expect(pod.securityContext).toMatchObject({ runAsUser: 2000, runAsGroup: 2000, fsGroup: 2000 });
  });

  test('runs in the group given', () => {
    const { pod } = renderWeb({ security: PodSecurity.restricted({ group: 3000 }) });
    expect(pod.securityContext).toMatchObject({ runAsUser: 10101, runAsGroup: 3000, fsGroup: 3000 });
  });

  test('may listen on ports from its lowest one, when that one is privileged', () => {
    const { pod } = renderWeb({ ports: [{ port: 8080 }, { port: 443, name: 'https' }, { port: 1023, name: 'more' }] });
    expect(pod.securityContext?.sysctls).toEqual([{ name: 'net.ipv4.ip_unprivileged_port_start', value: '443' }]);
  });

  test('needs no setting of the kernel for ports from 1024 on', () => {
    expect(renderWeb({ ports: [{ port: 1024 }] }).pod.securityContext?.sysctls).toBeUndefined();
  });
});

describe('a pod whose user the platform chooses', () => {
  const { pod, container } = renderWeb({ security: PodSecurity.platformAssigned() });

  test('is restricted, and names neither user nor group', () => {
    expect(pod.securityContext).toEqual({
      fsGroupChangePolicy: 'OnRootMismatch',
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
      sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '80' }],
    });
  });

  test('keeps the read-only root file system, and the folders of nginx writable', () => {
    const restricted = renderWeb();
    expect(container).toEqual(restricted.container);
    expect(pod.volumes).toEqual(restricted.pod.volumes);
  });

  test('may write where it says', () => {
    const { container: other } = renderWeb({ security: PodSecurity.platformAssigned({ writablePaths: ['/data'] }) });
    expect(other.volumeMounts?.map((mount) => mount.mountPath)).toEqual(['/data']);
  });
});

describe('a pod as the image was built', () => {
  const { pod, container } = renderWeb({ security: PodSecurity.asImageBuilt() });

  test('keeps the seccomp profile and no settings of the kernel, although it listens on port 80', () => {
    expect(pod.securityContext).toEqual({ seccompProfile: { type: 'RuntimeDefault' } });
  });

  test('cannot gain privileges, and keeps the capabilities of the runtime', () => {
    expect(container.securityContext).toEqual({ allowPrivilegeEscalation: false });
  });

  test('has a root file system that is writable without further folders', () => {
    expect([pod.volumes, container.volumeMounts]).toEqual([undefined, undefined]);
  });
});

describe('writable paths', () => {
  test('are those of nginx, each a folder of one emptyDir', () => {
    const { pod, container } = renderWeb();
    expect(pod.volumes).toEqual([{ name: 'scratch', emptyDir: {} }]);
    expect(container.volumeMounts).toEqual([
      { name: 'scratch', mountPath: '/tmp', subPath: 'tmp' },
      { name: 'scratch', mountPath: '/var/run', subPath: 'var/run' },
      { name: 'scratch', mountPath: '/var/cache/nginx', subPath: 'var/cache/nginx' },
      { name: 'scratch', mountPath: '/var/lib/nginx', subPath: 'var/lib/nginx' },
    ]);
  });

  test('are those given, each once', () => {
    const { container } = renderWeb({ security: PodSecurity.restricted({ writablePaths: ['/data', '/tmp', '/data'] }) });
    expect(container.volumeMounts?.map((mount) => mount.mountPath)).toEqual(['/data', '/tmp']);
  });

  test('that differ in a slash and a hyphen are different folders', () => {
    const { container } = renderWeb({ security: PodSecurity.restricted({ writablePaths: ['/a/b', '/a-b'] }) });
    const [first, second] = container.volumeMounts ?? [];
    expect(first.subPath).not.toBe(second.subPath);
  });

  test('are left to a claim or a mount that is there', () => {
    const { container } = renderWeb({
      claims: [claim({ mountPath: '/var/cache/nginx' })],
      mounts: [{ volume: PodVolume.emptyDir('memory', { inMemory: true }), mountPath: '/tmp' }],
    });
    expect(container.volumeMounts?.map((mount) => [mount.name, mount.mountPath])).toEqual([
      ['www', '/var/cache/nginx'], ['memory', '/tmp'], ['scratch', '/var/run'], ['scratch', '/var/lib/nginx'],
    ]);
  });

  test('need no emptyDir when claims and mounts are at all of them', () => {
    const { pod } = renderWeb({
      claims: [claim({ mountPath: '/data' })], security: PodSecurity.restricted({ writablePaths: ['/data'] }),
    });
    expect(pod.volumes).toBeUndefined();
  });

  test('need no emptyDir when there are none', () => {
    const { pod, container } = renderWeb({ security: PodSecurity.restricted({ writablePaths: [] }) });
    expect([pod.volumes, container.volumeMounts]).toEqual([undefined, undefined]);
    expect(container.securityContext).toEqual(RESTRICTED_CONTAINER);
  });
});
