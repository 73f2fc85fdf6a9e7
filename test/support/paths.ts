import { join } from 'path';

// In a file of their own: what a test imports is loaded for it, and `util.ts` takes the library along.
export const ROOT = join(__dirname, '..', '..');
export const DIST = join(ROOT, 'dist');
