import { at, Fields, fieldsAt, kubectlFor, Manifest } from '../../manifests/manifest';
import { Difference, differences } from '../manifests/differences';
import { ManifestChange, ManifestChangeLevel } from '../manifests/manifest-change';
import { change, Pair } from '../manifests/rule';
import { serverConfiguration } from './server-configuration';

/** ConfigMaps and Secrets: what is marked immutable stays as it is, a Secret keeps its type, and a server what its data was made with. */
export function dataRule(pair: Pair): ManifestChange[] {
  const { oldObject, newObject } = pair;
  const frozen = oldObject.immutable === true
    ? [...differences(true, newObject.immutable === true, 'immutable'), ...content(oldObject, newObject)]
    : [];
  const type = oldObject.kind === 'Secret' ? differences(typeOf(oldObject), typeOf(newObject), 'type') : [];
  const refused = [...frozen, ...type].map((difference) => change(ManifestChangeLevel.REFUSED, oldObject, difference, {
    reason: difference.field === 'type' ? 'Kubernetes lets nobody change the type of an existing Secret'
      : `the ${oldObject.kind} says \`immutable: true\`, which is for good`,
    remedy: `give the new content a new name and point the pods to it, or run \`${kubectlFor(oldObject)} delete `
      + `${oldObject.kind.toLowerCase()} ${oldObject.metadata.name}\` before applying and restart its pods`,
  }));
  return [...refused, ...serverConfiguration(pair)];
}

/** All content, in the way in which the API server keeps it. */
function contentOf(object: Manifest): Fields {
  if (object.kind === 'ConfigMap') {
    return { data: object.data, binaryData: object.binaryData };
  }
  const encoded = Object.entries(fieldsAt(object, 'stringData')).map(([key, text]) => [key, Buffer.from(String(text)).toString('base64')]);
  return { data: { ...fieldsAt(object, 'data'), ...Object.fromEntries(encoded) as Fields } };
}

/** The keys whose content changed. What is in a Secret must not be in a comment of a pull request, nor must base64. */
function content(oldObject: Manifest, newObject: Manifest): Difference[] {
  const [before, after] = [contentOf(oldObject), contentOf(newObject)];
  const name = (value: unknown) => value === undefined ? undefined : '(content)';
  return Object.keys(before).flatMap((field) => differences(before[field], after[field], field))
    .map(({ field, oldValue, newValue }) => ({ field, oldValue: name(oldValue), newValue: name(newValue) }));
}

function typeOf(secret: Manifest): unknown {
  return at(secret, 'type') ?? 'Opaque';
}
