import { exec, get, kubectl } from './kubectl';

const IMAGE = 'busybox:1.28.3'; // the version whose nslookup the original manifests use

/** A pod to look around from. */
export class Toolbox {
  public static readonly NAME = 'toolbox';

  public static async start(namespace: string): Promise<Toolbox> {
    await kubectl('--namespace', namespace, 'run', Toolbox.NAME, '--image', IMAGE, '--image-pull-policy', 'IfNotPresent',
      '--restart', 'Never', '--', 'sleep', '3600');
    await kubectl('--namespace', namespace, 'wait', '--for', 'condition=Ready', `pod/${Toolbox.NAME}`, '--timeout', '90s');
    return new Toolbox(namespace);
  }

  private constructor(private readonly _namespace: string) {}

  public async run(...args: string[]): Promise<string> {
    return await exec(this._namespace, Toolbox.NAME, ...args);
  }

  /** What a GET of the URL answers. */
  public async httpGet(url: string): Promise<string> {
    return await this.run('wget', '-q', '-T', '5', '-O', '-', url);
  }

  public async remove(): Promise<void> {
    if (await get('pod', Toolbox.NAME, this._namespace) !== undefined) {
      await kubectl('--namespace', this._namespace, 'delete', 'pod', Toolbox.NAME, '--grace-period', '0', '--force');
    }
  }
}
