import { writeFileSync } from 'fs';
import { basename, join } from 'path';
import { App } from 'cdk8s';
import { Diagram } from '../../lib';
import { createApps, SEED } from '../main';

/** The pictures: folders that are applied together, and what to look at. */
const PICTURES: [folders: string[], sentence: string][] = [
  [['web-topology-base', 'web-topology'], 'Two pods with stable names behind a headless Service, open to every pod of the cluster on port 80.'],
  [['web-hardened-base', 'web-hardened'], 'The same traffic to a pod that meets the Pod Security level "restricted", which a picture does not show.'],
  [['nfs-volumes', 'web-storage'], 'Each pod has a claim, and two of the three volumes on the NFS server are reserved for these claims.'],
  [['mysql-source-replica-base', 'mysql-source-replica'], 'A MySQL source and its replica, each with a volume on the disk of a node, and the '
    + 'operations that may connect to both.'],
  [['mysql-innodb-cluster-base', 'mysql-innodb-cluster'], 'The Services lead to the members that have the label of a role at run time, and Router '
    + 'connects to all of them.'],
];

const HEAD = `# Pictures of the apps

\`npm run synth\` renders these pictures from the objects of \`dist/\`. Each picture shows folders that are applied together.
[cdk8s-stateful-diagram](cdk8s-stateful-diagram.md) says how to read the pictures, and renders the same of your manifests.
`;

/** The text of docs/diagrams.md. */
export function diagramsPage(): string {
  const apps = new Map(createApps({ ...SEED, outdir: 'dist' }).map((app): [string, App] => [basename(app.outdir), app]));
  return [HEAD, ...PICTURES.map(([folders, sentence]) => [
    `## ${folders[1]}\n`,
    `${sentence}\n`,
    `Folders: ${folders.map((folder) => `\`${folder}\``).join(', ')}.\n`,
    `\`\`\`mermaid\n${Diagram.of(...folders.map((folder) => apps.get(folder)!)).toMermaid()}\`\`\`\n`,
  ].join('\n'))].join('\n');
}

if (require.main === module) {
  writeFileSync(join(__dirname, '../../docs/diagrams.md'), diagramsPage());
}
