import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { App, Chart, Size, Testing, Yaml } from 'cdk8s';
import { IStatefulSet } from 'kubernetes-models/apps/v1/StatefulSet';
import { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import { IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { IStorageClass } from 'kubernetes-models/storage.k8s.io/v1/StorageClass';
import { IContainer } from 'kubernetes-models/v1/Container';
import { INamespace } from 'kubernetes-models/v1/Namespace';
import { IPersistentVolume } from 'kubernetes-models/v1/PersistentVolume';
import { IPersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim';
import { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import { IService } from 'kubernetes-models/v1/Service';
import { parseAllDocuments } from 'yaml';
import {
  ClaimTemplate, LocalPersistentVolumes, LocalPersistentVolumesProps, LocalVolume, NfsPersistentVolumes, NfsPersistentVolumesProps,
  StatefulWeb, StatefulWebProps,
} from '../lib';
import { DIST } from './support/paths';

/** The objects that the tests look into, by kind. */
interface Kinds {
  HorizontalPodAutoscaler: IHorizontalPodAutoscaler;
  Ingress: IIngress;
  Namespace: INamespace;
  NetworkPolicy: INetworkPolicy;
  PersistentVolume: IPersistentVolume;
  PersistentVolumeClaim: IPersistentVolumeClaim;
  PodDisruptionBudget: IPodDisruptionBudget;
  Service: IService;
  StatefulSet: IStatefulSet;
  StorageClass: IStorageClass;
}

export type Manifest = Kinds[keyof Kinds];

const ADDITION = /-(alerts|monitors)$/;

/** A chart alone in its app, so that tests do not see each other's names. */
export function testChart(namespace?: string): Chart {
  return new Chart(new App(), 'test', { namespace });
}

export function synth(chart: Chart): Manifest[] {
  return Testing.synth(chart) as Manifest[];
}

/** What a reviewer of `dist` would read. */
export function synthYaml(chart: Chart): string {
  return Yaml.stringify(...synth(chart));
}

export function objectsOfKind<K extends keyof Kinds>(objects: Manifest[], kind: K): Kinds[K][] {
  return objects.filter((object) => object.kind === kind) as Kinds[K][];
}

/** The only object of a kind. */
export function objectOfKind<K extends keyof Kinds>(objects: Manifest[], kind: K): Kinds[K] {
  const found = objectsOfKind(objects, kind);
  if (found.length !== 1) {
    throw new Error(`expected one ${kind}, found ${found.length}`);
  }
  return found[0];
}

/** The folders of `dist` that every Kubernetes cluster takes. */
export function distApps(): string[] {
  return readdirSync(DIST).filter((folder) => !ADDITION.test(folder)).sort();
}

/** The folders of `dist` that need the Prometheus Operator, and can be left out. */
export function distAdditions(): string[] {
  return readdirSync(DIST).filter((folder) => ADDITION.test(folder)).sort();
}

/** All objects of one folder of `dist`, as a YAML 1.1 parser (that of Kubernetes) reads them. */
export function distObjects(app: string): Manifest[] {
  const folder = join(DIST, app);
  return readdirSync(folder).sort().flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8'), { version: '1.1' }))
    .map((document) => {
      if ('errors' in document && document.errors.length > 0) {
        throw document.errors[0];
      }
      return document.toJS() as Manifest;
    });
}

/** A `StatefulWeb` with little more than an image. */
export function addWeb(chart: Chart, props: Partial<StatefulWebProps> = {}, id = 'web'): StatefulWeb {
  return new StatefulWeb(chart, id, { image: 'nginx:1.29', ...props });
}

/** What a `StatefulWeb` alone in its chart renders. */
export function renderWeb(props: Partial<StatefulWebProps> = {}, namespace?: string): RenderedWeb {
  const chart = testChart(namespace);
  addWeb(chart, props);
  const objects = synth(chart);
  const statefulSet = objectOfKind(objects, 'StatefulSet');
  const pod = podOf(statefulSet);
  const [service] = objectsOfKind(objects, 'Service'); // the headless one is the first
  return { objects, statefulSet, pod, container: pod.containers[0], service };
}

export interface RenderedWeb {
  readonly objects: Manifest[];
  readonly statefulSet: IStatefulSet;
  readonly pod: IPodSpec;
  readonly container: IContainer;
  readonly service: IService;
}

export function podOf(statefulSet: IStatefulSet): IPodSpec {
  const pod = statefulSet.spec?.template.spec;
  if (pod === undefined) {
    throw new Error(`StatefulSet ${statefulSet.metadata?.name} has no pods`);
  }
  return pod;
}

/** The claim template of the original manifests, with changes. */
export function claim(changes: Partial<ClaimTemplate> = {}): ClaimTemplate {
  return { name: 'www', mountPath: '/usr/share/nginx/html', size: Size.gibibytes(1), ...changes };
}

/** Three NFS volumes of 1Gi, with changes. */
export function addVolumes(chart: Chart, props: Partial<NfsPersistentVolumesProps> = {}, id = 'nfs'): NfsPersistentVolumes {
  return new NfsPersistentVolumes(chart, id, {
    server: 'nfs.example.com', paths: ['/k8s/nfs0', '/k8s/nfs1', '/k8s/nfs2'], namePrefix: 'pv', capacity: Size.gibibytes(1), ...props,
  });
}

/** Volumes of 1Gi on two nodes, with changes. */
export function addLocalVolumes(chart: Chart, props: Partial<LocalPersistentVolumesProps> = {}, id = 'local'): LocalPersistentVolumes {
  const volumes = [LocalVolume.onHost('node-1', '/mnt/data'), LocalVolume.onHost('node-2', '/mnt/data')];
  return new LocalPersistentVolumes(chart, id, { volumes, capacity: Size.gibibytes(1), ...props });
}
