import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { documents } from '../../test/support/documents';
import { fencesOf } from '../../test/support/fences';
import { toGo } from './go';
import { toJava } from './java';
import { toPython } from './python';
import { readExamples } from './read';

const ROOT = join(__dirname, '../..');
const PAGE = 'docs/languages.md';

const HEAD = `# The examples in four languages

Each example of the README and of the guides, in TypeScript, Python, Java and Go. \`npm run api\` translates the examples, and
\`npm run test:package\` runs all of them with the packages: each one synthesizes the same bytes in every language. [API.md](../API.md) has
the properties and their defaults, which are the same in all languages. A few rules lead from one language to the others:

| | TypeScript | Python | Java | Go |
|---|---|---|---|---|
| names | \`mountPath\` | \`mount_path\` | \`mountPath\`, \`getMountPath()\` | \`MountPath\` |
| properties of a construct | an object | named arguments | a builder | a struct |
| a static function | \`Size.gibibytes(1)\` | \`Size.gibibytes(1)\` | \`Size.gibibytes(1)\` | \`cdk8s.Size_Gibibytes(jsii.Number(1))\` |
| an optional argument that is left out | nothing | nothing | nothing | \`nil\` |
| an error of the library | \`Error\` | \`RuntimeError\` | \`RuntimeException\` | a panic |

A Java example is the body of \`main\`, below its imports. A Go example is the body of \`func main()\`, which ends with \`jsii.Close()\`. In
Go, keep the versions of \`constructs\`, \`cdk8s\` and \`cdk8splus27\` that the module requires. Go bindings do not compile with a newer version
of what they extend: \`constructs\` 10.8.1 breaks \`cdk8splus27\` 2.9.5.
`;

/** An example of the documentation, and the heading that it is below. */
interface Example {
  readonly file: string;
  readonly heading: string;
  readonly text: string;
}

function examples(): Example[] {
  return documents().filter((file) => file !== PAGE).flatMap((file) => {
    const lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
    return fencesOf(file).filter(({ language }) => language === 'ts').map(({ place, text }) => ({
      file, text, heading: lines.slice(0, Number(place.split(':')[1])).filter((line) => /^#+ /.test(line)).at(-1)!.replace(/^#+ /, ''),
    }));
  });
}

/** The text of docs/languages.md. */
export function languagesPage(): string {
  const all = examples();
  const read = readExamples(all.map(({ text }) => text));
  const fence = (language: string, text: string) => `\`\`\`${language} package=languages\n${text}\n\`\`\`\n`;
  return [HEAD, ...all.map(({ file, heading, text }, index) => [
    `## ${index + 1}. ${heading}\n`,
    `From [${file}](${file.startsWith('docs/') ? file.slice('docs/'.length) : `../${file}`}).\n`,
    fence('ts', text),
    fence('python', toPython(read[index])),
    fence('java', toJava(read[index])),
    fence('go', toGo(read[index])),
  ].join('\n'))].join('\n');
}

if (require.main === module) {
  writeFileSync(join(ROOT, PAGE), languagesPage());
}
