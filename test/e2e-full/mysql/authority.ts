import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { TestedCluster } from '../../e2e/mysql/cluster';
import { command, kubectl } from '../../e2e/support/kubectl';

const FILES = ['ca.crt', 'tls.crt', 'tls.key'];
const SECRET = 'mysql-tls';
const SERIAL = 'openssl s_client -starttls mysql -connect 127.0.0.1:3306 </dev/null 2>/dev/null | openssl x509 -noout -serial';

/** Signs certificates for a cluster, and keeps the last one in the Secret `mysql-tls`. */
export class Authority {
  public readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-certificates-'));

  public constructor(private readonly _cluster: TestedCluster) {}

  /** Signs a certificate for these names, into the folder, which is valid for so many days. */
  public async sign(serial: string, names: string[], days = 30): Promise<void> {
    await command('bash', [join(__dirname, 'certificate.sh'), `0x${serial}`, String(days), ...names], this.folder);
  }

  /** Makes the Secret. */
  public async create(): Promise<void> {
    await this._run('create', 'secret', 'generic', SECRET, ...FILES.map((file) => `--from-file=${join(this.folder, file)}`));
  }

  /** Changes these files in the Secret. */
  public async replace(...files: string[]): Promise<void> {
    await this._run('patch', 'secret', SECRET, '--patch', JSON.stringify({ stringData: this.files(files) }));
  }

  public files(files = FILES): Record<string, string> {
    return Object.fromEntries(files.map((file) => [file, readFileSync(join(this.folder, file), 'utf8')]));
  }

  /** The serial numbers of the certificates that the members show to whom connects now. */
  public async served(): Promise<string[]> {
    return await Promise.all(this._cluster.members.map(async (pod) => (
      await this._run('exec', pod, '--container', 'agent', '--', 'bash', '-c', SERIAL)).trim()));
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private async _run(...args: string[]): Promise<string> {
    return await kubectl('--namespace', this._cluster.namespace, ...args);
  }
}
