import { Family, proof } from '../feature';

/** From a program to a cluster. */
export const DELIVERY: Family = {
  id: 'delivery',
  title: 'Delivery',
  features: [
    {
      name: 'one line of `kubectl` starts each system, and deleting its workloads deletes no data',
      unit: ['folders', 'apps'],
      endToEnd: [proof('e2e/folders', '${folder} starts by the README\'s line, and its data outlives kubectl delete -f')],
    },
    {
      name: 'the tutorial',
      unit: ['docs'],
      endToEnd: [proof('e2e/tutorial', 'the database gets a web in front')],
      notTested: 'kind and minikube',
    },
    {
      name: 'folders applied by kubectl in the orders of Argo CD and Flux',
      unit: ['folders'],
      endToEnd: [proof('e2e/orders', 'each folder of dist and its base, as one, become ready in the order of')],
      notTested: 'Argo CD and Flux themselves',
    },
    {
      name: 'the API server accepts `dist/` with strict validation',
      unit: ['schemas', 'manifests'],
      endToEnd: [proof('e2e/dist', '%s passes the strict validation of the API server')],
      tried: [{
        tool: 'kube-score, checkov, kubectl-validate (`npm run scan`)',
        page: 'CONTRIBUTING.md',
        says: 'kube-score, checkov and kubectl-validate',
      }],
      notTested: 'other versions of Kubernetes than 1.34',
    },
    {
      name: 'cdk8s-stateful-diff names what Kubernetes refuses',
      unit: ['diff/manifest-diff', 'diff/rules', 'diff/main', 'diff/rules/removed', 'diff/rules/server-configuration'],
      endToEnd: [proof('e2e/diff', 'ManifestDiff says refused exactly when the API server refuses, and the commands that it names help')],
    },
    { name: 'cdk8s-stateful-diagram', unit: ['diagram/diagram', 'diagram/main', 'diagrams'] },
  ],
};
