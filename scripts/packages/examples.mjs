#!/usr/bin/env node
// examples.mjs <language> <folder>: writes the examples of docs/languages.md as programs into a folder, and one that runs all of them.
// That one takes a folder: the n-th example synthesizes to its folder n. CDK8S_OUTDIR must be the folder `current` in it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [language, folder] = process.argv.slice(2);
const page = readFileSync(join(import.meta.dirname, '../../docs/languages.md'), 'utf8');
const fence = new RegExp(`^\`\`\`${language} package=languages\\n([\\s\\S]*?)^\`\`\`$`, 'gm');
const examples = [...page.matchAll(fence)].map(([, text]) => text);
if (examples.length === 0) {
  throw new Error(`docs/languages.md has no examples in ${language}`);
}

const write = (file, text) => writeFileSync(join(folder, file), text);
/** The part of an example up to its imports' end, and what is below. */
const parts = (text, end) => [text.slice(0, text.indexOf(end) + end.length), text.slice(text.indexOf(end) + end.length).trim()];
const indented = (text, indent) => text.replace(/^(?=.)/gm, indent);

const LANGUAGES = {
  ts: () => {
    examples.forEach((text, index) => write(`example-${index + 1}.ts`, text));
    write('examples.js', `const { renameSync } = require('fs');
for (let number = 1; number <= ${examples.length}; number++) {
  require(\`./example-\${number}.js\`);
  renameSync(process.env.CDK8S_OUTDIR, \`\${process.argv[2]}/\${number}\`);
}
`);
  },
  python: () => {
    examples.forEach((text, index) => write(`example_${index + 1}.py`, text));
    write('examples.py', `import os, pathlib, runpy, sys

for number in range(1, ${examples.length + 1}):
    runpy.run_path(str(pathlib.Path(__file__).parent / f"example_{number}.py"))
    os.rename(os.environ["CDK8S_OUTDIR"], f"{sys.argv[1]}/{number}")
`);
  },
  java: () => {
    examples.forEach((text, index) => {
      const [imports, body] = parts(text, ';\n\n');
      write(`Example${index + 1}.java`, `${imports}class Example${index + 1} {
    static void run() throws Exception {
${indented(body, '        ')}
    }
}
`);
    });
    write('Examples.java', `import java.nio.file.Files;
import java.nio.file.Path;

public final class Examples {
    private static void keep(String folder, int number) throws Exception {
        Files.move(Path.of(System.getenv("CDK8S_OUTDIR")), Path.of(folder, String.valueOf(number)));
    }

    public static void main(String[] args) throws Exception {
${examples.map((_, index) => `        Example${index + 1}.run();\n        keep(args[0], ${index + 1});`).join('\n')}
    }
}
`);
  },
  go: () => {
    examples.forEach((text, index) => {
      const [imports, body] = parts(text, '\n)\n\n');
      write(`example_${index + 1}.go`, `package main\n\n${imports}func example${index + 1}() {\n${indented(body, '\t')}\n}\n`);
    });
    write('examples.go', `package main

import (
\t"fmt"
\t"os"
)

func examples(folder string) {
\tfor index, example := range []func(){${examples.map((_, index) => `example${index + 1}`).join(', ')}} {
\t\texample()
\t\tif err := os.Rename(os.Getenv("CDK8S_OUTDIR"), fmt.Sprintf("%s/%d", folder, index+1)); err != nil {
\t\t\tpanic(err)
\t\t}
\t}
}
`);
  },
};
LANGUAGES[language]();
