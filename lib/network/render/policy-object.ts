import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';

/** A NetworkPolicy. */
export function renderPolicyObject(scope: Construct, id: string, metadata: ApiObjectMetadata, spec: Record<string, unknown>): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec });
}
