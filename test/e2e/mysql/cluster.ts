import { readFileSync } from 'fs';
import { join } from 'path';
import { command, kubectl } from '../support/kubectl';
import { Overlooked } from '../support/overlooked';
import { until } from '../support/wait';

const IMAGE = 'mysql:9.7';
// With the option file of the scripts.
const ADMIN = 'exec mysql --defaults-file=/run/mysqld/root.cnf --batch --skip-column-names';
const LOGIN = 'MYSQL_PWD=$2 mysql --no-defaults --host=127.0.0.1 --user="$1" --batch --skip-column-names --execute "SELECT 1"';
// NAMESPACE CRONJOB JOB [VARIABLE=VALUE...]
const CREATE_JOB = `kubectl --namespace "$1" create job "$3" --from="cronjob/$2" --dry-run=client --output yaml \
  | if (($# > 3)); then kubectl set env --local --filename - --output yaml "\${@:4}"; else cat; fi \
  | kubectl --namespace "$1" create --filename -`;
const CLIENT = readFileSync(join(__dirname, 'client.sh'), 'utf8');

/** A row that a writer wrote, and when the server had acknowledged it, in milliseconds since 1970. */
export interface AcknowledgedRow {
  readonly number: number;
  readonly at: number;
}

/** What a writer saw. */
export interface Acknowledged {
  readonly numbers: number[];
  /** The longest time between two acknowledgements, in milliseconds. */
  readonly longestPause: number;
}

/** A MySQL cluster under test, and clients that write to it. */
export class TestedCluster {
  /** The node that clients keep away from. */
  public avoidedNode?: string;

  public constructor(public readonly namespace: string, public readonly members: string[]) {}

  /** What a container of a member has said. */
  public async log(pod: string, container = 'agent'): Promise<string> {
    return await kubectl('--namespace', this.namespace, 'logs', pod, '--container', container);
  }

  /** Runs SQL as root on a member. */
  public async sql(pod: string, statement: string): Promise<string> {
    return (await kubectl('--namespace', this.namespace, 'exec', pod, '--container', 'agent', '--',
      'bash', '-c', `${ADMIN} --execute "$1"`, 'sql', statement)).trim();
  }

  /** What changes when a server starts again, of each member. */
  public async incarnations(): Promise<string[]> {
    return await Promise.all(this.members.map(async (pod) => (
      await kubectl('--namespace', this.namespace, 'exec', pod, '--container', 'agent', '--', 'cat', '/run/mysqld/incarnation'))));
  }

  /** What a member answers to this user and password: 1, or an error. */
  public async login(pod: string, user: string, password: string): Promise<string> {
    return (await kubectl('--namespace', this.namespace, 'exec', pod, '--container', 'agent', '--', 'bash', '-c', `${LOGIN} 2>&1 || true`,
      'login', user, password)).trim();
  }

  public async ready(seconds = 170): Promise<void> {
    const overlooked = new Overlooked(this.namespace);
    for (const pod of this.members) {
      await until(`${pod} is ready`, seconds, async () => {
        await overlooked.help();
        return (await this.condition(pod)) === 'True';
      });
    }
  }

  /** The condition Ready of a pod; undefined when there is no such pod. */
  public async condition(pod: string): Promise<string | undefined> {
    const text = await kubectl('--namespace', this.namespace, 'get', 'pod', pod, '--ignore-not-found', '--output',
      'jsonpath={.metadata.deletionTimestamp}|{.status.conditions[?(@.type=="Ready")].status}');
    const [deleted, status] = text.split('|');
    return deleted ? 'False' : status;
  }

  /** The member that is open for writes. */
  public async writable(): Promise<string> {
    return await until('a member is open for writes', 60, async () => {
      for (const member of this.members) {
        if (await this.sql(member, 'SELECT @@GLOBAL.super_read_only + @@GLOBAL.offline_mode').catch(() => '') === '0') {
          return member;
        }
      }
      return undefined;
    });
  }

