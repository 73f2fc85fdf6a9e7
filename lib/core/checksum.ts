import { createHash } from 'crypto';

/** Changes when the value does: an annotation with it rolls pods whose files changed. */
export function checksum(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
