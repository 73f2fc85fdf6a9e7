import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Labels } from '../../core/labels';

/** A name, labels and annotations. */
export interface JobMetadata {
  readonly name: string;
  readonly labels: Labels;
  readonly annotations?: Labels;
}

/** The one Job of this library. */
export function renderJob(scope: Construct, metadata: JobMetadata, spec: Record<string, unknown>): ApiObject {
  return new ApiObject(scope, 'Resource', { apiVersion: 'batch/v1', kind: 'Job', metadata, spec });
}

/** The one CronJob of this library. */
export function renderCronJob(scope: Construct, metadata: JobMetadata, spec: Record<string, unknown>): ApiObject {
  return new ApiObject(scope, 'Resource', { apiVersion: 'batch/v1', kind: 'CronJob', metadata, spec });
}
