import { identityOf, kindOf, Manifest, namespaceOf } from '../../manifests/manifest';

/** The objects of a picture, in an order that does not depend on files. */
export class Objects {
  private readonly _objects: Manifest[];

  public constructor(objects: Manifest[]) {
    const byIdentity = new Map(objects.map((object) => [identityOf(object), object]));
    this._objects = [...byIdentity].sort(([one], [other]) => one < other ? -1 : 1).map(([, object]) => object);
  }

  /** The objects of kinds such as `apps/StatefulSet`, kind by kind. */
  public ofKind(...kinds: string[]): Manifest[] {
    return kinds.flatMap((kind) => this._objects.filter((object) => kindOf(object) === kind));
  }

  public find(kind: string, namespace: string, name: string): Manifest | undefined {
    return this.ofKind(kind).find((object) => namespaceOf(object) === namespace && object.metadata.name === name);
  }
}
