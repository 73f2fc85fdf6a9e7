import { Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-27';

/** The default resources of a server. */
export const DEFAULT_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(500), limit: Cpu.units(2) },
  memory: { request: Size.gibibytes(1), limit: Size.gibibytes(1) },
  ephemeralStorage: { request: Size.mebibytes(128), limit: Size.gibibytes(1) },
};
/** The default resources of the agent: bash, and an occasional client. */
export const AGENT_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(20), limit: Cpu.millis(500) },
  memory: { request: Size.mebibytes(64), limit: Size.mebibytes(128) },
  ephemeralStorage: { request: Size.mebibytes(16), limit: Size.mebibytes(64) },
};

/** The default resources of MySQL Router, which takes 37 MiB when idle. */
export const ROUTER_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(100), limit: Cpu.units(1) },
  memory: { request: Size.mebibytes(128), limit: Size.mebibytes(256) },
  ephemeralStorage: { request: Size.mebibytes(16), limit: Size.mebibytes(64) },
};

/** The default resources of what keeps the metadata of Router: bash, an occasional client, and MySQL Shell for a moment. */
export const METADATA_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(20), limit: Cpu.millis(500) },
  memory: { request: Size.mebibytes(64), limit: Size.mebibytes(512) },
  ephemeralStorage: { request: Size.mebibytes(16), limit: Size.mebibytes(128) },
};

/** The default resources of a Job. */
export const OPERATION_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(50), limit: Cpu.millis(500) },
  memory: { request: Size.mebibytes(64), limit: Size.mebibytes(128) },
  ephemeralStorage: { request: Size.mebibytes(16), limit: Size.mebibytes(64) },
};

/**
 * The default resources of a server that no client speaks to: with a copy of the data while a backup, a drill or a restore runs. It
 * requests little CPU: the request is its share of a busy node, where commits go first.
 */
export const COPY_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(20), limit: Cpu.units(2) },
  memory: { request: Size.mebibytes(512), limit: Size.gibibytes(1) },
  ephemeralStorage: { request: Size.mebibytes(64), limit: Size.mebibytes(256) },
};

/** The default resources of the server that receives binary logs. */
export const RECEIVER_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(50), limit: Cpu.units(1) },
  memory: { request: Size.mebibytes(256), limit: Size.mebibytes(512) },
  ephemeralStorage: { request: Size.mebibytes(16), limit: Size.mebibytes(64) },
};

/** The default resources of restic, which keeps the index of its repository in memory. It requests little CPU, like a copy. */
export const RESTIC_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(20), limit: Cpu.units(2) },
  memory: { request: Size.mebibytes(256), limit: Size.gibibytes(1) },
  ephemeralStorage: { request: Size.mebibytes(256), limit: Size.gibibytes(1) },
};

/** The default resources of rclone. */
export const RCLONE_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(20), limit: Cpu.units(1) },
  memory: { request: Size.mebibytes(64), limit: Size.mebibytes(256) },
  ephemeralStorage: { request: Size.mebibytes(16), limit: Size.mebibytes(256) },
};

/** The default resources of the exporter of Prometheus, for the members that it asks at a time. */
export const EXPORTER_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(20), limit: Cpu.millis(200) },
  memory: { request: Size.mebibytes(32), limit: Size.mebibytes(96) },
  ephemeralStorage: { request: Size.mebibytes(4), limit: Size.mebibytes(64) },
};

/** The default resources of what asks the members for what they say: bash, and a client for each of them. */
export const FACTS_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(20), limit: Cpu.millis(500) },
  memory: { request: Size.mebibytes(32), limit: Size.mebibytes(128) },
  ephemeralStorage: { request: Size.mebibytes(4), limit: Size.mebibytes(64) },
};

/** The default resources of a server of one small file. */
export const PAGES_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(5), limit: Cpu.millis(100) },
  memory: { request: Size.mebibytes(4), limit: Size.mebibytes(16) },
  ephemeralStorage: { request: Size.mebibytes(4), limit: Size.mebibytes(16) },
};

/** The memory of a server, which the sizes in its configuration follow. */
export function memoryLimit(resources?: ContainerResources): Size {
  return (resources?.memory ?? DEFAULT_RESOURCES.memory!).limit!;
}
