import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { wholeSeconds } from '../../core/durations';
import { requireInteger } from '../../core/validation';
import { script } from '../constants/paths';
import { NO_ACCESS } from './agent-access';
import { SemiSynchronousOptions } from './semi-synchronous-options';
import { SourceReplicaOptions } from './source-replica-options';
import { TopologyConfig, TopologyStrategy } from './topology-config';

const SOURCE_ID_BASE = 100;
const REPLICA_ID_BASE = 200;
const REPLICAS_MAX = 99;
const HEARTBEATS_SECONDS_MIN = 15;

/** One source and its replicas. */
export class SourceReplica implements TopologyStrategy {
  private readonly _options: SourceReplicaOptions;

  public constructor(options: SourceReplicaOptions) {
    this._options = { ...options };
  }

  public bind(scope: Construct, name: string): TopologyConfig {
    const { replicas, source, replica, maxLag, semiSynchronous } = this._options;
    requireInteger({ scope, property: 'topology.replicas' }, replicas, 1, REPLICAS_MAX, 'a source alone loses its data with its disk');
    const lag = wholeSeconds({ scope, property: 'topology.maxLag' }, maxLag ?? Duration.seconds(30), HEARTBEATS_SECONDS_MIN,
      'leave it out for 30 s');
    return {
      memberSets: [
        { suffix: '-source', component: 'source', role: 'source', replicas: 1, serverIdBase: SOURCE_ID_BASE, scheduling: { ...source } },
        {
          suffix: '-replica', component: 'replica', role: 'replica', replicas, serverIdBase: REPLICA_ID_BASE, scheduling: { ...replica },
        },
      ],
      readWrite: { role: 'source', suffix: '' },
      readOnly: { role: 'replica', suffix: '-read' },
      reservedMemory: Size.mebibytes(0),
      defaultsIn: () => ({ replica_net_timeout: '15' }),
      enforced: semiSynchronous === undefined ? {} : renderSemiSynchronous(scope, replicas, semiSynchronous),
      environment: {
        DEFAULT_SOURCE: `${name}-source-0`, MAX_LAG: String(lag), SEMI_SYNCHRONOUS: semiSynchronous === undefined ? 'OFF' : 'ON',
      },
      scripts: 'source-replica',
      operations: ['promote', 'switchover'].map((suffix) => ({ suffix, command: [script('promote.sh'), suffix] })),
      operationAccounts: ['admin', 'monitor'],
      agentAccess: NO_ACCESS,
      own: { databases: [], users: [] },
    };
  }
}

/** The same on all members, since which of them is the source can change; the agent lets the source alone wait for others. */
function renderSemiSynchronous(scope: Construct, replicas: number, options: SemiSynchronousOptions): Record<string, string> {
  const acknowledgements = options.acknowledgements ?? 1;
  requireInteger({ scope, property: 'topology.semiSynchronous.acknowledgements' }, acknowledgements, 1, replicas,
    'there must be as many replicas');
  const timeout = (options.timeout ?? Duration.seconds(10)).toMilliseconds();
  requireInteger({ scope, property: 'topology.semiSynchronous.timeout' }, timeout, 1, 4294967295, 'write it as in Duration.seconds(10)');
  return {
    plugin_load_add: 'mysql_clone.so;semisync_source.so;semisync_replica.so',
    loose_rpl_semi_sync_source_enabled: 'OFF',
    loose_rpl_semi_sync_source_timeout: String(timeout),
    loose_rpl_semi_sync_source_wait_for_replica_count: String(acknowledgements),
    loose_rpl_semi_sync_source_wait_point: 'AFTER_SYNC',
    loose_rpl_semi_sync_replica_enabled: 'ON',
    // What a replica acknowledged must outlive its crash, since the source may never send it again.
    relay_log_recovery: 'OFF',
    sync_relay_log: '1',
  };
}
