import { get, kubectl } from './kubectl';

const IMAGE = 'nginx:1.29'; // has curl
const RESTRICTED = {
  securityContext: { runAsNonRoot: true, runAsUser: 10101, seccompProfile: { type: 'RuntimeDefault' } },
};

/** A pod that sends requests. */
export class Client {
  /** A client that waits for orders, or sends one request after the other, each over a new connection. */
  public static async start(namespace: string, name: string, options: { labels?: string; loopUrl?: string } = {}): Promise<Client> {
    const { labels = 'app=client', loopUrl } = options;
    const command = loopUrl === undefined ? 'sleep 3600'
      : `while :; do curl -s -o /dev/null -m 5 -w '%{http_code} %{errormsg}\\n' ${loopUrl}; done`;
    const spec = {
      ...RESTRICTED,
      terminationGracePeriodSeconds: 0,
      containers: [{
        name, image: IMAGE, imagePullPolicy: 'IfNotPresent', command: ['sh', '-c', command],
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      }],
    };
    await kubectl('--namespace', namespace, 'run', name, '--image', IMAGE, '--labels', labels, '--restart', 'Never',
      '--overrides', JSON.stringify({ spec }));
    await kubectl('--namespace', namespace, 'wait', '--for', 'condition=Ready', `pod/${name}`, '--timeout', '90s');
    return new Client(namespace, name);
  }

  private constructor(private readonly _namespace: string, private readonly _name: string) {}

  /** The status of a GET; 000 when nobody answers within 3 s. */
  public async status(url: string): Promise<string> {
    return await kubectl('--namespace', this._namespace, 'exec', this._name, '--',
      'sh', '-c', `curl -s -o /dev/null -m 3 -w '%{http_code}' ${url} || true`);
  }

  /** How the requests of the loop ended. */
  public async results(): Promise<{ answered: number; failures: string[] }> {
    const lines = (await kubectl('--namespace', this._namespace, 'logs', this._name)).trim().split('\n');
    const failures = lines.filter((line) => !line.startsWith('200'));
    return { answered: lines.length - failures.length, failures };
  }

  public async remove(): Promise<void> {
    if (await get('pod', this._name, this._namespace) !== undefined) {
      await kubectl('--namespace', this._namespace, 'delete', 'pod', this._name, '--grace-period', '0', '--force');
    }
  }
}
