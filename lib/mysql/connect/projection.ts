import { ContainerAddition, EnvVariable, OpenPod, PodVolumeSpec } from '../../pod/additions/open-pod';
import { ResolvedUser } from '../accounts/databases-and-users';
import { ConnectionValue, Endpoint, keyOf } from '../context/connection-keys';
import { VariableValue } from './mysql-binding';

const FILES: ConnectionValue[] = ['type', 'provider', 'host', 'port', 'username', 'password', 'database', 'uri', 'ssl-mode'];
const VARIABLES: ConnectionValue[] = ['host', 'port', 'username', 'password', 'database', 'uri', 'ssl-mode'];
/** The key of the authority in the Secret of a certificate, and the name of its file. */
export const AUTHORITY = 'ca.crt';

/** Where the values of a connection are. */
export interface Source {
  readonly secretName: string;
  /** The ConfigMap with all but the password, where the Secret may have that alone. */
  readonly configMap?: string;
  readonly user: ResolvedUser;
  readonly endpoint: Endpoint;
}

/** A key of an object. */
interface Place {
  readonly kind: 'secret' | 'configMap';
  readonly name: string;
  readonly key: string;
}

/** The place of a value; undefined where the connection has none. */
function placeOf(value: ConnectionValue, { secretName, configMap, user, endpoint }: Source): Place | undefined {
  const key = keyOf(user, value, endpoint);
  if (key === undefined || configMap !== undefined && value === 'uri') {
    return undefined;
  }
  return value === 'password' || configMap === undefined ? { kind: 'secret', name: secretName, key }
    : { kind: 'configMap', name: configMap, key };
}

/** Environment variables, and the authority as a file. */
export function projectAsVariables(
  { variables, folder, templates }: { variables: Record<VariableValue, string>; folder: string; templates: Record<string, string> },
  source: Source,
  pod: OpenPod,
  ca: { readonly name: string; readonly secretName?: string },
): ContainerAddition {
  const more = Object.entries(templates).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => ({ name, value }));
  const env = VARIABLES.flatMap((value): EnvVariable[] => {
    const place = placeOf(value, source);
    return place === undefined ? [] : [
      { name: variables[value as VariableValue], valueFrom: { [`${place.kind}KeyRef`]: { name: place.name, key: place.key } } },
    ];
  });
  if (ca.secretName === undefined) {
    return { env: [...env, ...more], mounts: [] };
  }
  const volume = own(pod, { name: ca.name, secret: { secretName: ca.secretName, items: [{ key: AUTHORITY, path: AUTHORITY }] } });
  return {
    env: [...env, { name: variables['ssl-ca'], value: `${folder}/${AUTHORITY}` }, ...more], mounts: [{ volume, mountPath: folder, isShared: true }],
  };
}

/** A folder with a file for each value. */
export function projectAsFolder(
  { folder, root }: { folder: string; root?: string }, source: Source, pod: OpenPod, caSecret?: string,
): ContainerAddition {
  const items = new Map<string, Omit<Place, 'key'> & { items: { key: string; path: string }[] }>();
  for (const value of FILES) {
    const place = placeOf(value, source);
    if (place !== undefined) {
      const id = `${place.kind}/${place.name}`;
      items.set(id, { ...place, items: [...items.get(id)?.items ?? [], { key: place.key, path: value }] });
    }
  }
  const sources = [
    ...[...items.values()].map(({ kind, name, items: keys }) => ({ [kind]: { name, items: keys } })),
    ...caSecret === undefined ? [] : [{ secret: { name: caSecret, items: [{ key: AUTHORITY, path: AUTHORITY }] } }],
  ];
  const volume = own(pod, { name: `binding-${folder.split('/').at(-1)}`, projected: { sources } });
  return { env: [{ name: 'SERVICE_BINDING_ROOT', value: root }], mounts: [{ volume, mountPath: folder }] };
}

/** The volume, under a name that no other one of the pod has; the same volume again is mounted once more. */
function own({ volumes }: OpenPod, volume: PodVolumeSpec): PodVolumeSpec {
  const text = (spec: PodVolumeSpec) => JSON.stringify({ ...spec, name: '' });
  const same = [...volumes.values()].find((other) => other !== undefined && text(other) === text(volume));
  if (same !== undefined) {
    return same;
  }
  let name = volume.name;
  for (let count = 2; volumes.has(name); count++) {
    name = `${volume.name}-${count}`;
  }
  return { ...volume, name };
}
