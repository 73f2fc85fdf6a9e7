import { cleanCluster, requireCleanCluster } from './clean';
import { Workspace } from './workspace';

/** Tests of an app on the cluster: they start on a clean one, in a folder with `dist/`, and leave nothing behind. */
export function describeApp(name: string, body: (workspace: Workspace) => void): void {
  describe(name, () => {
    const workspace = Workspace.create();
    let ours = false;

    beforeAll(async () => {
      await requireCleanCluster();
      ours = true;
    }, 60_000);

    afterAll(async () => {
      if (ours) {
        await cleanCluster();
      }
      workspace.remove();
    }, 180_000);

    body(workspace);
  });
}
