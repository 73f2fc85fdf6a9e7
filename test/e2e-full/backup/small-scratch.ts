import { readdirSync, rmSync } from 'fs';
import { join } from 'path';
import { command, kubectl } from '../../e2e/support/kubectl';
import { until } from '../../e2e/support/wait';
import { SmallDisk } from '../mysql/small-disk';

const BALLAST = 'ballast';

/** A scratch volume with less room than it says, for one Job after the other. */
export class SmallScratch extends SmallDisk {
  /** For the next Job, when the one before is deleted: with so much room, in MiB. */
  public async offer(mebibytes: number): Promise<void> {
    await until(`the volume ${this.name} is of no claim`, 60, async () => (
      /Available|Released/.test(await kubectl('get', 'persistentvolume', this.name, '--output', 'jsonpath={.status.phase}'))));
    for (const name of readdirSync(this.folder)) {
      rmSync(join(this.folder, name), { recursive: true });
    }
    const free = Number((await command('df', ['--output=avail', '--block-size=1M', this.folder])).split('\n')[1]);
    await command('fallocate', ['--length', `${free - mebibytes}M`, join(this.folder, BALLAST)]);
    await kubectl('patch', 'persistentvolume', this.name, '--patch', '{"spec": {"claimRef": null}}');
  }
}
