import { existsSync, readdirSync } from 'fs';
import { join } from 'path';
import { ROOT } from './paths';

/** The Markdown files whose code blocks must work, by their paths from the root. API.md is generated from docstrings. */
export function documents(): string[] {
  const inDocs = existsSync(join(ROOT, 'docs')) ? readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }) : [];
  const atTop = readdirSync(ROOT).filter((file) => file !== 'API.md');
  return [...atTop, ...inDocs.map((file) => join('docs', file))].filter((file) => file.endsWith('.md')).sort();
}
