import { mkdirSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { mysqlBackups } from './mysql-backups';
import { mysqlCluster } from './mysql-cluster';
import { mysqlServer } from './mysql-server';
import { statefulWeb } from './stateful-web';

/** The dashboards by their files below `lib/`, which the library reads. */
export const MODELS: Record<string, () => Dashboard> = {
  'mysql/dashboards/models/mysql-cluster.json': mysqlCluster,
  'mysql/dashboards/models/mysql-server.json': mysqlServer,
  'mysql/dashboards/models/mysql-backups.json': mysqlBackups,
  'web/models/stateful-web.json': statefulWeb,
};

/** The text of a model: keys sorted, so that a change of the typed code changes no other line. */
export function textOf(model: Dashboard): string {
  return `${JSON.stringify(model, (_, value: unknown) => isObject(value) ? sorted(value) : value, 2)}\n`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).sort(([one], [other]) => one < other ? -1 : 1));
}

if (require.main === module) {
  for (const [file, model] of Object.entries(MODELS)) {
    const path = join(__dirname, '../../lib', file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, textOf(model()));
  }
}
