import { ApiObject } from 'cdk8s';
import { HttpIngressPathType } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { fail } from '../../core/errors';
import { nameOrHeld } from '../../core/held-objects';
import { Labels } from '../../core/labels';
import { requireUniqueInApp } from '../../core/registry';
import { isDnsName, requireAnnotations, requireDnsLabel, requireDnsName, requireOneOf } from '../../core/validation';
import { HttpRouteOptions } from '../http-route-options';
import { IngressOptions } from '../ingress-options';
import { requireUrlPath } from './url-path';

// https://gateway-api.sigs.k8s.io/reference/spec/#httproutespec
const ROUTE_HOSTNAMES_MAX = 16;
const ROUTE_PATHS_MAX = 64;
const ROUTE_PATH_LENGTH_MAX = 1024;

/** What requests from outside are handed to. */
export interface Backend {
  readonly serviceName: string;
  readonly port: number;
}

export function renderIngress(
  scope: Construct, workload: { name: string; labels: Labels }, backend: Backend, options: IngressOptions,
): ApiObject {
  const { name = workload.name, host, path = '/', pathType = HttpIngressPathType.PREFIX, className, annotations } = options;
  const origin = (property: string) => ({ scope, property: `${property} of the Ingress` });
  const tlsSecretName = nameOrHeld(origin('tlsSecretName'), options.tlsSecretName, options.tlsSecret);
  requireName(scope, 'Ingress', name);
  requireHost(scope, 'host of the Ingress', host);
  if (pathType !== HttpIngressPathType.IMPLEMENTATION_SPECIFIC || !path.startsWith('/')) { // the controller's own syntax, e.g. a pattern
    requireUrlPath(scope, 'path of the Ingress', path);
  }
  requireOneOf(origin('pathType'), pathType, Object.values(HttpIngressPathType), 'use HttpIngressPathType');
  requireAnnotations(origin('annotations'), annotations ?? {});
  if (className !== undefined) {
    requireDnsName(origin('className'), className);
  }
  if (tlsSecretName !== undefined) {
    requireDnsName(origin('tlsSecretName'), tlsSecretName);
  }
  return new ApiObject(scope, `Ingress-${name}`, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, annotations: annotations && { ...annotations }, labels: workload.labels },
    spec: {
      ingressClassName: className,
      rules: [{
        host,
        http: { paths: [{ path, pathType, backend: { service: { name: backend.serviceName, port: { number: backend.port } } } }] },
      }],
      tls: tlsSecretName === undefined ? undefined : [{ hosts: host === undefined ? undefined : [host], secretName: tlsSecretName }],
    },
  });
}

export function renderHttpRoute(
  scope: Construct, workload: { name: string; labels: Labels }, backend: Backend, options: HttpRouteOptions,
): ApiObject {
  const { name = workload.name, gatewayName, gatewayNamespace, sectionName, hostnames, paths } = options;
  const origin = (property: string) => ({ scope, property: `${property} of the HTTPRoute` });
  requireName(scope, 'HTTPRoute', name);
  requireDnsName(origin('gatewayName'), gatewayName);
  if (gatewayNamespace !== undefined) {
    requireDnsLabel(origin('gatewayNamespace'), gatewayNamespace);
  }
  if (sectionName !== undefined) {
    requireDnsName(origin('sectionName'), sectionName);
  }
  hostnames?.forEach((host, index) => requireHost(scope, `hostnames[${index}] of the HTTPRoute`, host));
  paths?.forEach((path, index) => requireRoutePath(scope, `paths[${index}] of the HTTPRoute`, path));
  requireAtMost(scope, 'hostnames of the HTTPRoute', hostnames, ROUTE_HOSTNAMES_MAX);
  requireAtMost(scope, 'paths of the HTTPRoute', paths, ROUTE_PATHS_MAX);
  return new ApiObject(scope, `HttpRoute-${name}`, {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, labels: workload.labels },
    spec: {
      hostnames: hostnames?.length ? [...hostnames] : undefined,
      parentRefs: [{ name: gatewayName, namespace: gatewayNamespace, sectionName }],
      rules: [{
        backendRefs: [{ name: backend.serviceName, port: backend.port }],
        matches: paths?.length ? paths.map((value) => ({ path: { type: 'PathPrefix', value } })) : undefined,
      }],
    },
  });
}

function requireName(scope: Construct, kind: string, name: string): void {
  requireDnsName({ scope, property: `name of the ${kind}` }, name);
  requireUniqueInApp(scope, {
    property: `name of the ${kind}`, value: name, what: `the name of an ${kind}`, scoped: 'namespace', fix: 'give each its own name',
  });
}

function requireRoutePath(scope: Construct, property: string, path: string): void {
  requireUrlPath(scope, property, path);
  if (path.length > ROUTE_PATH_LENGTH_MAX) {
    fail(scope, {
      property, rule: `have at most ${ROUTE_PATH_LENGTH_MAX} characters`, value: path.length, fix: 'name what the paths begin with',
    });
  }
}

function requireAtMost(scope: Construct, property: string, list: string[] | undefined, max: number): void {
  if (list !== undefined && list.length > max) {
    fail(scope, { property, rule: `be at most ${max}`, value: list.length, fix: 'add a second HTTPRoute with a name of its own' });
  }
}

function requireHost(scope: Construct, property: string, host?: string): void {
  const name = host?.replace(/^\*\./, '') ?? 'any';
  if (!isDnsName(name) || /^[0-9.]+$/.test(name)) {
    fail(scope, {
      property, rule: 'be a DNS name, of which the first part may be "*"', value: host,
      fix: 'write it as in "www.example.com", without port',
    });
  }
}
