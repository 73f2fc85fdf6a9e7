/** A statement of a flowchart that the pictures use. */
const STATEMENTS = [
  /^%%\{init: \{"flowchart": \{"wrappingWidth": \d+\}\}\}%%$/,
  /^flowchart LR$/,
  /^ {2}subgraph \w+\["[^"]*"\]$/,
  /^ {2}end$/,
  /^ {2,4}(?<node>\w+)(?:\["[^"]*"\]|\(\["[^"]*"\]\)|\[\("[^"]*"\)\]|\{\{"[^"]*"\}\})(?::::\w+)?$/,
  /^ {2}(?<from>\w+) (?:-+->|-\.->|<-\.->|-\.-x)(?:\|"[^"]+"\|)? (?<to>\w+)$/,
  /^ {2}style (?<styled>\w+) [\w:#,-]+$/,
  /^ {2}classDef (?<defined>\w+) [\w:#, -]+$/,
];

/** A picture that was read again. */
export interface ReadDiagram {
  /** The lines of text of each node, by its id. */
  readonly nodes: Map<string, string[]>;
  readonly edges: { readonly from: string; readonly to: string; readonly line: string }[];
  /** What is wrong: lines that are no statements, ids without a node, nodes that come twice, and subgraphs that do not end. */
  readonly mistakes: string[];
}

/** Reads the part of Mermaid's language that the pictures use. */
export function readDiagram(text: string): ReadDiagram {
  const lines = text.trimEnd().split('\n');
  const found = lines.map((line) => STATEMENTS.map((statement) => statement.exec(line)).find((match) => match !== null));
  const of = (group: string): string[] => found.flatMap((match) => match?.groups?.[group] ?? []);
  const nodes = of('node');
  const edges = found.flatMap((match) => match?.groups?.from === undefined ? []
    : [{ from: match.groups.from, to: match.groups.to, line: match[0].trim() }]);
  const count = (pattern: RegExp): number => lines.filter((line) => pattern.test(line)).length;
  return {
    nodes: new Map(lines.flatMap((line, index): [string, string[]][] => {
      const id = found[index]?.groups?.node;
      return id === undefined ? [] : [[id, /"([^"]*)"/.exec(line)![1].split('<br/>')]];
    })),
    edges,
    mistakes: [
      ...lines.filter((_, index) => found[index] === undefined),
      ...lines.filter((line) => /[<>]/.test(line.replaceAll('<br/>', '').replace(/<?-[-.]*>/, ''))),
      ...lines.filter((line) => /&|#(?!\w+;)/.test(line.replace(/^ {2}(?:style|classDef) .*/, ''))),
      ...edges.flatMap(({ from, to }) => [from, to]).filter((id) => !nodes.includes(id)),
      ...nodes.filter((id, index) => nodes.indexOf(id) !== index),
      ...count(/^ {2}subgraph /) === count(/^ {2}end$/) ? [] : ['a subgraph without its end'],
      ...lines.flatMap((line) => /:::(\w+)$/.exec(line)?.[1] ?? []).filter((shape) => !of('defined').includes(shape)),
    ],
  };
}
