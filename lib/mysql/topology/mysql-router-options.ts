import { ContainerResources } from 'cdk8s-plus-27';
import { MemberPlacement } from './member-placement';

/**
 * Options of MySQL Router.
 *
 * @see https://dev.mysql.com/doc/mysql-router/9.7/en/
 */
export interface MySqlRouterOptions {
  /**
   * How many Routers there are, from 1 to 99: 2 or more survive the failure of one.
   *
   * @default 2
   */
  readonly replicas?: number;

  /**
   * The image: one with bash, mysqlrouter and mysql, of the servers' series or a later one. Its entrypoint is not used.
   *
   * @default - container-registry.oracle.com/mysql/community-router, with the series of the servers as its tag
   */
  readonly image?: string;

  /**
   * The image in which MySQL Shell keeps the metadata that Router reads: one with bash, mysql and mysqlsh, of the servers' series or a
   * later one, since Shell refuses servers that are newer than itself. Its entrypoint is not used.
   *
   * @default - that of the servers: the official ones have MySQL Shell
   */
  readonly shellImage?: string;

  /**
   * The resources of each Router.
   *
   * @default - 100m to 1 core, 128Mi of memory, and 256Mi at most
   */
  readonly resources?: ContainerResources;

  /**
   * The nodes of the Routers.
   *
   * @default - on any node, apart from each other where there are enough
   */
  readonly placement?: MemberPlacement;
}
