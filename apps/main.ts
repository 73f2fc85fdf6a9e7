import { join } from 'path';
import { App } from 'cdk8s';
import { Warnings } from '../lib';
import { MySqlBackup } from './mysql-backup';
import { MySqlBackupAlerts } from './mysql-backup-alerts';
import { MySqlBackupBase } from './mysql-backup-base';
import { MySqlBackupDashboards } from './mysql-backup-dashboards';
import { MySqlBackupMetrics } from './mysql-backup-metrics';
import { MySqlBackupMonitors } from './mysql-backup-monitors';
import { MySqlInnoDbCluster } from './mysql-innodb-cluster';
import { MySqlInnoDbClusterAlerts } from './mysql-innodb-cluster-alerts';
import { MySqlInnoDbClusterBase } from './mysql-innodb-cluster-base';
import { MySqlInnoDbClusterDashboards } from './mysql-innodb-cluster-dashboards';
import { MySqlInnoDbClusterMetrics } from './mysql-innodb-cluster-metrics';
import { MySqlInnoDbClusterMonitors } from './mysql-innodb-cluster-monitors';
import { MySqlRestore } from './mysql-restore';
import { MySqlRestoreBase } from './mysql-restore-base';
import { MySqlSourceReplica } from './mysql-source-replica';
import { MySqlSourceReplicaBase } from './mysql-source-replica-base';
import { NfsVolumes } from './nfs-volumes';
import { ManifestFolder } from './support/manifest-folder';
import { WebHardened } from './web-hardened';
import { WebHardenedBase } from './web-hardened-base';
import { WebStorage } from './web-storage';
import { WebTopology } from './web-topology';
import { WebTopologyBase } from './web-topology-base';

/** What differs between the places where the apps are deployed. */
export interface Inputs {
  /** Where the folders of the apps go. */
  readonly outdir: string;
  /** The address of the NFS server. */
  readonly nfsServer: string;
  /** The URL of the store of backups, which speaks S3. */
  readonly backupStore: string;
  /** The folders of the nodes of the MySQL source and its replica. */
  readonly mysqlFolders: { readonly source: string; readonly replica: string };
}

/** The inputs of the original manifests, and a store of backups, without the output folder. */
export const SEED: Omit<Inputs, 'outdir'> = {
  nfsServer: '192.168.199.128',
  backupStore: 'https://s3.example.com',
  mysqlFolders: { source: '/mnt/mysql', replica: '/mnt/mysql' },
};

/**
 * All apps, a folder each. A folder holds either workloads or what must be there before them and outlives them: namespaces, classes and
 * volumes. The latter is the base of the workloads, `<folder>-base`; that of `web-storage` is `nfs-volumes`. What only a cluster with
 * Grafana needs is in `<folder>-dashboards`, what only one with Prometheus needs in `<folder>-metrics`, and what needs the Prometheus
 * Operator in `<folder>-monitors` and `<folder>-alerts`.
 */
export function createApps(inputs: Inputs): App[] {
  const apps: App[] = [];
  const add = <T>(name: string, create: (app: App, id: string) => T): T => {
    const app = new ManifestFolder({ outdir: join(inputs.outdir, name) });
    apps.push(app);
    return create(app, name);
  };
  add('web-topology-base', (app, id) => new WebTopologyBase(app, id));
  add('web-topology', (app, id) => new WebTopology(app, id));
  add('web-hardened-base', (app, id) => new WebHardenedBase(app, id));
  add('web-hardened', (app, id) => new WebHardened(app, id));
  const { web } = add('web-storage', (app, id) => new WebStorage(app, id));
  add('nfs-volumes', (app, id) => new NfsVolumes(app, id, { server: inputs.nfsServer, reserveFor: web }));
  const { cluster } = add('mysql-source-replica', (app, id) => new MySqlSourceReplica(app, id));
  add('mysql-source-replica-base', (app, id) => (
    new MySqlSourceReplicaBase(app, id, { folders: inputs.mysqlFolders, reserveFor: cluster })
  ));
  add('mysql-innodb-cluster-base', (app, id) => new MySqlInnoDbClusterBase(app, id));
  const { cluster: group } = add('mysql-innodb-cluster', (app, id) => new MySqlInnoDbCluster(app, id, {
    metrics: add('mysql-innodb-cluster-metrics', (other, name) => new MySqlInnoDbClusterMetrics(other, name)),
  }));
  add('mysql-innodb-cluster-monitors', (app, id) => new MySqlInnoDbClusterMonitors(app, id, group));
  add('mysql-innodb-cluster-alerts', (app, id) => new MySqlInnoDbClusterAlerts(app, id, group));
  add('mysql-innodb-cluster-dashboards', (app, id) => new MySqlInnoDbClusterDashboards(app, id, { cluster: group }));
  const store = { endpoint: inputs.backupStore };
  add('mysql-backup-base', (app, id) => new MySqlBackupBase(app, id));
  const { cluster: backedUp } = add('mysql-backup', (app, id) => new MySqlBackup(app, id, {
    ...store, metrics: add('mysql-backup-metrics', (other, name) => new MySqlBackupMetrics(other, name)),
  }));
  add('mysql-backup-monitors', (app, id) => new MySqlBackupMonitors(app, id, backedUp));
  add('mysql-backup-alerts', (app, id) => new MySqlBackupAlerts(app, id, backedUp));
  add('mysql-backup-dashboards', (app, id) => new MySqlBackupDashboards(app, id, { cluster: backedUp }));
  add('mysql-restore-base', (app, id) => new MySqlRestoreBase(app, id));
  add('mysql-restore', (app, id) => new MySqlRestore(app, id, store));
  return apps;
}

if (require.main === module) {
  const apps = createApps({
    ...SEED,
    outdir: process.env.CDK8S_OUTDIR ?? 'dist', // the CLI names its output folder
    nfsServer: process.env.NFS_SERVER ?? SEED.nfsServer,
    backupStore: process.env.BACKUP_STORE ?? SEED.backupStore,
  });
  apps.forEach((app) => app.synth());
  apps.flatMap((app) => Warnings.below(app)).forEach((warning) => console.warn(warning));
}
