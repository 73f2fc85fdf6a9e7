import { distObjects, objectOfKind, podOf } from '../util';

const objects = distObjects('web-hardened');
const statefulSet = objectOfKind(objects, 'StatefulSet');
const pod = podOf(statefulSet);
const [container] = pod.containers;

test('the folder holds what is in a namespace of its own, and not the namespace', () => {
  expect(objects.map((object) => [object.apiVersion, object.kind, object.metadata?.name, object.metadata?.namespace])).toEqual([
    ['networking.k8s.io/v1', 'NetworkPolicy', 'web', 'web-hardened'],
    ['policy/v1', 'PodDisruptionBudget', 'web', 'web-hardened'],
    ['v1', 'Service', 'nginx', 'web-hardened'],
    ['apps/v1', 'StatefulSet', 'web', 'web-hardened'],
  ]);
});

test('two pods of a current nginx run behind the Service nginx', () => {
  expect(statefulSet.spec).toMatchObject({ serviceName: 'nginx', replicas: 2 });
  expect(pod.containers).toHaveLength(1);
  expect(container).toMatchObject({ name: 'web', image: 'nginx:1.29', ports: [{ containerPort: 80, name: 'web' }] });
});

// https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted, control by control
describe('as the Pod Security level restricted asks', () => {
  test('the pod shares no namespace of its node', () => {
    expect([pod.hostNetwork, pod.hostPID, pod.hostIPC]).toEqual([undefined, undefined, undefined]);
  });

  test('the container takes no port of its node and is not privileged', () => {
    expect(container.ports?.map((port) => port.hostPort)).toEqual([undefined]);
    expect(container.securityContext?.privileged).toBeUndefined();
  });

  test('the container drops all capabilities and adds none', () => {
    expect(container.securityContext?.capabilities).toEqual({ drop: ['ALL'] });
  });

  test('the container cannot gain privileges', () => {
    expect(container.securityContext?.allowPrivilegeEscalation).toBe(false);
  });

  test('the pod runs as a user that is not root, in a group that is not root\'s', () => {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 10101, runAsGroup: 10101 });
    expect([container.securityContext?.runAsUser, container.securityContext?.runAsNonRoot]).toEqual([undefined, undefined]);
  });

  test('the pod has the seccomp profile of the runtime', () => {
    expect(pod.securityContext?.seccompProfile).toEqual({ type: 'RuntimeDefault' });
  });

  test('the pod sets nothing of the kernel but the first port that its user may listen on', () => {
    expect(pod.securityContext?.sysctls).toEqual([{ name: 'net.ipv4.ip_unprivileged_port_start', value: '80' }]);
  });

  test('the only volume is an emptyDir', () => {
    expect(pod.volumes).toEqual([{ name: 'scratch', emptyDir: {} }]);
  });
});

test('the root file system is read-only, and the folders that nginx needs are writable', () => {
  expect(container.securityContext?.readOnlyRootFilesystem).toBe(true);
  expect(container.volumeMounts?.map((mount) => mount.mountPath)).toEqual(['/tmp', '/var/run', '/var/cache/nginx', '/var/lib/nginx']);
});

test('the pod gets no service account token', () => {
  expect(pod.automountServiceAccountToken).toBe(false);
});

test('the container requests and is limited in every kind of resource', () => {
  expect(container.resources).toEqual({
    limits: { cpu: '500m', 'ephemeral-storage': '256Mi', memory: '256Mi' },
    requests: { cpu: '100m', 'ephemeral-storage': '64Mi', memory: '128Mi' },
  });
});
