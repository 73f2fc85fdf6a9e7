import { createHash } from 'crypto';
import { Chart, Duration, Size, SizeRoundingBehavior } from 'cdk8s';
import { Construct } from 'constructs';
import { wholeSeconds } from '../../core/durations';
import { fail } from '../../core/errors';
import { requireInteger, requireOneOf } from '../../core/validation';
import { PATHS, script } from '../constants/paths';
import { LABELS_OF_MEMBERS } from './agent-access';
import { GroupConsistency } from './group-consistency';
import { InnoDbClusterOptions } from './inno-db-cluster-options';
import { RoutersConfig, TopologyConfig, TopologyStrategy } from './topology-config';

const TIMEOUT_MAX = 3600;
const SERVER_ID_BASE = 1000;
const MEMBERS = [3, 5, 7, 9];
const ROUTERS_MAX = 99;
/** The additional names that clusters with Routers reserve. */
const OF_ROUTER = { databases: ['mysql_innodb_cluster_metadata'], users: ['router'] };
const LEAST_CACHE = Size.mebibytes(128);
// The plugin itself, beside its cache.
const PLUGIN = Size.mebibytes(32);
// Each member holds a transaction some times over while the group agrees on it. Measured on 9.7.4 with 1 GiB: those of 64 and 96 MiB,
// again and again, take up to 920 MiB; one of 128 MiB has the kernel kill the primary, and then the next one on which a client tries it.
const MEMORY_PER_TRANSACTION = 16;
const TRANSACTION_MAX = 150_000_000; // the server's own default

/** A group of servers that elect their primary. */
export class InnoDbCluster implements TopologyStrategy {
  private readonly _options: InnoDbClusterOptions;

  public constructor(options: InnoDbClusterOptions) {
    this._options = { ...options };
  }

  public bind(scope: Construct, name: string): TopologyConfig {
    const { members, placement, maxLag } = this._options;
    if (!MEMBERS.includes(members)) {
      fail(scope, {
        property: 'topology.members', rule: `be one of ${MEMBERS.join(', ')}`, value: members,
        fix: 'more than half must be left for the group to go on: an even number bears no more failures than the odd one below it,'
          + ' 1 bears none, and a group has 9 members at most',
      });
    }
    const lag = wholeSeconds({ scope, property: 'topology.maxLag' }, maxLag ?? Duration.seconds(30), 1, 'leave it out for 30 s');
    const cache = messageCache(scope, this._options.messageCacheSize ?? LEAST_CACHE);
    const tolerated = (members - 1) / 2;
    const routers = resolveRouters(scope, this._options);
    return {
      memberSets: [{
        suffix: '', component: 'member', role: 'none', replicas: members, replicasMax: Math.max(...MEMBERS), serverIdBase: SERVER_ID_BASE,
        scheduling: { ...placement },
      }],
      readWrite: { role: 'primary', suffix: '' },
      readOnly: { role: 'secondary', suffix: '-read' },
      reservedMemory: Size.mebibytes(cache.toMebibytes() + PLUGIN.toMebibytes()),
      defaultsIn: (memory) => ({ group_replication_transaction_size_limit: String(largestTransaction(memory)) }),
      enforced: this._renderOptions(scope, name, cache),
      enforcedWithAuthority: {
        loose_group_replication_ssl_mode: 'VERIFY_IDENTITY',
        loose_group_replication_recovery_ssl_ca: `${PATHS.tls}/ca.crt`,
        loose_group_replication_recovery_ssl_verify_server_cert: 'ON',
      },
      environment: { MAX_LAG: String(lag) },
      scripts: 'group',
      serverPreStop: [script('await-hand-over.sh')],
      agentAccess: LABELS_OF_MEMBERS,
      mayBeMissing: tolerated,
      operations: ['switchover', 'recover'].map((suffix) => ({ suffix, command: [script('operate.sh'), suffix] })),
      operationAccounts: ['admin', 'monitor', 'replication'],
      routers,
      own: routers === undefined ? { databases: [], users: [] } : OF_ROUTER,
    };
  }

