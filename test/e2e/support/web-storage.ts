import { get } from './kubectl';
import { Overlooked } from './overlooked';
import { until } from './wait';
import type { Workspace } from './workspace';

/** The app web-storage on the cluster, once its volumes are there as well. */
export class WebStorage {
  public static readonly NAMESPACE = 'default';
  public static readonly PODS = ['web-0', 'web-1'];
  public static readonly RESERVED = { 'www-web-0': 'pv000', 'www-web-1': 'pv001' };

  public constructor(private readonly _workspace: Workspace) {}

  /**
   * Waits for both pods. From Kubernetes 1.33 on the scheduler may leave a pod Pending for five minutes although its claim was bound; then
   * the documented fix must help.
   */
  public async started(): Promise<void> {
    const overlooked = new Overlooked(WebStorage.NAMESPACE, async () => await this._workspace.runBlock('pending-pod'));
    await until('both pods are ready', 180, async () => {
      await overlooked.help();
      return (await get('statefulset', 'web', WebStorage.NAMESPACE))?.status?.readyReplicas === WebStorage.PODS.length;
    });
  }

  /** To which volume each claim is bound, or in which phase it is. */
  public async boundVolumes(): Promise<Record<string, string | undefined>> {
    const claims = Object.keys(WebStorage.RESERVED).map(async (claim) => {
      const found = await get('persistentvolumeclaim', claim, WebStorage.NAMESPACE);
      return [claim, found?.status?.phase === 'Bound' ? found.spec.volumeName : found?.status?.phase] as const;
    });
    return Object.fromEntries(await Promise.all(claims));
  }
}
