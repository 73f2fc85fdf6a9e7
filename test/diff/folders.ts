import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { Yaml } from 'cdk8s';
import { Manifest } from '../../lib/manifests/manifest';

/** Two folders of manifests that exist as long as a test runs. */
export class Folders {
  private readonly _root = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-diff-'));

  public get old(): string {
    return join(this._root, 'old');
  }

  public get new(): string {
    return join(this._root, 'new');
  }

  /** Objects, or the text of files by their names. */
  public write(side: 'old' | 'new', content: Manifest[] | Record<string, string>): this {
    mkdirSync(join(this._root, side), { recursive: true });
    const files = Array.isArray(content) ? { 'all.k8s.yaml': Yaml.stringify(...content) } : content;
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this._root, side, name)), { recursive: true });
      writeFileSync(join(this._root, side, name), text);
    }
    return this;
  }

  public remove(): void {
    rmSync(this._root, { recursive: true });
  }
}
