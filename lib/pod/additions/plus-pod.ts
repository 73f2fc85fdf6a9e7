import { AbstractPod, Container, Volume } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { OpenContainer, OpenPod, PodVolumeSpec } from './open-pod';

/** What is asked of a workload: that of another version of cdk8s-plus is no instance of these classes. */
type PlusPod = Pick<AbstractPod, 'containers' | 'initContainers' | 'volumes'>;

/** A volume of cdk8s-plus that stands for one of the API: cdk8s-plus-27 makes no projected ones. */
interface PlusVolume extends Volume {
  readonly spec?: PodVolumeSpec;
}

/** The pods of a workload of cdk8s-plus, of any version. */
export function plusPod(workload: IConstruct): OpenPod | undefined {
  if (!isPlusPod(workload)) {
    return undefined;
  }
  const all = () => [...workload.containers, ...workload.initContainers];
  const volumes = (): PlusVolume[] => [...workload.volumes, ...all().flatMap(({ mounts }) => mounts.map(({ volume }) => volume))];
  const volumeOf = (spec: PodVolumeSpec) => volumes().find((volume) => volume.spec === spec) ?? plusVolume(spec);
  return {
    containers: all().map((container) => openContainer(container, volumeOf)),
    volumes: new Map(volumes().map((volume) => [volume.name, volume.spec])),
  };
}

function isPlusPod(value: object): value is PlusPod {
  return 'containers' in value && 'initContainers' in value && 'volumes' in value && Array.isArray(value.containers);
}

function openContainer(container: Container, volumeOf: (spec: PodVolumeSpec) => Volume): OpenContainer {
  return {
    name: container.name,
    variables: new Map(Object.entries(container.env.variables).map(([name, { value }]) => [name, value as string | undefined])),
    mounts: new Map(container.mounts.map(({ path, volume }) => [path, volume.name])),
    add: ({ env, mounts }) => {
      env.forEach(({ name, value, valueFrom }) => container.env.addVariable(name, { value, valueFrom }));
      mounts.forEach(({ volume, mountPath }) => container.mount(mountPath, volumeOf(volume), { readOnly: true }));
    },
  };
}

/** All that a pod asks of a volume is its name and what to render; it is the same object wherever it is mounted. */
function plusVolume(spec: PodVolumeSpec): Volume {
  const volume = { name: spec.name, spec, asVolume: () => volume, _toKube: () => spec } as unknown as Volume;
  return volume;
}
