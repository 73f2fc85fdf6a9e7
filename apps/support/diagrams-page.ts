import { writeFileSync } from 'fs';
import { basename, join } from 'path';
import { App } from 'cdk8s';
import { Diagram } from '../../lib';
import { createApps, SEED } from '../main';

/** The pictures: folders that are applied together, and what to look at. */
const PICTURES: { readonly folders: string[]; readonly shows: string }[] = [
  {
    folders: ['web-topology-base', 'web-topology'],
    shows: 'Two pods with stable names behind a headless Service, open to every pod of the cluster on port 80.',
  },
  {
    folders: ['web-hardened-base', 'web-hardened'],
    shows: 'The same traffic to pods that meet the Pod Security level "restricted", which a picture does not show.',
  },
  {
    folders: ['nfs-volumes', 'web-storage'],
    shows: 'Each pod has a claim, and two of the three volumes on the NFS server are reserved for these claims.',
  },
  {
    folders: ['mysql-source-replica-base', 'mysql-source-replica'],
    shows: 'A MySQL source and its replica, each with a volume on the disk of a node, and the operations that may connect to both.',
  },
  {
    folders: ['mysql-innodb-cluster-base', 'mysql-innodb-cluster'],
    shows: 'Two Services lead to the members that have the label of a role at run time, and Router connects to all members.',
  },
  {
    folders: ['mysql-backup-base', 'mysql-backup'],
    shows: 'Pods beside the members make backups, store binary logs and try both, and only these pods reach the store.',
  },
  {
    folders: ['mysql-restore-base', 'mysql-restore'],
    shows: 'A Job restores data into a server of its own, from which the first member copies it.',
  },
];

const HEAD = `# Pictures of the apps

\`npm run synth\` renders these pictures from the objects of \`dist/\`. Each picture shows folders that are applied together.
[cdk8s-stateful-diagram](cdk8s-stateful-diagram.md) says how to read the pictures, and renders the same of your manifests.
`;

/** The text of docs/diagrams.md. */
export function diagramsPage(): string {
  const apps = new Map(createApps({ ...SEED, outdir: 'dist' }).map((app): [string, App] => [basename(app.outdir), app]));
  return [HEAD, ...PICTURES.map(({ folders, shows }) => [
    `## ${folders[1]}\n`,
    `${shows}\n`,
    `Folders: ${folders.map((folder) => `\`${folder}\``).join(', ')}.\n`,
    `\`\`\`mermaid\n${Diagram.of(...folders.map((folder) => apps.get(folder)!)).toMermaid()}\`\`\`\n`,
  ].join('\n'))].join('\n');
}

if (require.main === module) {
  writeFileSync(join(__dirname, '../../docs/diagrams.md'), diagramsPage());
}
