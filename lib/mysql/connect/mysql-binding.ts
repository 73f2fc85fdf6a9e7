/** The values that variables hold, and how the names of variables end. */
export const VARIABLE_VALUES = {
  host: 'HOST', port: 'PORT', username: 'USER', password: 'PASSWORD', database: 'DATABASE', uri: 'URI', 'ssl-mode': 'SSL_MODE',
  'ssl-ca': 'SSL_CA',
};

/** A value that a variable can hold. */
export type VariableValue = keyof typeof VARIABLE_VALUES;

/** Options of `MySqlBinding.variables()`. */
export interface MySqlVariablesOptions {
  /**
   * The beginning of the variables' names.
   *
   * @default MYSQL_
   */
  readonly prefix?: string;

  /**
   * The whole names of variables that the application calls otherwise, e.g. `{ host: 'WORDPRESS_DB_HOST' }`. The keys are `host`, `port`,
   * `username`, `password`, `database`, `uri`, `ssl-mode` and `ssl-ca`.
   *
   * @default - the prefix and `HOST`, `PORT`, `USER`, `PASSWORD`, `DATABASE`, `URI`, `SSL_MODE` or `SSL_CA`
   */
  readonly names?: { [value: string]: string };

  /**
   * Further variables whose texts are made of the others by `$(NAME)`, which the kubelet replaces, e.g. a URL of JDBC:
   * `{ JDBC_URL: 'jdbc:mysql://$(MYSQL_HOST):$(MYSQL_PORT)/$(MYSQL_DATABASE)' }`.
   *
   * @default - none
   */
  readonly templates?: { [name: string]: string };

  /**
   * The folder with the file `ca.crt`, whose path is in the variable `SSL_CA`, where the servers have a certificate of an authority.
   *
   * @default - /etc/mysql-ca/<name of the cluster>
   */
  readonly caFolder?: string;
}

/** Options of `MySqlBinding.folder()`. */
export interface MySqlFolderOptions {
  /**
   * The folder of all bindings, whose path is in the variable `SERVICE_BINDING_ROOT`.
   *
   * @default /bindings
   */
  readonly root?: string;

  /**
   * The name of the folder below the root.
   *
   * @default - the name of the cluster
   */
  readonly name?: string;
}

/** What a binding is for one cluster. */
interface BindingForm {
  /** The names of the variables; undefined for a folder. */
  readonly variables?: Record<VariableValue, string>;
  /** The folder of the files: of all, or of the authority alone. */
  readonly folder: string;
  /** What stands in `SERVICE_BINDING_ROOT`; undefined for variables. */
  readonly root?: string;
  /** Texts by the names of further variables. */
  readonly templates: Record<string, string>;
  /** Names in the options that are none of a value. */
  readonly unknown: string[];
}

/** How a container gets what it needs to connect. */
export class MySqlBinding {
  /**
   * Environment variables: `MYSQL_HOST`, `MYSQL_PORT`, `MYSQL_USER`, `MYSQL_PASSWORD`, `MYSQL_DATABASE`, `MYSQL_URI`, `MYSQL_SSL_MODE` and,
   * where the servers have a certificate of an authority, `MYSQL_SSL_CA`. A pod must start again to get a changed password.
   */
  public static variables(options: MySqlVariablesOptions = {}): MySqlBinding {
    const { prefix = 'MYSQL_', names = {}, templates = {}, caFolder } = { ...options };
    return new MySqlBinding((clusterName) => ({
      variables: Object.fromEntries(Object.entries(VARIABLE_VALUES).map(([value, suffix]) => (
        [value, names[value] ?? `${prefix}${suffix}`]
      ))) as Record<VariableValue, string>,
      folder: caFolder ?? `/etc/mysql-ca/${clusterName}`,
      templates: { ...templates },
      unknown: Object.keys(names).filter((value) => !(value in VARIABLE_VALUES)),
    }));
  }

  /**
   * A folder with a file for each value, in the form of the Service Binding specification: `type`, `provider`, `host`, `port`, `username`,
   * `password`, `database`, `uri`, `ssl-mode`, `ca.crt`. The files follow a changed password, variables do not.
   *
   * @see https://servicebinding.io/spec/core/1.1.0/#workload-projection
   */
  public static folder(options: MySqlFolderOptions = {}): MySqlBinding {
    const { root = '/bindings', name } = { ...options };
    return new MySqlBinding((clusterName) => ({ folder: `${root}/${name ?? clusterName}`, root, templates: {}, unknown: [] }));
  }

  private constructor(private readonly _form: (clusterName: string) => BindingForm) {}

  /** @internal */
  public _bind(clusterName: string): BindingForm {
    return this._form(clusterName);
  }
}
