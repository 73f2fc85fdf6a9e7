import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { LabelSet } from '../../core/labels';
import { requireUniqueInApp } from '../../core/registry';
import { requireServiceName } from '../../core/validation';
import { renderService } from '../../network/render/service';
import { MYSQL_PORT, MYSQL_PORT_NAME } from '../constants/ports';

export interface ClientServiceConfig {
  readonly name: string;
  /** The user's word for the name. */
  readonly property: string;
  readonly labels: LabelSet;
  /** The value of the label `mysql.role` of the pods behind it. */
  readonly role: string;
}

/** The Service in front of all members of a role. */
export function renderClientService(scope: Construct, id: string, { name, property, labels, role }: ClientServiceConfig): ApiObject {
  requireServiceName({ scope, property }, name);
  requireUniqueInApp(scope, { property, value: name, what: 'a Service name', scoped: 'namespace', fix: 'give each its own name' });
  return renderService(scope, id, {
    name, labels, ports: [{ name: MYSQL_PORT_NAME, port: MYSQL_PORT }], narrowedTo: { 'mysql.role': role },
  });
}
