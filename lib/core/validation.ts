import { posix } from 'path';
import { Size } from 'cdk8s';
import { IConstruct } from 'constructs';
import { fail, Origin } from './errors';
import { isSize, kibibytes } from './quantity';
import { requireArrival } from './yaml-text';

// https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_LABEL_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const DNS_LABEL_MAX = 63;
const DNS_NAME_MAX = 253;
const ANNOTATIONS_MAX_BYTES = 256 * 1024;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
// Absolute, of parts that are neither empty nor "." nor ".." and hold no ":".
const SHORTEST_PATH = /^(?:\/|(?:\/(?!\.{1,2}(?:\/|$))[^/:\0]+)+)$/;
const SHORTEST_EXPORT_PATH = /^(?:\/|(?:\/(?!\.{1,2}(?:\/|$))[^/\0]+)+)$/;
const ENV_NAME = /^(?!\.$|\.\.)[-._a-zA-Z][-._a-zA-Z0-9]*$/;
// [host[:port]/]path[:tag][@digest], https://github.com/distribution/reference/blob/main/reference.go
const IMAGE_HOST = '[A-Za-z0-9](?:[-A-Za-z0-9.]*[A-Za-z0-9])?(?::[0-9]+)?';
const IMAGE_PATH = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const IMAGE_REFERENCE = new RegExp(
  `^(?:${IMAGE_HOST}/)?${IMAGE_PATH}(?:/${IMAGE_PATH})*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?$`,
);

export function requireDnsLabel(origin: Origin, value: string, maxLength = DNS_LABEL_MAX, why = ''): void {
  if (!DNS_LABEL.test(value) || value.length > maxLength) {
    reject(origin, value, `be a DNS label of at most ${maxLength} characters${why}`,
      'use lower-case letters, digits and hyphens, with a letter or digit at both ends');
  }
  requireArrival(origin, value);
}

/** A Service's name must also begin with a letter (RFC 1035). */
export function requireServiceName(origin: Origin, value: string): void {
  if (!DNS_LABEL_1035.test(value) || value.length > DNS_LABEL_MAX) {
    reject(origin, value, `be a DNS label of at most ${DNS_LABEL_MAX} characters that begins with a letter`,
      'use lower-case letters, digits and hyphens, as Kubernetes asks of a Service\'s name');
  }
}

export function requireDnsName(origin: Origin, value: string): void {
  if (!isDnsName(value)) {
    reject(origin, value, `be a DNS name of at most ${DNS_NAME_MAX} characters`,
      'use lower-case letters, digits, hyphens and dots, with a letter or digit at both ends of each part');
  }
  requireArrival(origin, value);
}

export function isDnsLabel(value: string): boolean {
  return DNS_LABEL.test(value) && value.length <= DNS_LABEL_MAX;
}

export function isDnsName(value: string): boolean {
  return value.length <= DNS_NAME_MAX && value.split('.').every((label) => DNS_LABEL.test(label));
}

export function requireInteger(origin: Origin, value: number, min: number, max: number, fix: string): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    reject(origin, value, `be a whole number from ${min} to ${max}`, fix);
  }
}

/** An absolute path in its shortest form, so that equal paths are equal strings. */
export function requirePath(origin: Origin, value: string): void {
  if (!SHORTEST_PATH.test(value)) {
    reject(origin, value, 'be an absolute path without "..", ":", doubled or trailing slashes',
      `write ${JSON.stringify(posix.resolve('/', value).replace(/[:\0]/g, ''))}`);
  }
  requireArrival(origin, value);
}

/** A folder of another machine, which no runtime parts at a ":". */
export function requireExportPath(origin: Origin, value: string): void {
  if (!SHORTEST_EXPORT_PATH.test(value)) {
    reject(origin, value, 'be an absolute path without "..", doubled or trailing slashes',
      `write ${JSON.stringify(posix.resolve('/', value).replaceAll('\0', ''))}`);
  }
  requireArrival(origin, value);
}

/** Where a container mounts something: not in place of its root. */
export function requireMountPath(origin: Origin, value: string): void {
  requirePath(origin, value);
  if (value === '/') {
    reject(origin, value, 'be below "/"', 'name a folder');
  }
}

/** A path inside a volume. */
export function requireRelativePath(origin: Origin, value: string): void {
  const shortest = posix.resolve('/', value).slice(1);
  if (value !== shortest || value === '') {
    reject(origin, value, 'be a relative path without "..", doubled or trailing slashes',
      shortest === '' ? 'name a file or folder' : `write ${JSON.stringify(shortest)}`);
  }
  requireArrival(origin, value);
}

