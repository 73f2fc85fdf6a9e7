import { existsSync } from 'fs';
import { join } from 'path';

const PROGRAMS = ['bash', 'cat', 'timeout'];

/** Of PATH the folders with the programs of scripts: each start of a program tries those that come before. */
export function programPath(): string {
  return (process.env.PATH ?? '').split(':').filter((folder) => PROGRAMS.some((name) => existsSync(join(folder, name)))).join(':');
}
