import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Bar, printTable } from './report';

/** How much there is to read in a folder of `dist`. */
export interface Size {
  readonly app: string;
  readonly objects: number;
  readonly lines: number;
  readonly bytes: number;
  /** The bytes of the ConfigMaps of scripts. */
  readonly scriptBytes: number;
  /** The lines of the ConfigMaps of scripts and configuration. */
  readonly fileLines: number;
  /** The lines of all other objects. */
  readonly otherLines: number;
}

/** The ConfigMaps, and those of scripts, by the names of their files. */
const CONFIG_MAP = /^\d-ConfigMap\./;
const SCRIPTS = /^\d-ConfigMap\..*-scripts\.k8s\.yaml$/;

/** The largest app, and the lines that a reviewer of it reads at most beside scripts and configuration. */
export const REVIEWED = { app: 'mysql-innodb-cluster', linesMax: 1200 };

/** The size of each folder. */
export function sizesOf(dist: string): Size[] {
  return readdirSync(dist).sort().map((app) => {
    const files = readdirSync(join(dist, app)).map((name) => {
      const text = readFileSync(join(dist, app, name), 'utf8');
      return { name, lines: text.split('\n').length - 1, bytes: Buffer.byteLength(text) };
    });
    const sum = (field: 'lines' | 'bytes', pattern = /^/) => (
      files.filter(({ name }) => pattern.test(name)).reduce((all, file) => all + file[field], 0)
    );
    const [lines, fileLines] = [sum('lines'), sum('lines', CONFIG_MAP)];
    return {
      app, objects: files.length, lines, bytes: sum('bytes'), scriptBytes: sum('bytes', SCRIPTS), fileLines, otherLines: lines - fileLines,
    };
  });
}

/** What a reviewer of `dist` has to read. */
export function measureSizes(): Bar[] {
  const sizes = sizesOf(join(__dirname, '../dist'));
  printTable('Size of dist', ['app', 'objects', 'lines', 'bytes', 'scripts', 'lines of files', 'other lines'], sizes.map((size) => [
    size.app, String(size.objects), String(size.lines), String(size.bytes), `${Math.round(100 * size.scriptBytes / size.bytes)} %`,
    String(size.fileLines), String(size.otherLines),
  ]));
  return [{
    what: `${REVIEWED.app}: lines that are no scripts or configuration`,
    figure: sizes.find(({ app }) => app === REVIEWED.app)!.otherLines, limit: REVIEWED.linesMax, unit: 'lines',
  }];
}
