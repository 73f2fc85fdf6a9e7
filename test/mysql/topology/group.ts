import { InnoDbClusterOptions, MySqlClusterProps, MySqlTopology } from '../../../lib';
import { Manifest } from '../../util';
import { fileIn, renderMySql } from '../cluster';

export const SIZES = [3, 5, 7, 9];

/** A group of three with little more than it must have, with changes. */
export function group(options: Partial<InnoDbClusterOptions> = {}, props: Partial<MySqlClusterProps> = {}, namespace?: string): Manifest[] {
  return renderMySql({ topology: MySqlTopology.innoDbCluster({ members: 3, ...options }), ...props }, namespace);
}

/** The names of the pods of a group of so many. */
export const podsOf = (members: number) => [...Array(members).keys()].map((ordinal) => `mysql-${ordinal}`);

/** Objects of a kind that the tests of other constructs do not look into. */
export const ofKind = <T>(objects: Manifest[], kind: string) => objects.filter((object) => (object.kind as string) === kind) as T[];

/** The options of my.cnf. */
export function optionsOf(objects: Manifest[], configMap = 'mysql-config'): Record<string, string> {
  const lines = fileIn(objects, configMap, 'my.cnf').split('\n').filter((line) => line.includes(' = ') && !line.startsWith('#'));
  return Object.fromEntries(lines.map((line) => line.split(' = ') as [string, string]));
}
