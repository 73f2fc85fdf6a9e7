import { Yaml } from 'cdk8s';
import { fail, Origin } from './errors';

/** Characters that YAML allows as an escape only, which cdk8s writes of some of them, and those that end a line in YAML 1.1. */
const UNWRITABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]/u;
const LONE_SURROGATE = /\p{Surrogate}/u;
/** What Kubernetes' reader takes for a number, as soon as no quotes are around it and the underscores are gone. */
const NUMBER = /^[-+]?(?:0[xX][\da-fA-F]+|0[oO][-+]?[0-7]+|0[bB][-+]?[01]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)$/;
const NUMBER_CANDIDATE = /^[-+.\d][-+.\w]*$/;
/** Whether cdk8s writes a number without quotes, by its text. */
const BARE_NUMBERS = new Map<string, boolean>();
/** A block of lines whose indentation begins with a tab. */
const LEADING_TAB = /^\n*\t/;

/** Why Kubernetes does not read a text as it is, and what to do about it. */
interface Misreading {
  readonly rule: string;
  /** What of the text is wrong. Never the whole of it, which may be secret. */
  readonly value: unknown;
  readonly fix: string;
}

/**
 * Whether Kubernetes reads the text as it is from the file that cdk8s writes. cdk8s writes YAML with another library than Kubernetes
 * reads it with (sigs.k8s.io/yaml), and a few texts come out of that as something else or make the file unreadable.
 */
export function arrives(text: string): boolean {
  return misreading(text) === undefined;
}

/** Refuses a text, or a text anywhere in a list or map, that Kubernetes would not read as it is. Keys of maps are texts too. */
export function requireArrival(origin: Origin, value: unknown): void {
  if (typeof value === 'string') {
    const found = misreading(value);
    if (found !== undefined) {
      fail(origin.scope, { property: origin.property, ...found });
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, part] of Object.entries(value)) {
      requireArrival({ ...origin, property: Array.isArray(value) ? `${origin.property}[${key}]` : `${origin.property}.${key}` }, part);
      if (!Array.isArray(value)) {
        requireArrival(origin, key);
      }
    }
  }
}

function misreading(text: string): Misreading | undefined {
  if (NUMBER_CANDIDATE.test(text)) {
    const isNumber = NUMBER.test(text.replaceAll('_', '')) && isWrittenBare(text);
    return isNumber ? {
      rule: 'be a text that YAML does not take for a number', value: text,
      fix: 'cdk8s writes it without quotes, and Kubernetes reads a number: write it in another way',
    } : undefined;
  }
  if (LONE_SURROGATE.test(text)) {
    return unwritable(LONE_SURROGATE.exec(text)![0]);
  }
  if (UNWRITABLE.test(text)) {
    const raw = UNWRITABLE.exec(written(text));
    return raw === null ? undefined : unwritable(raw[0]);
  }
  return LEADING_TAB.test(text) && written(text).startsWith('|') ? {
    rule: 'not begin with a tab where it has several lines', value: '\t',
    fix: 'Kubernetes reads no such block of YAML: begin with another character',
  } : undefined;
}

function unwritable(character: string): Misreading {
  const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  return {
    rule: 'hold only characters that YAML can write as they are', value: `U+${code}`,
    fix: 'leave the character out, or keep the text in a file of ConfigFiles or a Secret',
  };
}

/** Whether cdk8s writes a number without quotes. Answers are kept: writing YAML is slow, and the commands of workloads share numbers. */
function isWrittenBare(number: string): boolean {
  const known = BARE_NUMBERS.get(number);
  if (known !== undefined) {
    return known;
  }
  const isBare = written(number) === number;
  BARE_NUMBERS.set(number, isBare);
  return isBare;
}

/** The text as cdk8s writes it. */
function written(text: string): string {
  return Yaml.stringify(text).replace(/\n$/, '');
}
