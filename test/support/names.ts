import { read } from './language';

/** A test, by its names: those of its `describe` blocks, and its own. */
export interface TestName {
  /** File and line. */
  readonly place: string;
  readonly name: string;
}

/** Verbs in the present tense that names of tests use. A word that names mostly have as a noun is not here. */
const VERBS = [
  'accept accepts acts add adds admit admits agree agrees allow allows applies apply are ask asks beats become becomes begin begins',
  'believe believes bootstrap bootstraps can cannot causes change changes close closes come comes compare compares compile compiles',
  'computes connect connects copies copy count counts create creates declare declares deletes depend depends do does draw draws drops',
  'end ends exit exits expect expects explain explains fail fails fences fill fills find finds fit fits fold folds follow follows',
  'forbid forbids forces forget forgets get gets give gives go goes hands has have hold holds include includes is joins keep keeps know',
  'knows lack lacks lead leads leave leaves let lets live lives load loads look looks lose loses make makes may mean means mount mounts',
  'must names need needs open opens outlive outlives pass passes pause pauses prints prove proves publish publishes put puts reach',
  'reaches read reads refer refers refuse refuses reject rejects remember remembers remove removes render renders replace replaces',
  'restart restarts run runs say says select selects send sends serve serves sets shares show shows stand stands start starts stay',
  'stays stop stops survive survives switches synthesize synthesizes take takes tell tells translate translates tries trust trusts try',
  'use uses wait waits want wants warns will wish would write writes',
].join('|').replaceAll(' ', '|');
const VERB = new RegExp(`\\b(?:${VERBS})\\b`, 'i');
/** The verb of a clause says nothing of its subject: `that is missing`, `whose name is`. */
const CLAUSE = new RegExp(`\\b(?:that|which|who|what|(?:whose|when|while|if) \\w+) (?:${VERBS})\\b`, 'gi');

/** A string that a function follows, with what stands before it on its line. */
const NAME = /^( *)(.*?)(['`])((?:(?!\3)[^\\\n]|\\.)*)\3,(?= (?:async )?\(|$)/gm;

/** Whether a name has a verb of its own. One with a placeholder counts as such, since rows of a table complete it. */
export function isSentence(name: string): boolean {
  return /%[a-z]|\$[a-z{]/.test(name) || VERB.test(name.replace(CLAUSE, ''));
}

/** The names of the tests in a file, as far as lines can tell. */
export function testNames(file: string, text = read(file)): TestName[] {
  const open: { indent: number; name: string }[] = [];
  return [...text.matchAll(NAME)].flatMap(({ index, 1: space, 2: before, 4: name }) => {
    const above = before === '' ? text.slice(0, index).trimEnd() : before;
    const [, block = ''] = /\b(describe\w*|test|it)\($/.exec(above) ?? [];
    if (block === '' && !/\)\($/.test(above)) {
      return [];
    }
    while (open.length > 0 && open.at(-1)!.indent >= space.length) {
      open.pop();
    }
    const whole = [...open.map((each) => each.name), name].join(' ');
    const isBlock = block === '' ? isDescribe(text.slice(0, index) + before) : block.startsWith('describe');
    if (isBlock) {
      open.push({ indent: space.length, name });
      return [];
    }
    return [{ place: `${file}:${text.slice(0, index).split('\n').length}`, name: whole }];
  });
}

/** Whether the table above belongs to a block: what its first line begins with. */
function isDescribe(above: string): boolean {
  return [...above.matchAll(/\b(describe\w*|test|it)\.each\b/g)].at(-1)?.[1].startsWith('describe') ?? false;
}
