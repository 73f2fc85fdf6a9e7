import { at, listAt, Manifest, namespaceOf, textAt } from '../../manifests/manifest';
import { Graph } from '../graph/graph';
import { Objects } from '../graph/objects';

/** A Service to which a route leads, and what of the traffic. */
interface Backend {
  readonly namespace: string;
  readonly name: string;
  readonly label?: string;
}

/** Draws Ingresses and HTTPRoutes before their Services. `services` has the ids of the Services by `namespace/name`. */
export function drawRoutes(objects: Objects, graph: Graph, services: Map<string, string>): void {
  objects.ofKind('networking.k8s.io/Ingress').forEach((ingress) => {
    const secured = listAt(ingress, 'spec.tls').length > 0 ? ['TLS'] : [];
    const hosts = listAt(ingress, 'spec.rules').map((rule) => textAt(rule, 'host') ?? 'every host');
    draw(ingress, [...new Set(hosts), ...secured], backendsOfIngress(ingress));
  });
  objects.ofKind('gateway.networking.k8s.io/HTTPRoute').forEach((route) => {
    const gateways = listAt(route, 'spec.parentRefs').map((parent) => {
      const namespace = textAt(parent, 'namespace');
      return `by ${textAt(parent, 'kind') ?? 'Gateway'} ${namespace === undefined ? '' : `${namespace}/`}${textAt(parent, 'name')}`;
    });
    draw(route, [...listAt(route, 'spec.hostnames').map(String), ...gateways], backendsOfRoute(route));
  });

  function draw(route: Manifest, lines: string[], backends: Backend[]): void {
    const namespace = namespaceOf(route);
    const from = graph.node({
      key: [route.kind, namespace, route.metadata.name], shape: 'route', namespace, lines: [`${route.kind} ${route.metadata.name}`, ...lines],
    });
    backends.forEach((backend) => graph.edge({
      from, style: 'plain', label: backend.label, to: services.get(`${backend.namespace}/${backend.name}`) ?? graph.node({
        key: ['Service', backend.namespace, backend.name], shape: 'peer', namespace: backend.namespace,
        lines: [`Service ${backend.name}`, 'not in these objects'],
      }),
    }));
  }
}

function backendsOfIngress(ingress: Manifest): Backend[] {
  const paths = listAt(ingress, 'spec.rules').flatMap((rule) => listAt(rule, 'http.paths'));
  const all = [...paths, ...at(ingress, 'spec.defaultBackend') === undefined ? [] : [{ backend: at(ingress, 'spec.defaultBackend') }]];
  return all.flatMap((path) => {
    const name = textAt(path, 'backend.service.name');
    return name === undefined ? [] : [{ namespace: namespaceOf(ingress), name, label: textAt(path, 'path') }];
  });
}

function backendsOfRoute(route: Manifest): Backend[] {
  return listAt(route, 'spec.rules').flatMap((rule) => listAt(rule, 'backendRefs').flatMap((backend) => {
    const paths = listAt(rule, 'matches').flatMap((match) => textAt(match, 'path.value') ?? []);
    const name = textAt(backend, 'name');
    return name === undefined ? [] : [{
      namespace: textAt(backend, 'namespace') ?? namespaceOf(route), name, label: paths.length > 0 ? paths.join(', ') : undefined,
    }];
  }));
}
