import { readFileSync } from 'fs';
import { join } from 'path';
import { ROOT } from './paths';

/** A phrase that the documentation does not use. */
export interface LanguageRule {
  /** What is found. A blank also stands for a line break. */
  readonly pattern: RegExp;
  /** Why it is not used. */
  readonly why: string;
  /** What to write instead. */
  readonly write: string;
  /** A sentence that the rule finds. */
  readonly wrong: string;
}

const STIFF = 'stiff: a native writer names the subject';
const DATED = 'dated, or translated';
const TERM = 'the field has a term';
const FRAGMENT = 'not a sentence, or its subject comes last';
const DIALECT = 'the dialect is en-US';

export const RULES: LanguageRule[] = [
  { pattern: /\bnobody\b/, why: STIFF, write: '"no client", "no one", "no operator"', wrong: 'Nobody is promoted.' },
  { pattern: /\bsomebody\b/, why: STIFF, write: 'the subject: "another user", "an administrator"', wrong: 'Somebody wrote to it.' },
  { pattern: /\bwho(?:ever|msoever|soever)\b/, why: DATED, write: 'a gerund, or "if you"', wrong: 'Whoever deletes a claim loses data.' },
  { pattern: /\bwhom\b/, why: DATED, write: 'the noun, in a sentence of its own', wrong: 'It shows of whom each replica is.' },
  { pattern: /\bpersons?\b/, why: 'vague', write: '"an operator", or "you"', wrong: 'A person decides.' },
  {
    pattern: /\b(?:is|are|was|were) to (?!\d)[a-z]+/,
    why: 'ambiguous: intent, duty or future', write: '"will", "must" or "should"',
    wrong: 'A pod that is to stop waits.',
  },
  { pattern: /\bwhat no property says\b/, why: TERM, write: '"escape hatch"', wrong: 'Patch what no property says.' },
  { pattern: /\banew\b/, why: DATED, write: '"again", "from scratch", "recreated"', wrong: 'The pod is made anew.' },
  { pattern: /\bfor ever\b/, why: DIALECT, write: '"forever"', wrong: 'It hangs for ever.' },
  { pattern: /\bmend(?:s|ed|ing)?\b/, why: DATED, write: '"fix"', wrong: 'It mends the group.' },
  { pattern: /\bcur(?:e|es|ed|ing)\b/, why: 'medical', write: '"fix"', wrong: 'TLS cures that.' },
  { pattern: /\bheed(?:s|ed|ing)?\b/, why: DATED, write: '"honor"', wrong: 'It heeds no annotation.' },
  { pattern: /\b(?:see|sees|saw|seen|seeing) to\b/, why: DATED, write: '"make sure", or the verb itself', wrong: 'It sees to the data.' },
  { pattern: /\blet(?:s|ting)? go of\b/, why: 'an idiom', write: '"delete", "release"', wrong: 'Let go of the old pod.' },
  {
    pattern: /\b(?:is|are) (?:yours|ours|theirs)\b/,
    why: 'an idiom', write: 'who does it: "is not automated", "you may set it"',
    wrong: 'Upgrades are yours.',
  },
  {
    pattern: /\b(?:any|no) more\b(?! than)(?=[.,;:)|]| when| until| and)/,
    why: DATED, write: '"no longer"',
    wrong: 'It is not full any more.',
  },
  { pattern: /\bthrow-away\b/, why: 'an idiom', write: '"temporary"', wrong: 'A throw-away server runs.' },
  { pattern: /\bstrangers?\b/, why: TERM, write: '"errant transactions", "unknown peers"', wrong: 'It has strangers in its data.' },
  { pattern: /\b(?:puts?|putting) out\b/, why: TERM, write: '"expelled"', wrong: 'It was put out of the group.' },
  { pattern: /\bearlier li(?:fe|ves)\b/, why: TERM, write: '"previous incarnation"', wrong: 'It still lists its earlier life.' },
  { pattern: /\bforms? (?:a|the) group\b/, why: TERM, write: '"bootstraps the group"', wrong: 'The first one forms the group.' },
  {
    pattern: /\b(?:forming|formed) (?:a|the) group\b|\bthe group (?:is formed|forms)\b/,
    why: TERM, write: '"the group is bootstrapped"',
    wrong: 'The group forms.',
  },
  {
    pattern: /\bmost of (?:which|the members)\b/,
    why: TERM, write: '"a majority", "quorum"',
    wrong: 'It does not hear most of the members.',
  },
  { pattern: /(?<!^#.*)\btransactions of its own\b/m, why: TERM, write: '"errant transactions"', wrong: 'It has transactions of its own.' },
  { pattern: /\b(?:master|slave)s?\b/, why: TERM, write: '"source", "replica"', wrong: 'The slave lags.' },
  { pattern: /\bby hand\b/, why: 'an idiom', write: '"manually"', wrong: 'Delete it by hand.' },
  {
    pattern: /(?:^|[.:;!?|] |^[-*] |\*\* )Who\b(?! [^.?|]*\?)/m,
    why: 'a clause as the subject', write: 'a gerund ("Deleting the claims ..."), or "If you ..."',
    wrong: 'Yes. Who deletes the claims loses data.',
  },
  {
    pattern: /(?:^|[.!?|] |^[-*] |\*\* )(?:Of|Those)\b/m,
    why: FRAGMENT, write: 'the subject first, and the noun again',
    wrong: 'Yes. Of fewer replicas the last go.',
  },
  { pattern: /\bit is said to\b|\bas it likes\b|\blook as you like\b/, why: 'an idiom', write: 'what it does', wrong: 'Look as you like.' },
  {
    pattern: /\b(?:behaviour|honour|favour|colour|neighbour|labell|licence|centre|catalogue|grey|cancell|travell|modell)\w*/,
    why: DIALECT, write: 'the American spelling', wrong: 'A labelled node.',
  },
  {
    pattern: /\b(?:initial|organ|recogn|normal|serial|author|minim|optim|summar|custom|synchron|synthes)is(?:e|es|ed|ing|ation)\b/,
    why: DIALECT, write: 'the American spelling, with z', wrong: 'The server initialises its data.',
  },
];

/** A phrase in a document, and what to write instead. */
export interface Finding {
  /** `docs/mysql-router.md:12`. */
  readonly place: string;
  readonly phrase: string;
  readonly why: string;
  readonly write: string;
}

/** What the rules find in a text. Code, addresses and links' targets are not language. */
export function findings(file: string, text: string): Finding[] {
  const prose = proseOf(text);
  return RULES.flatMap(({ pattern, why, write }) => (
    [...prose.matchAll(spaced(pattern))].map((match) => {
      const phrase = match[0].replace(/^[^\w]+/, '');
      const start = match.index + match[0].length - phrase.length;
      return { place: `${file}:${prose.slice(0, start).split('\n').length}`, phrase: phrase.replace(/\s+/g, ' '), why, write };
    })
  ));
}

/** The same text, of which everything that is no prose is blank, so that lines stay where they are. */
export function proseOf(text: string): string {
  const blank = (code: string) => code.replace(/[^\n]/g, '_');
  return text
    .replace(/^```.*?^```$/gms, blank)
    .replace(/`[^`]+`/g, blank)
    .replace(/\]\([^)]*\)/g, blank)
    .replace(/https?:\/\/\S+/g, blank);
}

export function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** A blank of a pattern finds a line break and the indentation after it, too. The begin of a sentence is known by its capital. */
function spaced({ source, multiline }: RegExp): RegExp {
  return new RegExp(source.replaceAll(' ', '\\s+'), multiline ? 'gm' : 'gi');
}

/** The comments of a TypeScript file, each on its lines. Words in code are names, and messages are asserted where they are made. */
export function commentsOf(source: string): string {
  let isBlock = false;
  return source.split('\n').map((line) => {
    const [, indented] = /^\s*(.*)$/.exec(line)!;
    const isComment = isBlock || /^\/[*/]/.test(indented);
    isBlock = isComment && !indented.endsWith('*/') && (isBlock || indented.startsWith('/*'));
    return isComment ? indented.replace(/^(?:\/\*\*?|\/\/|\*\/|\*) ?|\*\/$/g, '') : / \/\/ (.*)$/.exec(line)?.[1] ?? '';
  }).join('\n');
}