export function requireImage(origin: Origin, value: string): void {
  const match = IMAGE_REFERENCE.exec(value);
  if (match === null) {
    reject(origin, value, 'be an image reference', 'write it as registry/name:tag or registry/name@sha256:digest');
  }
  if (match[1] === undefined && match[2] === undefined) {
    reject(origin, value, 'have a tag or a digest',
      'add the version that you tested, as in "nginx:1.29"; without one the image changes under you');
  }
}

export function requireSize(origin: Origin, value: Size): void {
  if (!isSize(value) || !(kibibytes(value) > 0)) {
    reject(origin, value, 'be a size above zero', 'write it as in Size.gibibytes(1)');
  }
}

export function requireText(origin: Origin, value: string, fix: string): void {
  if (typeof value !== 'string' || value.trim() !== value || value === '') {
    reject(origin, value, 'be a text without blanks around it', fix);
  }
  requireArrival(origin, value);
}

export function requireEnvName(origin: Origin, value: string): void {
  if (!ENV_NAME.test(value)) {
    reject(origin, value, 'be the name of an environment variable', 'use letters, digits, "-", "_" and ".", not a digit first');
  }
  requireArrival(origin, value);
}

export function requireLabels(origin: Origin, labels: Record<string, string>): void {
  for (const [key, value] of Object.entries(labels)) {
    if (!isQualifiedName(key) || value.length > 63 || !LABEL_VALUE.test(value)) {
      reject(origin, { [key]: value }, 'be labels as Kubernetes allows them',
        'use at most 63 letters, digits, "-", "_" and ".", a letter or digit at both ends; a key may have a DNS name and "/" in front');
    }
  }
  requireArrival(origin, labels);
}

/** The keys are those of labels, the values any text. */
export function requireAnnotations(origin: Origin, annotations: Record<string, string>): void {
  for (const [key, value] of Object.entries(annotations)) {
    if (!isQualifiedName(key) || typeof value !== 'string') {
      reject(origin, { [key]: value }, 'be annotations as Kubernetes allows them',
        'a key has at most 63 letters, digits, "-", "_" and ".", and may have a DNS name and "/" in front; a value is a text');
    }
  }
  const bytes = Object.entries(annotations).reduce((sum, entry) => sum + Buffer.byteLength(entry.join('')), 0);
  if (bytes > ANNOTATIONS_MAX_BYTES) {
    reject(origin, bytes, `have at most ${ANNOTATIONS_MAX_BYTES} bytes in all`, 'keep long texts in a file of ConfigFiles');
  }
  requireArrival(origin, annotations);
}

/** RFC 6335, as Kubernetes asks of a port's name. */
export function requirePortName(origin: Origin, value: string): void {
  if (!DNS_LABEL.test(value) || value.length > 15 || value.includes('--') || !/[a-z]/.test(value)) {
    reject(origin, value, 'be a port name of at most 15 characters',
      'use lower-case letters, digits and single hyphens, with at least one letter and no hyphen at an end');
  }
  requireArrival(origin, value);
}

/** A name with a DNS name and "/" in front, or without. */
export function requireQualifiedName(origin: Origin, value: string, fix: string): void {
  if (typeof value !== 'string' || !isQualifiedName(value)) {
    reject(origin, value, 'be a name of at most 63 letters, digits, "-", "_" and ".", with or without a DNS name and "/" in front', fix);
  }
  requireArrival(origin, value);
}

/** Each of `values` once; `property` gets the index of the second one. */
export function requireUnique(scope: IConstruct, property: (index: number) => string, values: (string | number)[], what: string): void {
  if (values.length < 2) {
    return;
  }
  const seen = new Map<string | number, number>();
  values.forEach((value, index) => {
    const first = seen.get(value);
    if (first !== undefined) {
      reject({ scope, property: property(index) }, value, `be a ${what} of its own`, `'${property(first)}' has it already`);
    }
    seen.set(value, index);
  });
}

export function requireOneOf(origin: Origin, value: string, allowed: string[], fix: string): void {
  if (!allowed.includes(value)) {
    reject(origin, value, `be one of ${allowed.join(', ')}`, fix);
  }
}

/** A label's or annotation's key. */
function isQualifiedName(key: string): boolean {
  const [name, prefix] = key.split('/').reverse();
  return key.split('/').length <= 2 && name !== '' && name.length <= 63 && LABEL_VALUE.test(name)
    && (prefix === undefined || isDnsName(prefix));
}

function reject(origin: Origin, value: unknown, rule: string, fix: string): never {
  fail(origin.scope, { property: origin.property, value, rule, fix });
}
