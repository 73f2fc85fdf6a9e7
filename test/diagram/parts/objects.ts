import { pictureOf } from '../../../lib/diagram/picture';
import { Manifest } from '../../../lib/manifests/manifest';
import { Picture, picture } from '../picture';

/** An object of the namespace `shop`. */
export function object(apiVersion: string, kind: string, name: string, fields: object = {}): Manifest {
  return { apiVersion, kind, metadata: { name, namespace: 'shop' }, ...fields };
}

/** A Deployment of one replica whose pods have the label `app` with its name. */
export function deployment(name: string, pod: object = {}, labels: object = {}): Manifest {
  return object('apps/v1', 'Deployment', name, { spec: {
    selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name, ...labels } }, spec: pod },
  } });
}

export function drawn(...objects: Manifest[]): Picture {
  return picture({ toMermaid: () => pictureOf(objects) });
}
