import { Chart } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { fail } from '../../core/errors';
import { quantity } from '../../core/quantity';
import { requireDnsLabel, requireDnsName, requireOneOf, requireSize, requireUnique } from '../../core/validation';
import { ClaimTemplate } from '../claim-template';
import { ClaimTerms } from '../claim-terms';
import { ClaimUse } from '../claim-use';
import { VolumeClaim } from '../volume-claim';

const { READ_WRITE_ONCE, READ_WRITE_ONCE_POD } = PersistentVolumeAccessMode;

/** The claim templates of one StatefulSet, and the claims that the cluster makes from them. */
export class ClaimTemplates {
  private readonly _templates: ClaimTemplate[];
  private readonly _terms: ClaimTerms[];

  public constructor(private readonly _scope: IConstruct, templates: ClaimTemplate[], private readonly _use = ClaimUse.FILES) {
    requireUnique(_scope, (index) => `claims[${index}].name`, templates.map((template) => template.name), 'claim name');
    templates.forEach((template, index) => requireTemplate(_scope, `claims[${index}]`, template));
    this._templates = templates.map((template) => (
      Object.assign({}, template, { accessModes: [...template.accessModes ?? [READ_WRITE_ONCE]] })
    ));
    this._terms = templates.map((template) => ClaimTerms.openUnlessNamed(template.storageClassName));
  }

  /** Whether the pods claim nothing. */
  public get isEmpty(): boolean {
    return this._templates.length === 0;
  }

  /** All claims of ordinal 0, then all of ordinal 1...: volumes that are reserved in this order stay where they are when pods are added. */
  public claims(statefulSet: string, ordinals: number[]): VolumeClaim[] {
    const namespace = Chart.of(this._scope).namespace;
    return ordinals.flatMap((ordinal) => this._templates.map((template, index) => VolumeClaim._fromTemplate({
      name: `${template.name}-${statefulSet}-${ordinal}`,
      namespace,
      size: template.size,
      accessModes: template.accessModes,
      use: this._use,
    }, template.name, this._terms[index])));
  }

  /**
   * The `volumeClaimTemplates`. With apiVersion and kind, as the API server returns them, so that GitOps tools see no difference
   * (https://github.com/argoproj/argo-cd/issues/11143), and with no label, since labels of a template are immutable too.
   */
  public render(): Record<string, unknown>[] {
    return this._templates.map((template, index) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: template.name },
      spec: {
        accessModes: template.accessModes,
        resources: { requests: { storage: quantity(template.size) } },
        storageClassName: this._terms[index].storageClassName,
        volumeAttributesClassName: template.volumeAttributesClassName,
        volumeMode: 'Filesystem',
      },
    }));
  }
}

function requireTemplate(scope: IConstruct, property: string, template: ClaimTemplate): void {
  requireDnsLabel({ scope, property: `${property}.name` }, template.name);
  requireSize({ scope, property: `${property}.size` }, template.size);
  requireAccessModes(scope, `${property}.accessModes`, template.accessModes ?? [READ_WRITE_ONCE]);
  if (template.storageClassName) {
    requireDnsName({ scope, property: `${property}.storageClassName` }, template.storageClassName);
  }
  if (template.volumeAttributesClassName !== undefined) {
    requireDnsName({ scope, property: `${property}.volumeAttributesClassName` }, template.volumeAttributesClassName);
  }
}

/** Access modes that Kubernetes knows: at least one, ReadWriteOncePod alone. */
export function requireAccessModes(scope: IConstruct, property: string, modes: PersistentVolumeAccessMode[]): void {
  const allowed = Object.values(PersistentVolumeAccessMode);
  if (modes.length === 0) {
    fail(scope, { property, rule: 'name at least one access mode', value: modes, fix: `leave it out for ${READ_WRITE_ONCE}` });
  }
  modes.forEach((mode, index) => requireOneOf({ scope, property: `${property}[${index}]` }, mode, allowed, 'use PersistentVolumeAccessMode'));
  if (modes.length > 1 && modes.includes(READ_WRITE_ONCE_POD)) {
    fail(scope, { property, rule: `not join ${READ_WRITE_ONCE_POD} with another mode`, value: modes, fix: 'name it alone' });
  }
}
