import { createRequire } from 'module';

// An ES module with a twin for `require`, which its types do not mention.
type Grammar = typeof import('@prometheus-io/lezer-promql', { with: { 'resolution-mode': 'import' } });
const { parser } = createRequire(__filename)('@prometheus-io/lezer-promql') as Grammar;

/** What a query of PromQL says. */
export interface Query {
  /** Where the parser stopped understanding: nowhere in a right query. */
  readonly errors: string[];
  /** The metrics with what stands in braces behind them. */
  readonly selectors: { readonly metric: string; readonly matchers: string }[];
}

export function parsed(text: string): Query {
  const query: { errors: string[]; selectors: { metric: string; matchers: string }[] } = { errors: [], selectors: [] };
  parser.parse(text).iterate({
    enter: ({ node, type, from, to }) => {
      if (type.isError) {
        query.errors.push(`${text.slice(0, from)}<HERE>${text.slice(from)}`);
      }
      if (type.name === 'VectorSelector') {
        const name = node.getChild('Identifier');
        const metric = name === null ? '' : text.slice(name.from, name.to);
        query.selectors.push({ metric, matchers: text.slice(from + metric.length, to) });
      }
    },
  });
  return query;
}
