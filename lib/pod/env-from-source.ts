import { IConfigMap, ISecret } from 'cdk8s-plus-27';
import { Origin } from '../core/errors';
import { HeldObject, nameOf } from '../core/held-objects';
import { requireDnsName, requireEnvName } from '../core/validation';

/** Options of environment variables that come from the keys of a ConfigMap or a Secret. */
export interface EnvFromOptions {
  /**
   * The prefix of each key in the name of its variable.
   *
   * @default - nothing
   */
  readonly prefix?: string;

  /**
   * Whether the container starts although the ConfigMap or Secret does not exist.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/**
 * Environment variables from all keys of a ConfigMap or a Secret. If two sources have the same key, the later one wins, and a variable
 * that is named itself wins over both.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/#configure-all-key-value-pairs-in-a-configmap-as-container-environment-variables
 */
export class EnvFromSource {
  /** The keys of a ConfigMap. */
  public static configMap(name: string, options: EnvFromOptions = {}): EnvFromSource {
    return new EnvFromSource('configMapRef', name, options);
  }

  /** The keys of a Secret. */
  public static secret(name: string, options: EnvFromOptions = {}): EnvFromSource {
    return new EnvFromSource('secretRef', name, options);
  }

  /** The keys of a ConfigMap of cdk8s-plus. The workload depends on it. */
  public static fromConfigMap(configMap: IConfigMap, options: EnvFromOptions = {}): EnvFromSource {
    return new EnvFromSource('configMapRef', configMap.name, options, configMap);
  }

  /** The keys of a Secret of cdk8s-plus. The workload depends on it. */
  public static fromSecret(secret: ISecret, options: EnvFromOptions = {}): EnvFromSource {
    return new EnvFromSource('secretRef', secret.name, options, secret);
  }

  private constructor(
    private readonly _kind: string,
    private readonly _name: string,
    private readonly _options: EnvFromOptions,
    private readonly _held?: HeldObject,
  ) {}

  /** @internal */
  public _toKube({ scope, property }: Origin): Record<string, unknown> {
    const { prefix, optional } = this._options;
    requireDnsName({ scope, property: `${property}.name` }, this._held === undefined ? this._name : nameOf(scope, this._held));
    if (prefix !== undefined) {
      requireEnvName({ scope, property: `${property}.prefix` }, prefix);
    }
    return { [this._kind]: { name: this._name, optional: optional || undefined }, prefix };
  }
}
