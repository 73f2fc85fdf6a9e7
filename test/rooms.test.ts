import { readdirSync, readFileSync } from 'fs';
import { dirname, join, normalize } from 'path';
import { ROOT } from './support/paths';

/** A row of the table of rooms in ARCHITECTURE.md. */
interface Room {
  readonly floor: number;
  readonly folder: string;
  /** The family that alone may import it, or `all`. */
  readonly family: string;
  readonly content: string;
}

type Arrow = [from: string, to: string];

const FILES_MAX = 15;
const PAGE = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');
const ROOMS: Room[] = [...PAGE.matchAll(/^\| (\d+) \| `(lib[^`]*)` \| (\S+) \| (.*) \|$/gm)]
  .map(([, floor, folder, family, content]) => ({ floor: Number(floor), folder, family, content }));
const FILES = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts')).map((path) => join('lib', path));
const FOLDERS = [...new Set(FILES.map(dirname))].sort();
const ARROWS = FILES.flatMap(importsOf);
const PICTURES = [...PAGE.matchAll(/^```mermaid\n([\s\S]*?)^```$/gm)].map(([, text]) => text);

const roomOf = (folder: string) => ROOMS.find((room) => room.folder === folder)!;

describe('the table of rooms in ARCHITECTURE.md', () => {
  test('names every folder of lib/ that holds TypeScript, and no other', () => {
    expect(ROOMS.map(({ folder }) => folder).sort()).toEqual(FOLDERS);
  });

  test('is a house: no room imports one of the same floor or of a higher one', () => {
    expect(ARROWS.filter(([from, to]) => roomOf(to).floor >= roomOf(from).floor)).toEqual([]);
  });

  test('keeps families apart', () => {
    expect(ARROWS.filter(([from, to]) => from !== 'lib' && !['all', roomOf(from).family].includes(roomOf(to).family))).toEqual([]);
  });

  test.each(FOLDERS)(`%s has at most ${FILES_MAX} files, or its row says why it has more`, (folder) => {
    const files = FILES.filter((path) => dirname(path) === folder).length;
    expect(files > FILES_MAX && !roomOf(folder).content.includes(`more than ${FILES_MAX} files`)).toBe(false);
  });
});

describe('the folders of lib/', () => {
  test('have no cycle between them', () => {
    expect(FOLDERS.filter((folder) => reachedFrom(folder, ARROWS).has(folder))).toEqual([]);
  });

  test('are mirrored by those of test/', () => {
    const tests = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts')).map(({ parentPath }) => parentPath.slice(ROOT.length + 6));
    const families = new Set(FOLDERS.map((folder) => folder.split('/')[1]));
    const folders = [...new Set(tests)].filter((folder) => families.has(folder.split('/')[0]) && !folder.startsWith('mysql/scripts'));
    expect(folders.filter((folder) => !FOLDERS.includes(`lib/${folder}`))).toEqual([]);
  });
});

/** Arrows that follow from others are left out of the pictures. */
describe('the pictures in ARCHITECTURE.md', () => {
  test('show the whole house, each family as one', () => {
    const whole = (folder: string) => /^lib\/(mysql|diff|diagram)\b/.exec(folder)?.[0] ?? folder;
    expect(drawn(PICTURES[0])).toEqual(reduced(ARROWS.map(([from, to]): Arrow => [whole(from), whole(to)]), 'lib/'));
  });

  test('show the rooms of MySQL', () => {
    const inside = ARROWS.filter((arrow) => arrow.every((folder) => folder.startsWith('lib/mysql')));
    expect(drawn(PICTURES[1])).toEqual(reduced(inside, 'lib/'));
  });
});

function importsOf(file: string): Arrow[] {
  return [...readFileSync(join(ROOT, file), 'utf8').matchAll(/(?:\bfrom|\bimport|\brequire\()\s*\(?'(\.[^']*)'/g)]
    .map(([, path]): Arrow => [dirname(file), dirname(normalize(join(dirname(file), path)))])
    .filter(([from, to]) => from !== to);
}

function reachedFrom(start: string, arrows: Arrow[]): Set<string> {
  const reached = new Set<string>();
  const visit = (folder: string): void => arrows.filter(([from, to]) => from === folder && !reached.has(to)).forEach(([, to]) => {
    reached.add(to);
    visit(to);
  });
  visit(start);
  return reached;
}

/** The arrows that do not follow from others, as a picture writes them. */
function reduced(arrows: Arrow[], prefix: string): string[] {
  const name = (folder: string) => folder === 'lib' ? 'index.ts' : folder.slice(prefix.length);
  const all = [...new Map(arrows.filter(([from, to]) => from !== to).map((arrow) => [arrow.join(' '), arrow])).values()];
  return all.filter(([from, to]) => !reachedFrom(from, all.filter((arrow) => arrow[0] !== from || arrow[1] !== to)).has(to))
    .map(([from, to]) => `${name(from)} --> ${name(to)}`).sort();
}

function drawn(picture: string): string[] {
  return picture.split('\n').map((line) => line.trim()).filter((line) => line.includes('-->')).sort();
}
