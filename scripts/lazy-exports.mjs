#!/usr/bin/env node
// Rewrites the compiled index of the library: it loads a file when a name of it is first used, not when the package is imported.
// Interfaces have no value, so their files are never loaded. `.jsii` and the declarations stay as they are.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const index = join(import.meta.dirname, '../build/lib/index.js');
const load = createRequire(index);
const files = [...readFileSync(index, 'utf8').matchAll(/^__exportStar\(require\("(.+)"\), exports\);$/gm)].map(([, file]) => file);
if (files.length === 0) {
  throw new Error(`${index} exports no files with __exportStar: has the compiler changed, or was it rewritten before?`);
}
const names = files.map((file) => [file, Object.keys(load(file))]).filter(([, exported]) => exported.length > 0);

// The empty assignment is what Node.js reads, without running the file, to learn which names an ES module may import.
writeFileSync(index, `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.${names.flatMap(([, exported]) => exported).reverse().join(' = exports.')} = void 0;
function lazy(load, names) {
    for (const name of names) {
        const define = (property) => Object.defineProperty(exports, name, { configurable: true, enumerable: true, ...property });
        define({ get: () => { const value = load()[name]; define({ value }); return value; } });
    }
}
${names.map(([file, exported]) => `lazy(() => require(${JSON.stringify(file)}), ${JSON.stringify(exported)});`).join('\n')}
`);
