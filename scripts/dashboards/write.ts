import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { basename, dirname, join } from 'path';
import { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { mysqlBackups } from './mysql-backups';
import { mysqlCluster } from './mysql-cluster';
import { mysqlServer } from './mysql-server';
import { Answers, Model } from './picture/data';
import { picture } from './picture/picture';
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

/** The picture of a dashboard in the guide, and the answers that it shows, which the tests of the cluster wrote. */
export function pictureFiles(file: string): { readonly picture: string; readonly answers: string } {
  const path = join('docs/dashboards', basename(file, '.json'));
  return { picture: `${path}.svg`, answers: `${path}.json` };
}

/** The picture of a dashboard, drawn of what a Prometheus answered. */
export function pictureOf(file: string, answers: string): string {
  return picture(JSON.parse(textOf(MODELS[file]())) as Model, JSON.parse(answers) as Answers);
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
    const [drawing, answers] = Object.values(pictureFiles(file)).map((name) => join(__dirname, '../..', name));
    if (existsSync(answers)) {
      writeFileSync(drawing, pictureOf(file, readFileSync(answers, 'utf8')));
    }
  }
}
