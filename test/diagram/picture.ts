import { readDiagram } from '../support/mermaid';

/** A picture in the words of its boxes. */
export interface Picture {
  /** `StatefulSet web: nginx:1.29, 1 replica`. */
  readonly titles: string[];
  /** `Service web --> StatefulSet web`, and the label after a colon. */
  readonly edges: string[];
}

export function picture(diagram: { toMermaid(): string }): Picture {
  const { nodes, edges, mistakes } = readDiagram(diagram.toMermaid());
  if (mistakes.length > 0) {
    throw new Error(mistakes.join('\n'));
  }
  const decoded = (text: string) => text.replace(/#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
  return {
    titles: [...nodes.values()].map(([title, ...more]) => decoded(more.length > 0 ? `${title}: ${more.join(', ')}` : title)),
    edges: edges.map(({ from, to, line }) => {
      const arrow = line.split(' ')[1].split('|')[0].replace(/-+->/, '-->');
      const label = /"(.*)"/.exec(line)?.[1].replaceAll('<br/>', ' ');
      return decoded(`${nodes.get(from)![0]} ${arrow} ${nodes.get(to)![0]}${label === undefined ? '' : `: ${label}`}`);
    }),
  };
}
