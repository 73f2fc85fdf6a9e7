import { spawnSync } from 'child_process';
import { join } from 'path';

/** How long a process ran and what it printed. */
export interface Run {
  readonly milliseconds: number;
  readonly output: string;
}

/** Runs Node.js with the package as its working folder. */
export function runNode(args: string[], environment: Record<string, string> = {}): Run {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: join(__dirname, '..'), env: { ...process.env, ...environment }, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024,
  });
  const milliseconds = performance.now() - start;
  if (status !== 0) {
    throw new Error(`node ${args.join(' ')} failed: ${stderr}`);
  }
  return { milliseconds, output: stdout };
}

/** Runs a TypeScript program as cdk8s.yaml says it. */
export function runTypeScript(program: string, args: string[] = [], environment: Record<string, string> = {}): Run {
  return runNode(['--require', 'ts-node/register', program, ...args], environment);
}
