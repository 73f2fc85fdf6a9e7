import { readFileSync } from 'fs';
import { join } from 'path';
import { ROOT } from './paths';

/** A fenced code block of a Markdown file. */
export interface Fence {
  /** `README.md:12`, for messages. */
  readonly place: string;
  /** The language, e.g. `ts`. */
  readonly language: string;
  /** What stands behind the language, which says how the block is tested, e.g. `e2e=apply`. */
  readonly tag: string;
  readonly text: string;
}

/** All fenced blocks of a Markdown file, named by its path from the root. */
export function fencesOf(file: string): Fence[] {
  const fences: Fence[] = [];
  let open: { line: number; info: string; lines: string[] } | undefined;
  readFileSync(join(ROOT, file), 'utf8').split('\n').forEach((line, index) => {
    if (!line.startsWith('```')) {
      open?.lines.push(line);
    } else if (open === undefined) {
      open = { line: index + 1, info: line.slice(3).trim(), lines: [] };
    } else {
      const [language, tag = ''] = open.info.split(' ');
      fences.push({ place: `${file}:${open.line}`, language, tag, text: open.lines.join('\n') });
      open = undefined;
    }
  });
  return fences;
}

/** The one block of the documentation with this tag. */
export function fenceTagged(files: string[], tag: string): Fence {
  const [fence, ...others] = files.flatMap(fencesOf).filter((candidate) => candidate.tag === tag);
  if (fence === undefined || others.length > 0) {
    throw new Error(`the documentation must have one code block tagged '${tag}', it has ${fence === undefined ? 0 : others.length + 1}`);
  }
  return fence;
}
