import { ApiObject, Chart, JsonPatch } from 'cdk8s';

/**
 * Takes the namespace off an object that lives outside of namespaces. cdk8s stamps the chart's namespace on every object, and no
 * validator minds: https://github.com/cdk8s-team/cdk8s/issues/1558
 */
export function clusterScoped<T extends ApiObject>(object: T): T {
  if (Chart.of(object).namespace !== undefined) {
    object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  }
  return object;
}
