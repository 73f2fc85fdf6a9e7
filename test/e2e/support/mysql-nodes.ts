import { kubectl } from './kubectl';
import { runOnNode } from './node-folders';
import { MYSQL_BASE } from './workspace';

const LABEL = 'mysql';
const ROLES = { master: 'source', slave: 'replica' };

/** Two nodes with the labels and the folders of the app `mysql-source-replica`. */
export class MySqlNodes {
  /** Labels the first two nodes and makes their folders. */
  public static async prepare(): Promise<MySqlNodes> {
    const names = (await kubectl('get', 'nodes', '--output', 'jsonpath={.items[*].metadata.name}')).split(' ');
    if (names.length < 2) {
      throw new Error('the cluster has one node: the source and its replica need one each');
    }
    const labelled = await kubectl('get', 'nodes', '--selector', LABEL, '--output', 'name');
    if (labelled !== '') {
      throw new Error(`nodes have the label ${LABEL}, which this test would take away; remove it first:\n${labelled}`);
    }
    const nodes = new MySqlNodes(names.slice(0, 2));
    await nodes._each(async (node, [value, folder]) => {
      await kubectl('label', 'node', node, `${LABEL}=${value}`);
      await runOnNode('default', node, MYSQL_BASE, `rm -rf /base/${folder} && mkdir /base/${folder}`);
    });
    return nodes;
  }

  private constructor(private readonly _names: string[]) {}

  /** Takes labels and folders away. */
  public async release(): Promise<void> {
    await this._each(async (node, [, folder]) => {
      await kubectl('label', 'node', node, `${LABEL}-`);
      await runOnNode('default', node, MYSQL_BASE, `rm -rf /base/${folder}`);
    });
  }

  private async _each(body: (node: string, role: [string, string]) => Promise<void>): Promise<void> {
    for (const [index, role] of Object.entries(ROLES).entries()) {
      await body(this._names[index], role);
    }
  }
}
