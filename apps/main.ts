import { join } from 'path';
import { App } from 'cdk8s';
import { Warnings } from '../lib';
import { NfsVolumes } from './nfs-volumes';
import { WebHardened } from './web-hardened';
import { WebStorage } from './web-storage';
import { WebTopology } from './web-topology';

/** What differs between the places where the apps are deployed. */
export interface Inputs {
  /** Where the folders of the apps go. */
  readonly outdir: string;
  /** The address of the NFS server. */
  readonly nfsServer: string;
}

/** All apps: a folder each, and in it a file named after its chart. */
export function createApps(inputs: Inputs): App[] {
  const apps: App[] = [];
  const add = <T>(name: string, create: (app: App, id: string) => T): T => {
    const app = new App({ outdir: join(inputs.outdir, name) });
    apps.push(app);
    return create(app, name);
  };
  add('web-topology', (app, id) => new WebTopology(app, id));
  add('web-hardened', (app, id) => new WebHardened(app, id));
  const { web } = add('web-storage', (app, id) => new WebStorage(app, id));
  add('nfs-volumes', (app, id) => new NfsVolumes(app, id, { server: inputs.nfsServer, reserveFor: web }));
  return apps;
}

if (require.main === module) {
  const apps = createApps({
    outdir: process.env.CDK8S_OUTDIR ?? 'dist', // the CLI names its output folder
    nfsServer: process.env.NFS_SERVER ?? '192.168.199.128',
  });
  apps.forEach((app) => app.synth());
  apps.flatMap((app) => Warnings.below(app)).forEach((warning) => console.warn(warning));
}
