import { readFileSync } from 'fs';
import { join } from 'path';
import * as ts from 'typescript';
import { Fence } from './fences';
import { ROOT } from './paths';

/** The messages of the compiler for each block by its place, all blocks in one program. */
export function typeCheck(fences: Fence[]): Record<string, string[]> {
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => readFileSync(path, 'utf8'));
  const { options } = ts.parseJsonConfigFileContent({ ...config.config, include: [], files: [] }, ts.sys, ROOT);
  options.types = ['node']; // a program does not have what tests have
  const blocks = new Map(fences.map((fence, index) => [join(ROOT, `block-${index}.ts`), fence]));
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => blocks.has(path) || disk.fileExists(path),
    getSourceFile: (path, ...rest) => blocks.has(path)
      ? ts.createSourceFile(path, blocks.get(path)!.text, ts.ScriptTarget.ES2022)
      : disk.getSourceFile(path, ...rest),
  };
  const program = ts.createProgram([...blocks.keys()], options, host);
  return Object.fromEntries([...blocks].map(([path, { place }]) => [
    place,
    ts.getPreEmitDiagnostics(program, program.getSourceFile(path))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  ]));
}

/** Runs a block as the program that it is, with this library in place of the package. */
export function runProgram(text: string): void {
  const { outputText } = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const load = (name: string) => jest.requireActual<object>(name === 'cdk8s-stateful' ? '../../lib' : name);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
  new Function('require', 'exports', outputText)(load, {});
}
