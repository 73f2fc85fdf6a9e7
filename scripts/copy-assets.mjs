#!/usr/bin/env node
// Copies what of lib/ is no TypeScript, and is read at run time, beside the compiled files.
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
for (const folder of ['mysql/dashboards/models', 'mysql/scripts', 'mysql/sql', 'web/models']) {
  rmSync(join(root, 'build/lib', folder), { recursive: true, force: true });
  cpSync(join(root, 'lib', folder), join(root, 'build/lib', folder), { recursive: true });
}
