import { at, Fields, fieldsAt, isFields, listAt, textAt } from '../../manifests/manifest';
import { Objects } from '../graph/objects';
import { isEmptySelector, runTimeLabels, selectorText, selects } from '../graph/selectors';
import { Workload } from './workload';

const NAME_LABEL = 'kubernetes.io/metadata.name';

/** One side of the rules of a NetworkPolicy: an entry of `from` or `to`, in the policy's namespace. */
export class Peer {
  public constructor(private readonly _peer: unknown, private readonly _namespace: string, private readonly _objects: Objects) {}

  /** Whether it is about single workloads: not all pods of namespaces, and not addresses. */
  public get isSpecific(): boolean {
    const pods = at(this._peer, 'podSelector');
    return isFields(pods) && !isEmptySelector(pods);
  }

  public has(workload: Workload): boolean {
    if (at(this._peer, 'ipBlock') !== undefined) {
      return false;
    }
    const namespaces = at(this._peer, 'namespaceSelector');
    const isInNamespace = namespaces === undefined ? workload.namespace === this._namespace
      : selects(namespaces, this._labelsOf(workload.namespace));
    return isInNamespace && isSelected(at(this._peer, 'podSelector') ?? {}, workload);
  }

  /** What a reader sees of a peer that is no workload of the picture. */
  public describe(): string {
    const block = textAt(this._peer, 'ipBlock.cidr');
    if (block !== undefined) {
      const except = listAt(this._peer, 'ipBlock.except').join(', ');
      return `${['0.0.0.0/0', '::/0'].includes(block) ? `every address (${block})` : block}${except === '' ? '' : ` except ${except}`}`;
    }
    const [pods, namespaces] = [at(this._peer, 'podSelector'), at(this._peer, 'namespaceSelector')];
    return `${isFields(pods) && !isEmptySelector(pods) ? `pods ${selectorText(pods)}` : 'every pod'}${this._where(namespaces)}`;
  }

  private _where(namespaces: unknown): string {
    if (namespaces === undefined) {
      return this._namespace === '' ? '' : ` of ${this._namespace}`;
    }
    const name = fieldsAt(namespaces, 'matchLabels')[NAME_LABEL];
    return isEmptySelector(namespaces) ? ' of the cluster'
      : selectorText(namespaces) === `${NAME_LABEL}=${String(name)}` ? ` of ${String(name)}` : ` of namespaces ${selectorText(namespaces)}`;
  }

  private _labelsOf(namespace: string): Fields {
    const labels = at(this._objects.find('/Namespace', '', namespace), 'metadata.labels');
    return { ...isFields(labels) ? labels : {}, [NAME_LABEL]: namespace };
  }
}

/** Also by labels that the pods get at run time. */
export function isSelected(selector: unknown, { labels, fixed }: Workload): boolean {
  const wanted = at(selector, 'matchLabels');
  return selects(selector, labels)
    || listAt(selector, 'matchExpressions').length === 0 && isFields(wanted) && runTimeLabels(wanted, labels, fixed) !== undefined;
}
