import { exec, kubectl } from './kubectl';
import { Toolbox } from './toolbox';
import { until } from './wait';

const SECONDS = 60;
const MYSQL_IMAGE = 'mysql:9.7';
const WEB_PODS = ['web-0', 'web-1'];
const PAGE = '/usr/share/nginx/html/index.html';
const CREATE = 'CREATE DATABASE IF NOT EXISTS shop; CREATE TABLE IF NOT EXISTS shop.notes (id INT PRIMARY KEY, text VARCHAR(64) NOT NULL)';

/** What clients of a system write and read. */
export interface Content {
  /** Writes something, where the system keeps anything. */
  readonly write: () => Promise<void>;
  /** Fails unless the system serves what was written last. */
  readonly requireServed: () => Promise<void>;
}

/** The page that nginx comes with: the pods keep nothing. */
export class DefaultPage implements Content {
  public constructor(private readonly _toolbox: () => Toolbox, private readonly _namespace: string) {}

  public async write(): Promise<void> {
    await this.requireServed();
  }

  public async requireServed(): Promise<void> {
    for (const pod of WEB_PODS) {
      await until(`${pod} serves a page`, SECONDS, async () => (await pageOf(this._toolbox(), pod, this._namespace)).includes('<html'));
    }
  }
}

/** A page on the volume of each pod, with the pod's name. */
export class OwnPages implements Content {
  public constructor(private readonly _toolbox: () => Toolbox, private readonly _namespace: string) {}

  public async write(): Promise<void> {
    for (const pod of WEB_PODS) {
      await exec(this._namespace, pod, 'sh', '-c', `echo "hello $(hostname)" > ${PAGE}`);
    }
    await this.requireServed();
  }

  public async requireServed(): Promise<void> {
    for (const pod of WEB_PODS) {
      expect(await until(`${pod} serves a page`, SECONDS, async () => await pageOf(this._toolbox(), pod, this._namespace)))
        .toBe(`hello ${pod}\n`);
    }
  }
}

/** A row that goes through the Service for reads and writes. */
export class Row implements Content {
  public constructor(
    private readonly _namespace: string, private readonly _service: string, protected readonly _text = `written at ${Date.now()}`,
  ) {}

  /** Also starts the client. It has the label of the cluster's Jobs, since the app lets no application in. */
  public async write(): Promise<void> {
    await this._startClient();
    await this._query(`${CREATE}; REPLACE INTO shop.notes VALUES (1, '${this._text}')`);
    await this.requireServed();
  }

  public async requireServed(): Promise<void> {
    expect(await this._query('SELECT text FROM shop.notes')).toBe(this._text);
  }

  /** As `admin`, until the Service leads to a server that answers. */
  private async _query(sql: string): Promise<string> {
    const script = 'MYSQL_PWD=$(</secrets/admin-password) exec mysql --no-defaults --host="$1" --user=admin --ssl-mode=REQUIRED'
      + ' --connect-timeout=4 --batch --skip-column-names --execute "$2"';
    const { answer } = await until(`${this._service} answers`, SECONDS, async () => ({
      answer: await exec(this._namespace, 'client', 'bash', '-c', script, 'query', this._service, sql),
    }));
    return answer.trim();
  }

  protected async _startClient(): Promise<void> {
    const spec = {
      securityContext: { runAsNonRoot: true, runAsUser: 10101, fsGroup: 10101, seccompProfile: { type: 'RuntimeDefault' } },
      terminationGracePeriodSeconds: 0,
      containers: [{
        name: 'client', image: MYSQL_IMAGE, imagePullPolicy: 'IfNotPresent', command: ['sleep', '3600'],
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        volumeMounts: [{ name: 'secrets', mountPath: '/secrets', readOnly: true }],
      }],
      volumes: [{ name: 'secrets', secret: { secretName: 'mysql-accounts', items: [{ key: 'admin-password', path: 'admin-password' }] } }],
    };
    await kubectl('--namespace', this._namespace, 'run', 'client', '--image', MYSQL_IMAGE,
      '--labels', 'app.kubernetes.io/name=mysql-operation', '--restart', 'Never', '--overrides', JSON.stringify({ spec }));
    await kubectl('--namespace', this._namespace, 'wait', '--for', 'condition=Ready', 'pod/client', '--timeout', '90s');
  }
}

async function pageOf(toolbox: Toolbox, pod: string, namespace: string): Promise<string> {
  return await toolbox.httpGet(`http://${pod}.nginx.${namespace}.svc.cluster.local/`);
}
