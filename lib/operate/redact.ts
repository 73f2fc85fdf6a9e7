/** What stands in place of a secret. */
const REDACTED = '[redacted]';

/** What logs and events may show by mistake; the scripts and the servers of this library write none of it. */
const PATTERNS: [RegExp, string][] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, REDACTED],
  [/\b(IDENTIFIED\b[^\n]*?\b(?:BY|AS)\s+)(?:'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.)*")/gi, `$1${REDACTED}`],
  [/\b(authorization|bearer)(["']?\s*[:= ]\s*)(?:bearer\s+)?[\w.~+/=-]{8,}/gi, `$1$2${REDACTED}`],
  [/([\w-]*(?:password|passwd|passphrase|secret-access-key|secret_access_key|token)["']?\s*[=:]\s*)("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s,;]+)/gi, `$1${REDACTED}`],
  [/\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g, REDACTED], // a token of a service account
  // Rows, as errors of replication quote them.
  [/(Duplicate entry )'(?:[^'\\]|\\.|'')*'/g, `$1${REDACTED}`],
  [/(Query: |query: )'[^\n]*/g, `$1${REDACTED}`],
];

/** The text without what looks like a secret, or like a row of a user's table. */
export function redact(text: string): string {
  return PATTERNS.reduce((left, [pattern, by]) => left.replace(pattern, by), text);
}
