import { command, kubectl } from '../../e2e/support/kubectl';
import { until } from '../../e2e/support/wait';

/** The commands that stop the API server, and that start it again. */
const { API_STOP, API_START } = process.env;

/** The cluster's API server, which the tests may stop. */
export class StoppableApi {
  /** Why it cannot be stopped here; undefined when it can. */
  public static impossible(): string | undefined {
    return API_STOP && API_START ? undefined : 'API_STOP and API_START name no commands that stop and start the API server';
  }

  private _stopped = false;

  public async stop(): Promise<void> {
    this._stopped = true;
    await command('bash', ['-c', API_STOP!]);
    await until('the API server does not answer', 60, async () => !await this._answers());
  }

  /** Starts it again, if it is stopped, and waits until it answers. */
  public async start(): Promise<void> {
    if (this._stopped) {
      await command('bash', ['-c', API_START!]);
      await until('the API server answers', 120, async () => await this._answers());
      this._stopped = false;
    }
  }

  private async _answers(): Promise<boolean> {
    return await kubectl('get', '--raw', '/readyz', '--request-timeout', '2s').then((answer) => answer === 'ok', () => false);
  }
}
