import { spawnSync } from 'child_process';
import { copyFileSync, cpSync, writeFileSync } from 'fs';
import { join } from 'path';
import { command } from '../../../e2e/support/kubectl';

const MYSQL2 = 'mysql2@3';
const PYMYSQL = 'PyMySQL>=1.1,<2';
const CONNECTOR_J = '9.3.0';

/** A driver: how it is installed into a folder, and what then runs the program there. */
export interface Driver {
  readonly name: string;
  /** The programs that must be on the path. */
  readonly needs: string[];
  /** What the program writes into the table `drivers`. */
  readonly row: string;
  install(folder: string): Promise<void>;
  command(folder: string): string[];
}

/** The programs that a driver needs and that are not on the path. */
export function missingFor({ needs }: Driver): string[] {
  return needs.filter((program) => spawnSync(program, [program === 'go' ? 'version' : '--version']).error !== undefined);
}

/** The drivers that applications of these languages use, from their registries. */
export const DRIVERS: Driver[] = [
  {
    name: 'mysql2 of Node.js',
    needs: ['npm'],
    row: 'mysql2',
    install: async (folder) => {
      writeFileSync(join(folder, 'package.json'), '{"private":true}');
      copyFileSync(join(__dirname, 'connect.mjs'), join(folder, 'connect.mjs'));
      await command('npm', ['install', '--silent', '--no-audit', '--no-fund', MYSQL2], folder);
    },
    command: () => ['node', 'connect.mjs'],
  },
  {
    name: 'PyMySQL',
    needs: ['python3'],
    row: 'PyMySQL',
    install: async (folder) => {
      copyFileSync(join(__dirname, 'connect.py'), join(folder, 'connect.py'));
      await command('python3', ['-m', 'pip', 'install', '--quiet', '--target', folder, PYMYSQL], folder);
    },
    command: () => ['python3', 'connect.py'],
  },
  {
    name: 'Connector/J',
    needs: ['mvn', 'javac', 'java'],
    row: 'Connector/J',
    install: async (folder) => {
      await command('mvn', [
        '--batch-mode', '--quiet', 'dependency:copy', `-Dartifact=com.mysql:mysql-connector-j:${CONNECTOR_J}`, `-DoutputDirectory=${folder}`,
      ], folder);
      await command('javac', ['-d', folder, join(__dirname, 'Connect.java')], folder);
    },
    command: (folder) => [
      'java', '-Djdk.net.hosts.file=hosts', '-classpath', `${folder}:${join(folder, `mysql-connector-j-${CONNECTOR_J}.jar`)}`, 'Connect',
    ],
  },
  {
    name: 'go-sql-driver',
    needs: ['go'],
    row: 'go-sql-driver',
    install: async (folder) => {
      cpSync(join(__dirname, 'go'), folder, { recursive: true });
      await command('go', ['mod', 'tidy'], folder);
      await command('go', ['build', '-o', 'connect', '.'], folder);
    },
    command: () => ['./connect'],
  },
];
