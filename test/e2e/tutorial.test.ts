import { ChildProcess, spawn } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { documents } from '../support/documents';
import { fenceTagged } from '../support/fences';
import { runProgram } from '../support/programs';
import { runBlock } from './support/block';
import { diagnosed } from './support/diagnosed';
import { get, kubectl } from './support/kubectl';
import { until } from './support/wait';

const NAMESPACE = 'tutorial';
const PROGRAM = 'tutorial-program';
const URL = 'http://localhost:8080';
/** The page of the web: how many orders there are, and which server answered. */
const PAGE = /^(\d+) orders, the last one at (mysql-\d)\n$/;
const CLAIMS = ['data-mysql-0', 'data-mysql-1', 'data-mysql-2'];

describe('the database gets a web in front', () => {
  let ours = false;
  let files: Record<string, string> = {};
  const run = async (id: string) => await runBlock(id, 'default', files);

  beforeAll(async () => {
    if (await get('namespace', NAMESPACE) !== undefined) {
      throw new Error(`the cluster has a namespace ${NAMESPACE} that these tests would delete; remove it first`);
    }
    ours = true;
    files = synthesized();
  }, 60_000);

  afterAll(async () => {
    if (ours) {
      await kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found', '--timeout', '150s');
    }
  }, 180_000);

  test('the program writes the file that the tutorial names', () => {
    expect(Object.keys(files)).toEqual(['dist/shop.k8s.yaml']);
  });

  diagnosed('both start where the restricted level is enforced', [NAMESPACE], async () => {
    await run('tutorial-namespace');
    await repeated('tutorial-apply');
    await repeated('tutorial-web');
    await until('the tutorial shows one primary and two secondaries', 60, async () => {
      const roles = await run('tutorial-roles');
      return roles.match(/ primary$/gm)?.length === 1 && roles.match(/ secondary$/gm)?.length === 2;
    });
  }, 900);

  diagnosed('the page shows orders, and more of them later', [NAMESPACE], async () => {
    const { orders } = await page();
    await until('there are more orders', 30, async () => (await page()).orders > orders);
  });

  diagnosed('the page is in a browser of this machine', [NAMESPACE], async () => {
    const forwarding = inBackground('tutorial-browser');
    try {
      const text = await until(`${URL} answers`, 30, async () => await (await fetch(URL)).text());
      expect(text).toMatch(PAGE);
    } finally {
      process.kill(-forwarding.pid!);
    }
  });

  diagnosed('another server takes over when the primary is killed, and no order is lost', [NAMESPACE], async () => {
    const before = await page();
    await run('tutorial-kill');
    const numbers = [before.orders];
    await until('another server answers', 60, async () => {
      const { orders, server } = await page();
      numbers.push(orders);
      return server !== before.server;
    });
    expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
    expect(numbers.at(-1)).toBeGreaterThan(before.orders);
    await run('tutorial-back');
  }, 400);

  diagnosed('the orders are there after all workloads were deleted', [NAMESPACE], async () => {
    const { orders } = await page();
    const left = await run('tutorial-delete');
    expect([...CLAIMS, 'secret/mysql-accounts'].filter((name) => !left.includes(name))).toEqual([]);
    await repeated('tutorial-again');
    await repeated('tutorial-web');
    const now = await page();
    expect(now.orders).toBeGreaterThan(orders);
  }, 900);

  diagnosed('nothing is left', [NAMESPACE], async () => {
    await run('tutorial-clean');
    expect(await get('namespace', NAMESPACE)).toBeUndefined();
  });

  /** Runs a block whose wait may end too early; then the tutorial says to repeat it. */
  async function repeated(id: string): Promise<void> {
    await until(`${id} succeeds`, 300, async () => {
      await run(id);
      return true;
    });
  }

  /** What the tutorial's command shows, as soon as there is a page. */
  async function page(): Promise<{ orders: number; server: string }> {
    return await until('the web has a page', 90, async () => {
      const match = PAGE.exec(await run('tutorial-page'));
      return match !== null && { orders: Number(match[1]), server: match[2] };
    });
  }
});

/** What the program of the tutorial writes. */
function synthesized(): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-tutorial-'));
  process.env.CDK8S_OUTDIR = folder;
  try {
    runProgram(fenceTagged(documents(), `e2e=${PROGRAM}`).text);
    return Object.fromEntries(readdirSync(folder).map((file) => [`dist/${file}`, readFileSync(join(folder, file), 'utf8')]));
  } finally {
    delete process.env.CDK8S_OUTDIR;
    rmSync(folder, { recursive: true });
  }
}

/** Runs a block that does not end, in a group of processes of its own. */
function inBackground(id: string): ChildProcess {
  const { text } = fenceTagged(documents(), `e2e=${id}`);
  return spawn('bash', ['-euo', 'pipefail', '-c', text], { detached: true, stdio: 'ignore' });
}
