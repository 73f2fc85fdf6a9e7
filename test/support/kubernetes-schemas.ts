import { join } from 'path';
import ts from 'typescript';
import { Manifest } from '../util';
import { ROOT } from './paths';

/** A class of `kubernetes-models`; `validate` throws. */
type Model = new (object: Manifest) => { validate(): void };

const OPTIONS: ts.CompilerOptions = {
  strict: true, noEmit: true, skipLibCheck: true, types: [], lib: ['lib.es2022.d.ts'],
  target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16,
};

/** The files of the interfaces, which all programs share. */
const files = ts.createCompilerHost(OPTIONS);
const parsed = new Map<string, ts.SourceFile | undefined>();

/** What the JSON schema of its kind says against an object: wrong types, missing fields, unknown values. Not unknown fields. */
export async function schemaErrors(object: Manifest): Promise<string[]> {
  try {
    const models = await import(modulePath(object)) as Record<string, Model>;
    new models[object.kind](object).validate();
    return [];
  } catch (error) {
    return [`${nameOf(object)}: ${(error as Error).message}`];
  }
}

/**
 * What the TypeScript compiler says against objects that are assigned, as literals, to the interfaces of their kinds. Of literals it
 * checks that they have no field that the interface does not know.
 */
export function typeErrors(objects: Manifest[]): string[] {
  const path = join(ROOT, 'test', 'support', 'literals.ts'); // exists in memory only
  const source = ts.createSourceFile(path, objects.map(literal).join('\n'), ts.ScriptTarget.ES2022, true);
  const host: ts.CompilerHost = {
    ...files,
    getSourceFile: (file, ...options) => {
      if (file === path) {
        return source;
      }
      if (!parsed.has(file)) {
        parsed.set(file, files.getSourceFile(file, ...options));
      }
      return parsed.get(file);
    },
    fileExists: (file) => file === path || files.fileExists(file),
  };
  const program = ts.createProgram([path], OPTIONS, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const line = source.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line;
    return `${nameOf(objects[line])}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '; ')}`;
  });
}

/** One line an object, so that the line of a message tells the object. */
function literal(object: Manifest, index: number): string {
  return `import type { I${object.kind} as Kind${index} } from '${modulePath(object)}'; `
    + `export const object${index}: Kind${index} = ${JSON.stringify(object)};`;
}

function modulePath(object: Manifest): string {
  return `kubernetes-models/${object.apiVersion}/${object.kind}`;
}

function nameOf(object: Manifest): string {
  return `${object.kind} ${object.metadata?.name}`;
}