  private _renderOptions(scope: Construct, name: string, cache: Size): Record<string, string> {
    const { memberExpelTimeout, unreachableMajorityTimeout, consistency } = this._options;
    const seconds = (property: string, duration: Duration, least: number) => (
      String(wholeSeconds({ scope, property: `topology.${property}` }, duration, least, 'leave it out', TIMEOUT_MAX))
    );
    if (consistency !== undefined) {
      requireOneOf({ scope, property: 'topology.consistency' }, consistency, Object.values(GroupConsistency), 'use GroupConsistency');
    }
    return {
      plugin_load_add: 'mysql_clone.so;group_replication.so',
      loose_group_replication_group_name: groupName(scope, name),
      // The agent bootstraps the group, and joins it.
      loose_group_replication_start_on_boot: 'OFF',
      loose_group_replication_bootstrap_group: 'OFF',
      loose_group_replication_autorejoin_tries: '0',
      loose_group_replication_exit_state_action: 'OFFLINE_MODE',
      loose_group_replication_single_primary_mode: 'ON',
      loose_group_replication_enforce_update_everywhere_checks: 'OFF',
      // Members speak to each other as clients do: over the same port, with TLS and an account.
      loose_group_replication_communication_stack: 'MYSQL',
      loose_group_replication_ssl_mode: 'REQUIRED',
      loose_group_replication_recovery_use_ssl: 'ON',
      loose_group_replication_recovery_get_public_key: 'ON',
      // The agent asks for a new copy itself, into a folder beside the data.
      loose_group_replication_clone_threshold: '9223372036854775807',
      loose_group_replication_consistency: consistency ?? GroupConsistency.BEFORE_ON_PRIMARY_FAILOVER,
      loose_group_replication_member_expel_timeout: seconds('memberExpelTimeout', memberExpelTimeout ?? Duration.seconds(0), 0),
      loose_group_replication_unreachable_majority_timeout:
        seconds('unreachableMajorityTimeout', unreachableMajorityTimeout ?? Duration.seconds(20), 1),
      loose_group_replication_message_cache_size: `${cache.toMebibytes()}M`,
      // With ON, the message that a member left can get lost: ADR 9.
      loose_group_replication_paxos_single_leader: 'OFF',
    };
  }
}

function resolveRouters(scope: Construct, { router }: InnoDbClusterOptions): RoutersConfig | undefined {
  if (router === undefined) {
    return undefined;
  }
  const { replicas = 2, ...options } = router;
  requireInteger({ scope, property: 'topology.router.replicas' }, replicas, 1, ROUTERS_MAX, 'leave it out for 2, so that one may fail');
  return { replicas, options };
}

/** What a transaction may have, in bytes, so that it ends no server for lack of memory. */
function largestTransaction(memory: Size): number {
  return Math.min(TRANSACTION_MAX, Math.floor(memory.toKibibytes() * 1024 / MEMORY_PER_TRANSACTION));
}

function messageCache(scope: Construct, size: Size): Size {
  const mebibytes = size.toMebibytes({ rounding: SizeRoundingBehavior.NONE });
  if (!Number.isInteger(mebibytes) || mebibytes < LEAST_CACHE.toMebibytes()) {
    fail(scope, {
      property: 'topology.messageCacheSize', rule: 'be whole MiB, at least 128', value: size,
      fix: 'leave it out for 128 MiB, the least that the server takes',
    });
  }
  return size;
}

/** A UUID that stays the same: of version 5, from the name of the cluster and its namespace. */
function groupName(scope: Construct, name: string): string {
  const digest = createHash('sha1').update(`cdk8s-stateful/${Chart.of(scope).namespace ?? ''}/${name}`).digest('hex');
  const variant = (parseInt(digest[16], 16) & 3 | 8).toString(16);
  return [
    digest.slice(0, 8), digest.slice(8, 12), `5${digest.slice(13, 16)}`, `${variant}${digest.slice(17, 20)}`, digest.slice(20, 32),
  ].join('-');
}
