import { readFileSync } from 'fs';
import { join } from 'path';
import { ROOT } from './support/paths';

interface Docs {
  readonly summary?: string;
  readonly default?: string;
}

interface Member {
  readonly name: string;
  readonly docs?: Docs;
  readonly optional?: boolean;
  readonly type?: unknown;
  readonly parameters?: unknown[];
  readonly returns?: unknown;
}

interface Type {
  readonly docs?: Docs;
  /** A struct: what callers write as an object literal. */
  readonly datatype?: boolean;
  readonly properties?: Member[];
  readonly methods?: Member[];
  /** Of an enum. */
  readonly members?: Member[];
}

/** The part of a jsii assembly that the checks read. */
interface Assembly {
  readonly types: Record<string, Type>;
}

// Written by `npm run compile`, which `npm test` runs first.
const assembly = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8')) as Assembly;

const CHECKS: [sentence: string, check: (of: Assembly) => string[], mistake: Assembly, found: string[]][] = [
  ['every type has a summary', typesWithoutSummary, {
    types: {
      'lib.Good': { docs: { summary: 'It is good.' } }, 'lib.Bad': { docs: {} }, 'lib.Worse': {}, 'lib.Blank': { docs: { summary: ' ' } },
    },
  }, ['lib.Bad', 'lib.Worse', 'lib.Blank']],

  ['every member has a summary', membersWithoutSummary, {
    types: {
      'lib.Class': {
        properties: [{ name: 'good', docs: { summary: 'Good.' } }, { name: 'bad', docs: {} }],
        methods: [{ name: 'do' }],
      },
      'lib.Enum': { members: [{ name: 'ONE', docs: { summary: '' } }] },
    },
  }, ['lib.Class.bad', 'lib.Class.do', 'lib.Enum.ONE']],

  ['every optional property of a struct has a default', propertiesWithoutDefault, {
    types: {
      'lib.Props': {
        datatype: true,
        properties: [
          { name: 'required', docs: {} },
          { name: 'good', optional: true, docs: { default: '1' } },
          { name: 'prose', optional: true, docs: { default: '- what happens' } },
          { name: 'bad', optional: true, docs: { summary: 'No default.' } },
          { name: 'empty', optional: true, docs: { default: '- ' } },
          { name: 'silent', optional: true, docs: { default: 'undefined' } },
        ],
      },
      'lib.Class': { properties: [{ name: 'output', optional: true }] },
    },
  }, ['lib.Props.bad', 'lib.Props.empty', 'lib.Props.silent']],

  ['no member takes or gives just anything', membersOfAnyType, {
    types: {
      'lib.Props': {
        properties: [
          { name: 'text', type: { primitive: 'string' } },
          { name: 'anything', type: { primitive: 'any' } },
          { name: 'list', type: { collection: { elementtype: { primitive: 'any' }, kind: 'array' } } },
        ],
        methods: [
          { name: 'ask', returns: { type: { primitive: 'any' } } },
          { name: 'tell', parameters: [{ name: 'what', type: { primitive: 'any' } }] },
        ],
      },
    },
  }, ['lib.Props.anything', 'lib.Props.list', 'lib.Props.ask', 'lib.Props.tell']],
];

describe('in the public API', () => {
  test.each(CHECKS)('%s', (_, check) => {
    expect(check(assembly)).toEqual([]);
  });

  test('there are types, structs and members to check', () => {
    expect(Object.keys(assembly.types))
      .toEqual(expect.arrayContaining(['cdk8s-stateful.StatefulWeb', 'cdk8s-stateful.NfsPersistentVolumes']));
    expect(assembly.types['cdk8s-stateful.StatefulWebProps'].datatype).toBe(true);
    expect(membersOf(assembly).length).toBeGreaterThan(Object.keys(assembly.types).length);
  });
});

describe('in an API with mistakes', () => {
  test.each(CHECKS)('it is not true that %s', (_, check, mistake, found) => {
    expect(check(mistake)).toEqual(found);
  });
});

function typesWithoutSummary(of: Assembly): string[] {
  return Object.entries(of.types).filter(([, type]) => isBlank(type.docs?.summary)).map(([name]) => name);
}

function membersWithoutSummary(of: Assembly): string[] {
  return membersOf(of).filter(([, member]) => isBlank(member.docs?.summary)).map(([path]) => path);
}

function propertiesWithoutDefault(of: Assembly): string[] {
  const structs = Object.entries(of.types).filter(([, type]) => type.datatype);
  return structs.flatMap(([name, type]) => (type.properties ?? [])
    .filter((property) => property.optional && ['', 'undefined'].includes((property.docs?.default ?? '').replace(/^-/, '').trim()))
    .map((property) => `${name}.${property.name}`));
}

function membersOfAnyType(of: Assembly): string[] {
  return membersOf(of).filter(([, member]) => JSON.stringify(member).includes('{"primitive":"any"}')).map(([path]) => path);
}

/** Properties, methods and values of enums, each with its path. */
function membersOf({ types }: Assembly): [path: string, member: Member][] {
  return Object.entries(types).flatMap(([name, { properties = [], methods = [], members = [] }]) => [...properties, ...methods, ...members]
    .map((member): [string, Member] => [`${name}.${member.name}`, member]));
}

function isBlank(text = ''): boolean {
  return text.trim() === '';
}
