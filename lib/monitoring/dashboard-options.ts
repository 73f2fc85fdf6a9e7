/** How Grafana finds dashboards. */
export interface DashboardOptions {
  /**
   * Labels of the ConfigMaps, by which the sidecar of Grafana finds them.
   *
   * @default - `grafana_dashboard: "1"`, as the Helm charts of Grafana and kube-prometheus-stack look for it
   */
  readonly labels?: { [key: string]: string };

  /**
   * The folder of the dashboards in Grafana, as an annotation of the ConfigMaps. The sidecar must be told the name of the annotation, and
   * Grafana that folders are taken from files.
   *
   * @default - the folder for which Grafana is configured
   */
  readonly folder?: string;

  /**
   * The annotation in which the sidecar looks for the folder.
   *
   * @default grafana_folder
   */
  readonly folderAnnotation?: string;
}
