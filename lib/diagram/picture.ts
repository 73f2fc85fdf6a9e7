import { Manifest } from '../manifests/manifest';
import { Graph } from './graph/graph';
import { mermaidOf } from './graph/mermaid';
import { Objects } from './graph/objects';
import { drawAccounts } from './parts/accounts';
import { drawClaims } from './parts/claims';
import { drawConfiguration } from './parts/configuration';
import { Policies } from './parts/policies';
import { drawRoutes } from './parts/routes';
import { drawServices } from './parts/services';
import { drawVolumes } from './parts/volumes';
import { drawWorkloads } from './parts/workloads';

/** The objects as a Mermaid flowchart: from the routes on the left to the volumes on the right. */
export function pictureOf(manifests: Manifest[]): string {
  const objects = new Objects(manifests);
  const graph = new Graph();
  const workloads = drawWorkloads(objects, graph);
  const policies = new Policies(objects, graph, workloads);
  workloads.forEach((workload) => graph.addLines(workload.id, policies.linesOf(workload)));
  drawRoutes(objects, graph, drawServices(objects, graph, workloads));
  drawVolumes(objects, graph, drawClaims(objects, graph, workloads));
  drawConfiguration(objects, graph, workloads);
  drawAccounts(objects, graph, workloads);
  policies.draw();
  return mermaidOf(graph);
}