  /** SIGKILL for the server of a pod, which starts again, perhaps before Kubernetes has seen that it was away. */
  public async kill(pod: string): Promise<void> {
    const inServer = async (script: string): Promise<string> => (
      await kubectl('--namespace', this.namespace, 'exec', pod, '--container', 'mysqld', '--', 'bash', '-c', script));
    const before = await inServer('cat /run/mysqld/incarnation; kill -9 $(</run/mysqld/mysqld.pid)');
    await until(`the server of ${pod} starts again`, 60, async () => {
      const now = await inServer('cat /run/mysqld/incarnation').catch(() => before);
      return now !== '' && now !== before;
    });
  }

  /** Starts a writer against the read-write Service. */
  public async startWriter(name = 'writer'): Promise<void> {
    await this.startClient(name, 'writer', readFileSync(join(__dirname, 'writer.sh'), 'utf8'));
    await this.writes(name, 20);
  }

  /** Waits until the writer has so many more acknowledgements. */
  public async writes(name = 'writer', more = 20, seconds = 120): Promise<void> {
    const before = (await this.acknowledged(name)).numbers.length;
    await until(`${more} more acknowledged inserts`, seconds, async () => (await this.acknowledged(name)).numbers.length >= before + more);
  }

  /**
   * What a writer saw.
   *
   * @param from how many acknowledgements are left out of the pauses
   */
  public async acknowledged(name = 'writer', from = 0): Promise<Acknowledged> {
    const rows = await this.acknowledgedRows(name).catch(() => []);
    const pauses = rows.slice(Math.max(1, from)).map(({ at }, index) => at - rows[Math.max(0, from - 1) + index].at);
    return { numbers: rows.map(({ number }) => number), longestPause: Math.max(0, ...pauses) };
  }

  /** The rows that a writer has written until now, in order; fails without a writer. */
  public async acknowledgedRows(name = 'writer'): Promise<AcknowledgedRow[]> {
    const log = await kubectl('--namespace', this.namespace, 'logs', name);
    return log.split('\n').filter((line) => /^\d+ \d+$/.test(line)).map((line) => line.split(' ').map(Number))
      .map(([number, at]) => ({ number, at }));
  }

  /** The longest time between two acknowledgements around an event, in milliseconds. */
  public async pauseDuring(event: () => Promise<void>, name = 'writer'): Promise<number> {
    const { length } = (await this.acknowledged(name)).numbers;
    await event();
    await this.writes(name);
    return (await this.acknowledged(name, length)).longestPause;
  }

  /** Ends the writer; what it saw. */
  public async stopWriter(name = 'writer'): Promise<Acknowledged> {
    const seen = await this.acknowledged(name);
    await kubectl('--namespace', this.namespace, 'delete', 'pod', name);
    return seen;
  }

  /** Runs a suspended CronJob of the cluster once, with these variables; its log. */
  public async operate(operation: string, environment: Record<string, string> = {}): Promise<string> {
    const job = `${operation}-${Date.now()}`;
    const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    await command('bash', ['-euo', 'pipefail', '-c', CREATE_JOB, 'operate', this.namespace, `mysql-${operation}`, job, ...variables]);
    const { log } = await until(`the Job ${job} has ended`, 150, async () => {
      const conditions = await kubectl('--namespace', this.namespace, 'get', 'job', job, '--output',
        'jsonpath={.status.conditions[?(@.status=="True")].type}');
      return /Complete|Failed/.test(conditions) && { log: await kubectl('--namespace', this.namespace, 'logs', `job/${job}`) };
    });
    await kubectl('--namespace', this.namespace, 'delete', 'job', job);
    return log;
  }

