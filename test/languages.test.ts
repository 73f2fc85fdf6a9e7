import { readFileSync } from 'fs';
import { join } from 'path';
import { toGo } from '../scripts/languages/go';
import { toJava } from '../scripts/languages/java';
import { languagesPage } from '../scripts/languages/page';
import { toPython } from '../scripts/languages/python';
import { readExamples } from '../scripts/languages/read';
import { documents } from './support/documents';
import { fencesOf } from './support/fences';
import { ROOT } from './support/paths';

const PAGE = 'docs/languages.md';
const LANGUAGES = ['ts', 'python', 'java', 'go'];

describe('docs/languages.md', () => {
  const fences = fencesOf(PAGE);

  test('is what `npm run api` writes', () => {
    expect(languagesPage()).toBe(readFileSync(join(ROOT, PAGE), 'utf8'));
  });

  test('has every example of the documentation, in each language', () => {
    const examples = documents().filter((file) => file !== PAGE).flatMap(fencesOf).filter(({ language }) => language === 'ts');
    expect(fences.filter(({ language }) => language === 'ts').map(({ text }) => text)).toEqual(examples.map(({ text }) => text));
    expect(fences.map(({ language }) => language)).toEqual(examples.flatMap(() => LANGUAGES));
  });

  test('has only examples that `npm run test:package` runs', () => {
    expect(new Set(fences.map(({ tag }) => tag))).toEqual(new Set(['package=languages']));
  });
});

describe('a translation', () => {
  const [statements] = readExamples([
    `import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { ClaimRetention, PodVolume, StatefulWeb } from 'cdk8s-stateful';

const app = new App(); // the app
const unused = new Chart(app, 'unused');

// Two lines
// of comment.
const web = new StatefulWeb(new Chart(app, 'shop'), 'web', {
  image: 'nginx:1.29', // an image
  replicas: 2,
  ports: [{ port: 80, name: 'http' }],
  claims: [{
    name: 'www', mountPath: '/www', size: Size.gibibytes(1),
    accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_MANY],
  }],
  nodeSelector: { disk: 'fast', zone: 'a' },
  mounts: [{ volume: PodVolume.emptyDir('cache'), mountPath: '/cache', readOnly: true }],
  imagePullSecrets: ['one', 'two'],
  envVariables: { KEY: kplus.EnvValue.fromSecretValue({ secret: kplus.Secret.fromSecretName(app, 'keys', 'keys'), key: 'key' }) },
  claimRetention: ClaimRetention.deleting({ whenScaled: true }),
});
web.addPodMonitor();
console.log(\`\${web.replicas} of \${web.ports[0].name}, 100%\`);
console.log(web.podNames.length);
`,
  ]);

  test('into Python has names with underscores, named arguments and comments', () => {
    expect(toPython(statements)).toMatchSnapshot();
  });

  test('into Java has builders, lists and maps', () => {
    expect(toJava(statements)).toMatchSnapshot();
  });

  test('into Go has addresses, and nil for what is left out', () => {
    expect(toGo(statements)).toMatchSnapshot();
  });

  test.each([
    ['a function of JavaScript', 'import { App } from \'cdk8s\';\nconsole.log(new App().outdir.trim());',
      'no translation of a method of JavaScript\'s own'],
    ['a map that is not sorted', 'const map: Record<string, string> = { b: \'1\', a: \'2\' };',
      'no translation of a map whose keys are not sorted'],
    ['a loop', 'for (const one of []) { console.log(one); }', 'no translation of a statement'],
    ['a function', 'const f = () => 1; f();', 'no translation of ArrowFunction'],
  ])('refuses %s', (_, text, message) => {
    expect(() => readExamples([text])).toThrow(message);
  });
});
