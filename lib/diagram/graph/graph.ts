/** What a node is drawn as. */
export type NodeShape = 'route' | 'service' | 'workload' | 'storage' | 'configuration' | 'secret' | 'account' | 'peer';

/** `plain` for what an object names or selects, the others for traffic; `mutual` is allowed in both directions. */
export type EdgeStyle = 'plain' | 'allowed' | 'mutual' | 'blocked';

/** A box with some lines of text. */
export interface Node {
  /** Equal for what is one node. The node's id follows from it. */
  readonly key: string[];
  readonly shape: NodeShape;
  /** The first one is the title. */
  readonly lines: string[];
  /** The namespace in which it is drawn; outside of all namespaces without one. */
  readonly namespace?: string;
}

/** An arrow between two nodes, named by their ids. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly style: EdgeStyle;
  readonly label?: string;
}

/** Nodes and edges, each once, in the order in which they came. */
export class Graph {
  private readonly _nodes = new Map<string, Node>();
  private readonly _ids = new Map<string, string>();
  private readonly _edges = new Map<string, Edge>();

  public get nodes(): (Node & { readonly id: string })[] {
    return [...this._nodes].map(([id, node]) => ({ ...node, id }));
  }

  public get edges(): Edge[] {
    return [...this._edges.values()];
  }

  /** Adds a node if it is new. Returns its id, which is made of the key's letters and digits. */
  public node(node: Node): string {
    const key = JSON.stringify(node.key);
    const known = this._ids.get(key);
    if (known !== undefined) {
      return known;
    }
    const wanted = node.key.filter((part) => part !== '').map((part) => part.replace(/[^A-Za-z0-9]+/g, '_')).join('_');
    let id = wanted;
    for (let count = 2; this._nodes.has(id); count += 1) {
      id = `${wanted}_${count}`;
    }
    this._ids.set(key, id);
    this._nodes.set(id, node);
    return id;
  }

  public addLines(id: string, lines: string[]): void {
    const node = this._nodes.get(id)!;
    this._nodes.set(id, { ...node, lines: [...node.lines, ...lines] });
  }

  /** Adds an edge. Edges that differ by nothing but the label become one, which has all labels. */
  public edge(edge: Edge): void {
    const key = [edge.from, edge.to, edge.style].join(' ');
    const labels = [this._edges.get(key)?.label, edge.label].filter((label) => label !== undefined);
    this._edges.set(key, { ...edge, label: labels.length === 0 ? undefined : [...new Set(labels)].join(', ') });
  }
}
