import { IConstruct } from 'constructs';
import { fail } from '../../core/errors';

/** The path of a URL, as an Ingress and an HTTPRoute compare it. */
export function requireUrlPath(scope: IConstruct, property: string, path: string): void {
  if (!/^\/(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})*$/.test(path) || /\/\/|\/\.{1,2}(\/|$)|%2f/i.test(path)) {
    fail(scope, {
      property, rule: 'be the path of a URL that begins with "/"', value: path, fix: 'write it as in "/shop", without "//", "." and ".."',
    });
  }
}
