/** The user of the containers of a restricted pod, and the folders to which they may write. */
export interface RestrictedPodSecurityOptions {
  /**
   * The user id, not 0. Ids from 10000 avoid those of the node's own users.
   *
   * @default 10101
   */
  readonly user?: number;

  /**
   * The group id, not 0. Volumes whose type supports it belong to this group; in-tree NFS does not support it.
   *
   * @default - the same as `user`
   */
  readonly group?: number;

  /**
   * Folders that the image must be able to write to. Each becomes an empty folder that lives as long as the pod, unless a claim or a
   * mount covers it.
   *
   * @default - what nginx writes to in the official image and in Debian's: /tmp, /var/run, /var/cache/nginx, /var/lib/nginx
   */
  readonly writablePaths?: string[];
}

/** The folders to which the containers may write in a pod whose user the platform chooses. */
export interface PlatformAssignedPodSecurityOptions {
  /**
   * Folders that the image must be able to write to, as in `RestrictedPodSecurityOptions`.
   *
   * @default - what nginx writes to in the official image and in Debian's: /tmp, /var/run, /var/cache/nginx, /var/lib/nginx
   */
  readonly writablePaths?: string[];
}

/** The rights of a pod's containers on their node. */
interface PodSecurityRules {
  /** Whether the level "restricted" is asked for. */
  readonly isRestricted: boolean;
  /** User and group; undefined leaves both to the platform or the image. */
  readonly identity?: { readonly user: number; readonly group: number };
  /** Folders that are writable although the root file system is not. */
  readonly writablePaths: string[];
  /** The additional fields of the container's securityContext. */
  readonly container: Record<string, unknown>;
}

const DEFAULT_ID = 10101;
const RESTRICTED_CONTAINER = { readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } };
const NGINX_WRITES_TO = ['/tmp', '/var/run', '/var/cache/nginx', '/var/lib/nginx'];

/**
 * The rights of a pod's containers on their node. Every choice keeps the runtime's seccomp profile and forbids gaining privileges.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export class PodSecurity {
  /** The Pod Security level "restricted", with a read-only root file system on top. */
  public static restricted(options: RestrictedPodSecurityOptions = {}): PodSecurity {
    const user = options.user ?? DEFAULT_ID;
    return new PodSecurity({
      isRestricted: true,
      identity: { user, group: options.group ?? user },
      writablePaths: [...options.writablePaths ?? NGINX_WRITES_TO],
      container: RESTRICTED_CONTAINER,
    });
  }

  /**
   * The same, but the platform chooses user and group: OpenShift takes them from the namespace and refuses others (SCC restricted-v2).
   * Elsewhere the image must name a user by its number, and volumes are root's, since no group is named either.
   *
   * @see https://docs.openshift.com/container-platform/latest/authentication/managing-security-context-constraints.html
   */
  public static platformAssigned(options: PlatformAssignedPodSecurityOptions = {}): PodSecurity {
    return new PodSecurity({
      isRestricted: true,
      writablePaths: [...options.writablePaths ?? NGINX_WRITES_TO],
      container: RESTRICTED_CONTAINER,
    });
  }

  /**
   * The image runs as it was built: as the user that it names (root, when it names none), with a writable root file system and the
   * runtime's default capabilities. Meets the Pod Security level "baseline".
   */
  public static asImageBuilt(): PodSecurity {
    return new PodSecurity({ isRestricted: false, writablePaths: [], container: {} });
  }

  /** @internal */
  public readonly _rules: PodSecurityRules;

  private constructor(rules: PodSecurityRules) {
    this._rules = rules;
  }
}
