import { isIP, isIPv6 } from 'net';
import { fail, Origin } from './errors';
import { warn } from './warnings';
import { requireArrival } from './yaml-text';

const HOST_NAME_MAX = 253;
// As the resolver of Linux takes them: with capitals and underscores, which Kubernetes' own names have not.
const HOST_LABEL = /^[A-Za-z0-9_](?:[-\w]{0,61}\w)?$/;
const CLUSTER_NAME = /\.svc(?:\.|$)/i;

/** An NFS server as nodes name it: a host name or an IP address of the outside. */
export function requireServer(origin: Origin, value: string): void {
  const wrong = isIP(value) === 0 || value.includes('%') ? mistakeOf(value) : undefined;
  if (wrong !== undefined) {
    const [rule, fix] = wrong;
    fail(origin.scope, { property: origin.property, rule, value, fix });
  }
  requireArrival(origin, value);
}

/** Warns of a server that only pods find. */
export function warnOfClusterName({ scope, property }: Origin, server: string): void {
  if (CLUSTER_NAME.test(server)) {
    warn(scope, `'${property}' is ${JSON.stringify(server)}, a name of the cluster's DNS, which nodes do not ask, and nodes mount: `
    + 'name the clusterIP of the Service, unless the resolvers of the nodes forward names of the cluster');
  }
}

/** Equal for what is the same server in another spelling. */
export function canonicalServer(server: string): string {
  return isIPv6(server) ? new URL(`http://[${server}]`).hostname : server.toLowerCase().replace(/\.$/, '');
}

function mistakeOf(value: string): [rule: string, fix: string] | undefined {
  const labels = value.replace(/\.$/, '').split('.');
  if (value.includes('/')) {
    return ['be a host name or an IP address', 'name the NFS server without a path'];
  }
  if (value.includes('%')) {
    return ['be an address without a zone', 'the kubelet puts no brackets around it: name a host name or an address of a wider scope'];
  }
  if (/^\[.*\]$/.test(value)) {
    return ['be an address without brackets', `write ${JSON.stringify(value.slice(1, -1))}`];
  }
  if (value.includes(':')) {
    return ['be a host name or an IP address', 'name the server without a port, which is the mount option "port=..."'];
  }
  if (/^\d+$/.test(labels[labels.length - 1])) {
    return ['be a host name or an IP address', 'an IPv4 address has four numbers from 0 to 255, without zeros in front'];
  }
  if (labels.join('.').length > HOST_NAME_MAX) {
    return [`have at most ${HOST_NAME_MAX} characters`, 'name a shorter alias, or the address'];
  }
  return labels.every((label) => HOST_LABEL.test(label)) ? undefined : [
    'be a host name or an IP address',
    'a host name has parts of at most 63 letters, digits, "-" and "_", a hyphen neither first nor last, with dots between them',
  ];
}
