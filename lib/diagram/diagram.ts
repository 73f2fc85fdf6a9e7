import { statSync } from 'fs';
import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { fail } from '../core/errors';
import { manifestFiles, manifestsOf } from '../manifests/files';
import { Manifest } from '../manifests/manifest';
import { pictureOf } from './picture';
import { reject } from './rejection';

/**
 * A picture of Kubernetes objects, which forges such as GitHub and GitLab show: a Mermaid flowchart.
 *
 * Solid arrows lead from Ingresses and HTTPRoutes to Services, to workloads, to what these mount, read and act as, and to volumes. Dashed
 * arrows say the traffic that NetworkPolicies name, with its ports. Name resolution is left out, as is every object that nothing leads to.
 */
export class Diagram {
  /**
   * A picture of what the charts below constructs render.
   *
   * @param scopes charts, or an app or a construct with charts below it
   */
  public static of(...scopes: IConstruct[]): Diagram {
    return new Diagram(scopes.flatMap((scope) => {
      const charts = scope.node.findAll().filter((construct) => Chart.isChart(construct));
      return charts.length > 0 ? charts.flatMap((chart) => chart.toJson() as Manifest[]) : fail(scope, {
        property: 'scopes', rule: 'be charts or have charts below them', value: scope.node.path, fix: 'name the chart or the app',
      });
    }));
  }

  /**
   * A picture of what files hold. Reads the same files of folders as `ManifestDiff.compare`.
   *
   * @param paths files and folders
   * @throws when one of them cannot be read, or holds anything but Kubernetes objects
   */
  public static fromManifests(...paths: string[]): Diagram {
    return new Diagram(paths.flatMap((path) => {
      const status = statSync(path, { throwIfNoEntry: false });
      if (status === undefined) {
        return reject('paths', 'be files or folders', path, 'name a folder of manifests, such as cdk8s synth writes, or one of its files');
      }
      return (status.isDirectory() ? manifestFiles(path) : [path]).flatMap((file) => manifestsOf(file, reject));
    }));
  }

  private constructor(private readonly _manifests: Manifest[]) {}

  /** The text of a Mermaid flowchart, for a code block of the language `mermaid`. The same objects have the same text, in any order. */
  public toMermaid(): string {
    return pictureOf(this._manifests);
  }
}
