import { Labels } from './labels';
import { arrives } from './yaml-text';

/** The keys of a ConfigMap, ready to be rendered. */
export interface ConfigMapContent {
  readonly data: Labels;
  readonly binaryData: Labels;
}

/** What keeps Flux from replacing variables: https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution */
export const NO_SUBSTITUTION: Labels = { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' };

/** Flux reads `${NAME}` as a variable, and `$$` as one `$`. */
const VARIABLE = /\$[{$]/;

/** Files by name. What YAML cannot write, or writes as something else, is stored as binaryData, of which containers see the same. */
export function configMapContent(files: Labels): ConfigMapContent {
  const content: ConfigMapContent = { data: {}, binaryData: {} };
  for (const [name, text] of Object.entries(files)) {
    if (arrives(text)) {
      content.data[name] = text;
    } else {
      content.binaryData[name] = Buffer.from(text).toString('base64');
    }
  }
  return content;
}

/** Whether Flux would change one of the files. */
export function hasVariables(files: Labels): boolean {
  return Object.values(files).some((text) => VARIABLE.test(text));
}

/** Undefined for what is empty, so that it is not rendered. */
export function present(map: Labels): Labels | undefined {
  return Object.keys(map).length > 0 ? map : undefined;
}
