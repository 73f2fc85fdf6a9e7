import { readFileSync } from 'fs';
import { dirname, join } from 'path';

/** What a module is called in each language. */
export interface Target {
  readonly python: string;
  readonly java: string;
  /** The path that is imported, and the name of the package at its end. */
  readonly goPath: string;
  readonly go: string;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly jsii: {
    readonly targets: {
      readonly python: { readonly module: string };
      readonly java: { readonly package: string };
      readonly go: { readonly moduleName: string; readonly packageName?: string };
    };
  };
}

const OWN = 'cdk8s-stateful';
const known = new Map<string, Target>();

/** Reads what the `package.json` of a module says. */
export function target(module: string): Target {
  const found = known.get(module);
  if (found !== undefined) {
    return found;
  }
  const file = module === OWN ? join(__dirname, '../../package.json') : join(dirname(require.resolve(`${module}/package.json`)), 'package.json');
  const { name, version, jsii: { targets } } = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  const go = targets.go.packageName ?? name.replace(/[^a-z0-9]/g, '');
  const major = Number(version.split('.')[0]);
  const made = {
    python: targets.python.module,
    java: targets.java.package,
    goPath: `${targets.go.moduleName}/${go}${major > 1 ? `/v${major}` : ''}`,
    go,
  };
  known.set(module, made);
  return made;
}