  /** What a command prints in a pod with this label `app`, where the password of the user `shop` is in /tmp/password.cnf. */
  public async asClient(name: string, app: string, script: string): Promise<string> {
    await this.startClient(name, app, `${script} 2>&1 || true`);
    await kubectl('--namespace', this.namespace, 'wait', '--for', 'jsonpath={.status.phase}=Succeeded', `pod/${name}`, '--timeout', '60s');
    const printed = await kubectl('--namespace', this.namespace, 'logs', name);
    await kubectl('--namespace', this.namespace, 'delete', 'pod', name);
    return printed.trim();
  }

  /** The set of transactions that a member has, in one line. */
  public async executed(member: string): Promise<string> {
    return (await this.sql(member, 'SELECT @@GLOBAL.gtid_executed')).replaceAll('\\n', '');
  }

  /** Fails unless every acknowledged row is there, all members have the same rows and transactions, and none has any of its own. */
  public async requireNothingLost(source: string, { numbers }: Acknowledged): Promise<void> {
    const checksum = async (member: string) => await this.sql(member, 'CHECKSUM TABLE shop.numbers');
    for (const member of this.members) {
      await until(`${member} has the transactions of ${source}, and no others`, 60, async () => (
        await this.executed(member) === await this.executed(source)
      ));
      expect([member, await checksum(member)]).toEqual([member, await checksum(source)]);
    }
    await this._requireStored(source, numbers);
    console.log(`${this.namespace}: ${numbers.length} rows acknowledged, 0 lost`);
  }

  /** Fails unless every row that was acknowledged until now is there, and no member has transactions of its own; while clients write. */
  public async requireNothingLostYet(source: string, writer = 'writer'): Promise<void> {
    const { numbers } = await this.acknowledged(writer);
    const replicas = this.members.filter((member) => member !== source);
    const sets = await Promise.all(replicas.map((member) => this.executed(member)));
    const own = sets.map((set) => `GTID_SUBTRACT('${set}', @@GLOBAL.gtid_executed)`);
    expect(await this.sql(source, `SELECT CONCAT_WS(' ', ${own.join()})`)).toBe('');
    await this._requireStored(source, numbers);
  }

  /** Starts a pod with this label `app`, where the password of the user `shop` is in /tmp/password.cnf. */
  public async startClient(name: string, app: string, script: string): Promise<void> {
    const spec = {
      ...this.avoidedNode === undefined ? {} : { affinity: awayFrom(this.avoidedNode) },
      securityContext: { runAsNonRoot: true, runAsUser: 10101, fsGroup: 10101, seccompProfile: { type: 'RuntimeDefault' } },
      terminationGracePeriodSeconds: 0,
      containers: [{
        name, image: IMAGE, imagePullPolicy: 'IfNotPresent', command: ['bash', '-c', CLIENT + script],
        env: [{ name: 'MYSQL_HOST', value: 'mysql' }],
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        volumeMounts: [{ name: 'accounts', mountPath: '/accounts' }],
      }],
      volumes: [{ name: 'accounts', secret: await this._passwordOfShop() }],
    };
    await kubectl('--namespace', this.namespace, 'run', name, '--image', IMAGE, '--labels', `app=${app}`, '--restart', 'Never',
      '--overrides', JSON.stringify({ spec }));
  }

  /** The Secret of the user, which a Job makes, or that of all accounts, which a test makes. */
  private async _passwordOfShop(): Promise<Record<string, unknown>> {
    const own = await kubectl('--namespace', this.namespace, 'get', 'secret', 'mysql-user-shop', '--ignore-not-found', '--output', 'name');
    const [secretName, key] = own === '' ? ['mysql-accounts', 'shop-password'] : ['mysql-user-shop', 'password'];
    return { secretName, items: [{ key, path: 'shop-password' }] };
  }

  private async _requireStored(source: string, numbers: number[]): Promise<void> {
    const stored = new Set((await this.sql(source, 'SELECT number FROM shop.numbers')).split('\n').map(Number));
    expect(numbers.filter((number) => !stored.has(number))).toEqual([]);
  }
}

function awayFrom(node: string) {
  const terms = [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'NotIn', values: [node] }] }];
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } };
}
