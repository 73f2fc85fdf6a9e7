import { ApiObject, Duration } from 'cdk8s';
import { PodManagementPolicy } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { requireUniqueInApp } from '../../../core/registry';
import { renderHeadlessService } from '../../../network/render/headless-service';
import { Probe } from '../../../pod/probe';
import { renderProbes } from '../../../pod/render/probes';
import { renderRollout } from '../../../pod/render/rollout';
import { renderStatefulSet } from '../../../pod/render/stateful-set';
import { ClaimRetention } from '../../../storage/claim-retention';
import { ClaimUse } from '../../../storage/claim-use';
import { ClaimTemplates } from '../../../storage/render/claim-templates';
import { PATHS, script } from '../../constants/paths';
import { MYSQL_PORT, MYSQL_PORT_NAME } from '../../constants/ports';
import { ClusterContext } from '../../context/cluster-context';
import { componentLabels } from '../../context/component-labels';
import { RECEIVER_RESOURCES } from '../../context/default-resources';
import { programsChecksum } from '../../files/script-bundle';
import { ResolvedBackups } from '../mysql-backups';
import { ResolvedArchive } from '../point-in-time-archive';
import { backupBundle, renderServerContainer, renderStoreContainer } from './backup-container';
import { renderServerVolumes, renderStoreVolumes } from './backup-volumes';

const GRACE_SECONDS = 60; // the server closes its files, and what is closed is stored
const PROGRAMS = ['receive.sh', 'ship.sh'];

/** The pod that receives binary logs and stores them. */
export function renderArchive(cluster: Construct, context: ClusterContext, backups: ResolvedBackups, archive: ResolvedArchive): ApiObject {
  const { names, security, imagePullSecrets, podAnnotations } = context;
  const { store } = backups;
  const scope = new Construct(cluster, 'archive');
  const name = `${context.name}-archive`;
  const labels = componentLabels(cluster, context, 'archive');
  requireUniqueInApp(cluster, {
    property: 'name', value: name, what: 'a StatefulSet name', scoped: 'namespace', fix: 'give each cluster its own name',
  });
  renderHeadlessService(scope, 'Service', {
    name, labels, publishNotReadyAddresses: true, ports: [{ name: MYSQL_PORT_NAME, port: MYSQL_PORT }],
  });
  const claim = { name: 'spool', mountPath: PATHS.spool, size: archive.size, storageClassName: archive.storageClassName };
  const spool = { name: claim.name, mountPath: claim.mountPath };
  const interval = { INTERVAL: String(archive.intervalSeconds) };
  const receive = renderServerContainer(cluster, context, {
    name: 'receive',
    program: 'receive.sh',
    environment: { ...interval, CLUSTER: backups.folder, READ_WRITE_HOST: names.inDns(names.readWrite), VOLUME: PATHS.spool },
    volumeMounts: [spool],
    resources: RECEIVER_RESOURCES,
    fields: renderProbes(scope, { // each costs 15 ms of CPU (measured), and no Service waits for them
      startup: probe('startup', 5, 720), readiness: probe('readiness', 20, 2), liveness: probe('liveness', 30, 4),
    }),
  });
  const ship = renderStoreContainer(cluster, context, store, 'rclone', {
    name: 'ship', program: 'ship.sh', environment: interval, volumeMounts: [spool],
  });
  return renderStatefulSet(scope, {
    name,
    serviceName: name,
    labels,
    replicas: 1,
    claims: new ClaimTemplates(cluster, [claim], ClaimUse.FILES),
    claimRetention: ClaimRetention.retain(),
    security,
    containers: [receive, ship],
    initContainers: [],
    volumes: [...renderStoreVolumes(context, store), ...renderServerVolumes(context, ['monitor', 'replication'], true)],
    spec: renderRollout(scope, 1, { podManagementPolicy: PodManagementPolicy.PARALLEL }), // ordered, one that is not ready is not replaced
    podSpec: { terminationGracePeriodSeconds: GRACE_SECONDS },
    podAnnotations: { ...podAnnotations, 'checksum/config': programsChecksum(backupBundle(context), PROGRAMS) },
    scheduling: {},
    access: { serviceAccountName: store.credentials?._serviceAccountName, imagePullSecrets },
  });
}

function probe(name: string, period: number, failureThreshold: number): Probe {
  return Probe.exec([script('probe.sh'), name], { period: Duration.seconds(period), timeout: Duration.seconds(5), failureThreshold });
}
