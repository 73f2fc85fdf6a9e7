import { runBlock } from './block';
import { Content, Row } from './content';

/** A row that a backup has. */
export class BackedUpRow extends Row {
  public constructor(private readonly _home: string, service: string) {
    super(_home, service);
  }

  /** Also makes the backup, as the guide says. */
  public override async write(): Promise<void> {
    await super.write();
    await runBlock('backup-now', this._home);
  }

  /** The same row in a cluster that is restored from that backup, which nobody writes there. */
  public restoredIn(namespace: string): Content {
    return new RestoredRow(namespace, 'mysql', this._text);
  }
}

/** A row that came with a restore. */
class RestoredRow extends Row {
  /** Writes nothing: it must be there. */
  public override async write(): Promise<void> {
    await this._startClient();
    await this.requireServed();
  }
}
