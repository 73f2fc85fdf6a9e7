// The zones of lib/ for import-x/no-restricted-paths: what no room may import, by the table of rooms in ARCHITECTURE.md.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROW = /^\| (\d+) \| `(lib[^`]*)` \| (\S+) \|/gm;
const text = readFileSync(join(import.meta.dirname, '../ARCHITECTURE.md'), 'utf8');
const rooms = [...text.matchAll(ROW)].map(([, floor, folder, family]) => ({ floor: Number(floor), folder, family }));

/** A room may import those of lower floors that all may know, and those of its own family. */
function mayImport(room, other) {
  return room === other || other.floor < room.floor && ['all', room.family].includes(other.family) || room.folder === 'lib';
}

export const zones = rooms.map((room) => ({
  target: `./${room.folder}/*.ts`,
  from: rooms.filter((other) => !mayImport(room, other)).map(({ folder }) => `./${folder}/*.ts`),
  message: `ARCHITECTURE.md: ${room.folder} imports lower floors, and of the families only its own.`,
})).filter(({ from }) => from.length > 0);
