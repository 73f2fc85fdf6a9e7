import { ChildProcess, spawn } from 'child_process';
import { mkdirSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { kubectl } from '../../../e2e/support/kubectl';

interface KeyRef {
  readonly name: string;
  readonly key: string;
}

interface Source {
  readonly name?: string;
  readonly secretName?: string;
  readonly items: { readonly key: string; readonly path: string }[];
}

/** What is read of a rendered pod. */
export interface BoundPod {
  readonly containers: {
    readonly env: { readonly name: string; readonly value?: string; readonly valueFrom?: { readonly secretKeyRef: KeyRef } }[];
    readonly volumeMounts?: { readonly name: string; readonly mountPath: string }[];
  }[];
  readonly volumes?: {
    readonly name: string;
    readonly secret?: Source;
    readonly projected?: { readonly sources: { readonly secret: Source }[] };
  }[];
}

/**
 * The environment of a rendered container, with its volumes below a folder: what the kubelet would make of it, from the Secrets that are in
 * the cluster.
 */
export async function environmentOf(
  namespace: string, { containers: [container], volumes = [] }: BoundPod, root: string,
): Promise<NodeJS.ProcessEnv> {
  const secrets = new Map<string, Record<string, string>>();
  const read = async ({ name, key }: KeyRef): Promise<string> => {
    const data = secrets.get(name) ?? await dataOf(namespace, name);
    secrets.set(name, data);
    expect([name, key, typeof data[key]]).toEqual([name, key, 'string']);
    return Buffer.from(data[key], 'base64').toString();
  };
  for (const { name, mountPath } of container.volumeMounts ?? []) {
    const volume = volumes.find((one) => one.name === name)!;
    for (const source of [volume.secret, ...volume.projected?.sources.map(({ secret }) => secret) ?? []]) {
      for (const { key, path } of source?.items ?? []) {
        const file = join(root, mountPath, path);
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        writeFileSync(file, await read({ name: (source!.name ?? source!.secretName)!, key }), { mode: 0o600 });
      }
    }
  }
  const paths = (container.volumeMounts ?? []).map(({ mountPath }) => mountPath);
  const environment: NodeJS.ProcessEnv = {};
  for (const { name, value, valueFrom } of container.env) {
    const isPath = value !== undefined && paths.some((path) => path.startsWith(value) || value.startsWith(path));
    environment[name] = isPath ? join(root, value) : value ?? await read(valueFrom!.secretKeyRef);
  }
  return environment;
}

async function dataOf(namespace: string, secret: string): Promise<Record<string, string>> {
  const { data } = JSON.parse(await kubectl('--namespace', namespace, 'get', 'secret', secret, '--output', 'json')) as {
    data: Record<string, string>;
  };
  return data;
}

/** A port of this machine that leads to a Service. */
export class Forward {
  public static async to(namespace: string, service: string): Promise<Forward> {
    const args = ['--namespace', namespace, 'port-forward', `service/${service}`, ':3306'];
    const process = spawn('kubectl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    return await new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        process.kill();
        reject(new Error(`kubectl port-forward of ${service} does not begin: ${said}`));
      }, 30_000);
      const hear = (text: Buffer): void => {
        said += text.toString();
        const port = /Forwarding from 127\.0\.0\.1:(\d+)/.exec(said)?.[1];
        if (port !== undefined) {
          clearTimeout(timer);
          resolve(new Forward(process, `127.0.0.1:${port}`));
        }
      };
      process.stdout.on('data', hear);
      process.stderr.on('data', hear);
      process.on('exit', () => {
        clearTimeout(timer);
        reject(new Error(`kubectl port-forward of ${service} ended: ${said}`));
      });
    });
  }

  private constructor(private readonly _process: ChildProcess, public readonly address: string) {}

  public end(): void {
    this._process.kill();
  }
}
