import { readFileSync } from 'fs';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { configMapContent } from '../../core/config-map-content';
import { commonLabels, Labels } from '../../core/labels';
import { requireDnsName, requireLabels, requireQualifiedName, requireText } from '../../core/validation';
import { renderConfigMap } from '../../pod/render/config-map';
import { DashboardOptions } from '../dashboard-options';

const LABELS: Labels = { grafana_dashboard: '1' };
const FOLDER_ANNOTATION = 'grafana_folder';

/** What is read of a dashboard and changed in it. */
export interface DashboardModel {
  uid: string;
  title: string;
  panels: { readonly type: string; readonly title?: string }[];
  readonly templating: { readonly list: DashboardVariable[] };
}

interface DashboardVariable {
  readonly name: string;
  readonly type: string;
  query?: unknown;
  current?: { text: string; value: string };
}

export interface DashboardConfig {
  /** The name of the ConfigMap. */
  readonly name: string;
  /** The file in the folder of Grafana: one of its own among all dashboards. */
  readonly file: string;
  readonly model: DashboardModel;
  readonly options: DashboardOptions;
}

/** A dashboard that was generated (scripts/dashboards). Each caller gets a copy of its own. */
export function readDashboard(path: string): DashboardModel {
  return JSON.parse(readFileSync(path, 'utf8')) as DashboardModel;
}

/** Gives a variable the value that it has when the dashboard is opened. */
export function setVariable({ templating }: DashboardModel, name: string, value: string): void {
  const variable = templating.list.find((one) => one.name === name)!;
  if (variable.type === 'constant') {
    variable.query = value;
  } else {
    variable.current = { text: value, value };
  }
}

/** The ConfigMap of a dashboard, in which no tool replaces what looks like variables. */
export function renderDashboard(scope: Construct, id: string, { name, file, model, options }: DashboardConfig): ApiObject {
  const { labels = LABELS, folder, folderAnnotation = FOLDER_ANNOTATION } = options;
  requireDnsName({ scope, property: 'name' }, name);
  requireLabels({ scope, property: 'labels' }, labels);
  requireQualifiedName({ scope, property: 'folderAnnotation' }, folderAnnotation, 'write the one that the sidecar was given');
  if (folder !== undefined) {
    requireText({ scope, property: 'folder' }, folder, 'leave it out for the folder of Grafana');
  }
  return renderConfigMap(scope, id, {
    name,
    property: 'name',
    fix: 'give each its own name',
    labels: commonLabels(scope, { name, component: 'dashboard', extra: labels }),
    annotations: folder === undefined ? {} : { [folderAnnotation]: folder },
    content: configMapContent({ [file]: textOf(model) }),
    hasSubstitution: false,
  });
}

/** As JSON, in which `{{` of the names of series is written so that Helm does not take it for one of its own. */
function textOf(model: DashboardModel): string {
  return `${JSON.stringify(model, null, 2).replaceAll('{{', '{\\u007b')}\n`;
}
