import { ServiceType } from 'cdk8s-plus-27';
import { StatefulWebProps } from '../../lib';
import { addVolumes, addWeb, testChart } from '../util';

const KIB = 1024;

// Kubernetes counts the bytes of keys and values: ValidateAnnotationsSize of k8s.io/apimachinery/pkg/api/validation/objectmeta.go.
describe('annotations', () => {
  const annotations = (bytes: number) => ({ a: 'é'.repeat((bytes - 2) / 2), b: '' });
  const message = (property: string) => (
    `'${property}' must have at most 262144 bytes in all, got 262146: keep long texts in a file of ConfigFiles`
  );

  test('of 256 KiB are accepted', () => {
    expect(() => addWeb(testChart(), { podAnnotations: annotations(256 * KIB) })).not.toThrow();
  });

  test.each<[property: string, props: Partial<StatefulWebProps>]>([
    ['podAnnotations', { podAnnotations: annotations(256 * KIB + 2) }],
    ['clientService.annotations', { clientService: { annotations: annotations(256 * KIB + 2) } }],
    ['podServices.annotations', { podServices: { annotations: annotations(256 * KIB + 2) } }],
  ])('of more are refused in %s', (property, props) => {
    expect(() => addWeb(testChart(), props)).toThrow(new Error(`[test/web] ${message(property)}`));
  });

  test('of more are refused on an Ingress and on volumes', () => {
    const web = addWeb(testChart(), { clientService: {} });
    expect(() => web.exposeViaIngress({ annotations: annotations(256 * KIB + 2) }))
      .toThrow(new Error(`[test/web] ${message('annotations of the Ingress')}`));
    expect(() => addVolumes(testChart(), { annotations: annotations(256 * KIB + 2) }))
      .toThrow(new Error(`[test/nfs] ${message('annotations')}`));
  });
});

describe('a class of load balancers', () => {
  const type = ServiceType.LOAD_BALANCER;

  test.each(['a', 'example.com/Internal-LB_1', `${'a'.repeat(253)}/${'b'.repeat(63)}`])('may be %s', (loadBalancerClass) => {
    expect(() => addWeb(testChart(), { clientService: { type, loadBalancerClass } })).not.toThrow();
  });

  test.each(['', 'a b', 'a/b/c', '/a', 'a/', '-a', 'b'.repeat(64), 'Example.com/a'])('may not be %j', (loadBalancerClass) => {
    expect(() => addWeb(testChart(), { clientService: { type, loadBalancerClass } })).toThrow(new Error(
      '[test/web] \'clientService.loadBalancerClass\' must be a name of at most 63 letters, digits, "-", "_" and ".", '
      + `with or without a DNS name and "/" in front, got ${JSON.stringify(loadBalancerClass)}: leave it out for the cluster's own load balancer`,
    ));
  });
});

describe('the DNS names of pods', () => {
  const domain = (length: number) => Array(8).fill('a'.repeat(60)).join('.').slice(-length);
  const fixed = 'web-10.web.shop.svc.'.length;
  const web = (length: number, replicas = 11) => () => addWeb(testChart('shop'), { replicas, clusterDomain: domain(length - fixed) });

  test('may have 253 characters', () => {
    expect(web(253)).not.toThrow();
    expect(web(254, 10)).not.toThrow(); // web-9
  });

  test('may not have more', () => {
    expect(web(254)).toThrow(new Error(
      '[test/web] \'clusterDomain\' must make names of pods with at most 253 characters, got 254: shorten it, or name or serviceName',
    ));
  });
});
