import { Edge, EdgeStyle, Graph, Node, NodeShape } from './graph';
import { lengthsOf } from './lengths';

const BRACKETS: Record<NodeShape, [open: string, close: string]> = {
  route: ['{{', '}}'],
  service: ['([', '])'],
  workload: ['[', ']'],
  storage: ['[(', ')]'],
  configuration: ['[', ']'],
  secret: ['[', ']'],
  account: ['[', ']'],
  peer: ['[', ']'],
};
const STYLES: Record<NodeShape, string> = {
  route: 'fill:#e3d7f5,stroke:#6a45a8,color:#1b1b1b',
  service: 'fill:#d5e6fb,stroke:#2f6db5,color:#1b1b1b',
  workload: 'fill:#cfeed6,stroke:#25793c,stroke-width:2px,color:#1b1b1b',
  storage: 'fill:#fbe5c8,stroke:#b06f12,color:#1b1b1b',
  configuration: 'fill:#f1f1f1,stroke:#777777,color:#1b1b1b',
  secret: 'fill:#fadadd,stroke:#b03a48,color:#1b1b1b',
  account: 'fill:#fdf6c3,stroke:#9a8a10,color:#1b1b1b',
  peer: 'fill:#ffffff,stroke:#777777,stroke-dasharray:4 3,color:#1b1b1b',
};
const ARROWS: Record<Exclude<EdgeStyle, 'plain'>, string> = { allowed: '-.->', mutual: '<-.->', blocked: '-.-x' };

/** Wide enough that names are on one line. */
const WIDTH = '%%{init: {"flowchart": {"wrappingWidth": 600}}}%%';
/** Transparent, so that edges are visible on a dark page. */
const NAMESPACE_STYLE = 'fill:none,stroke:#888888';

/** What would end a label, begin a directive or be read as markup. */
const SPECIAL = /["#<>&`*%$\\]/;

/** The text of a Mermaid flowchart. Namespaces are subgraphs. */
export function mermaidOf(graph: Graph): string {
  const { nodes } = graph;
  const lengthOf = lengthsOf(graph);
  const namespaces = ['', ...new Set(nodes.map(({ namespace }) => namespace ?? '').filter((namespace) => namespace !== '').sort())];
  const shapes = (Object.keys(STYLES) as NodeShape[]).filter((shape) => nodes.some((node) => node.shape === shape));
  const lines = [
    ...nodes.length === 0 ? ['  Nothing["nothing to draw"]'] : [],
    ...namespaces.flatMap((namespace, index) => {
      const drawn = nodes.filter((node) => (node.namespace ?? '') === namespace).map(statementOf);
      return namespace === '' ? drawn.map((line) => `  ${line}`) : [
        `  subgraph Namespace_${index}[${quoted([`Namespace ${namespace}`])}]`, ...drawn.map((line) => `    ${line}`), '  end',
      ];
    }),
    ...graph.edges.map((edge) => `  ${arrowOf(edge, lengthOf(edge))}`),
    ...namespaces.flatMap((namespace, index) => namespace === '' ? [] : [`  style Namespace_${index} ${NAMESPACE_STYLE}`]),
    ...shapes.map((shape) => `  classDef ${shape} ${STYLES[shape]}`),
  ];
  return `${WIDTH}\nflowchart LR\n${lines.join('\n')}\n`;
}

function arrowOf({ from, to, style, label }: Edge, length: number): string {
  const arrow = style === 'plain' ? `-${'-'.repeat(length)}>` : ARROWS[style];
  return `${from} ${arrow}${label === undefined ? '' : `|${quoted(wrapped(label))}|`} ${to}`;
}

/** Lists in lines of three, since labels make room between columns. */
function wrapped(label: string): string[] {
  const parts = label.split(', ');
  return parts.flatMap((_, index) => (
    index % 3 > 0 ? [] : `${parts.slice(index, index + 3).join(', ')}${index + 3 < parts.length ? ',' : ''}`
  ));
}

function statementOf({ id, shape, lines }: Node & { readonly id: string }): string {
  const [open, close] = BRACKETS[shape];
  return `${id}${open}${quoted(lines)}${close}:::${shape}`;
}

/**
 * Lines between quotation marks. A colon becomes an entity where others are needed: Mermaid takes `style:...#...;` for a color and changes
 * it, wherever it stands.
 */
function quoted(lines: string[]): string {
  const special = SPECIAL.test(lines.join()) ? /["#<>&`*%$\\:]/g : /["]/g;
  return `"${lines.map((line) => line.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replace(special, entity)).join('<br/>')}"`;
}

function entity(character: string): string {
  return `#${character.charCodeAt(0)};`;
}
