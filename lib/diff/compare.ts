import { kindOf } from '../manifests/manifest';
import { Inventory } from './manifests/inventory';
import { ManifestChange, ManifestChangeLevel } from './manifests/manifest-change';
import { Rule } from './manifests/rule';
import { claimRule } from './rules/claim';
import { dataRule } from './rules/config-data';
import { immutableFieldsRule } from './rules/immutable-fields';
import { jobRule } from './rules/job';
import { removedObjects } from './rules/removed';
import { serviceRule } from './rules/service';
import { statefulSetRule } from './rules/stateful-set';
import { volumeRule } from './rules/volume';

const RULES: Record<string, Rule> = {
  'apps/StatefulSet': statefulSetRule,
  'batch/Job': jobRule,
  '/ConfigMap': dataRule,
  '/PersistentVolume': volumeRule,
  '/PersistentVolumeClaim': claimRule,
  '/Secret': dataRule,
  '/Service': serviceRule,
};

const { REFUSED, DATA, NOTE } = ManifestChangeLevel;

/** All findings, the most urgent first, otherwise in the order of the objects. */
export function compareInventories(oldInventory: Inventory, newInventory: Inventory): ManifestChange[] {
  const changes = oldInventory.objects.flatMap((oldObject) => {
    const newObject = newInventory.counterpart(oldObject);
    const rule = RULES[kindOf(oldObject)] ?? immutableFieldsRule;
    return newObject === undefined ? [] : rule({ oldObject, newObject, oldInventory, newInventory });
  });
  const all = [...changes, ...removedObjects(oldInventory, newInventory)];
  return [REFUSED, DATA, NOTE].flatMap((level) => all.filter((found) => found.level === level));
}
