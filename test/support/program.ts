import { Output } from '../../lib/manifests/output';

/** What became of a program. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program with these arguments; what it wrote, and its exit status. */
export function runMain(main: (args: string[], output: Output) => number, args: string[]): Ended {
  const written = { stdout: '', stderr: '' };
  const status = main(args, {
    stdout: { write: (text) => written.stdout += text }, stderr: { write: (text) => written.stderr += text },
  });
  return { status, ...written };
}
