import { Construct } from 'constructs';
import { renderCronJob } from '../../pod/render/jobs';
import { programsIn, variablesFor } from '../constants/program-files';
import { ClusterContext } from '../context/cluster-context';
import { MOUNTS } from '../context/mounts';
import { renderOperation } from './operation';
import { operationAccount } from './operation-accounts';

const SCHEDULE = '0 0 31 2 *'; // never, and suspended besides: a template for Jobs that an operator creates
const TIMEOUT_SECONDS = 7200;
/** A key that is missing would hang the pod; so the scripts say it. */
const SAID = { optional: true };

/** Renders the tasks of an operator: suspended CronJobs, `kubectl create job --from=cronjob/<name>`. */
export function renderOperations(cluster: Construct, context: ClusterContext): void {
  const { topology, names, accountsSecret, tlsSecret } = context;
  const { name: serviceAccount } = operationAccount(cluster, context);
  for (const { suffix, command } of topology.operations) {
    const { name, labels, scope, podTemplate } = renderOperation(cluster, context, {
      suffix,
      command,
      environment: variablesFor(topology.scripts, programsIn(command), { ...names.environment, ...topology.environment }),
      account: serviceAccount,
      fieldEnvironment: { POD_NAME: 'metadata.name' },
      volumes: [
        {
          name: 'accounts',
          secret: {
            secretName: accountsSecret, defaultMode: 0o440,
            items: topology.operationAccounts.map((account) => `${account}-password`).map((key) => ({ key, path: key })),
            ...SAID,
          },
        },
        { name: 'topology', configMap: { name: names.configMaps.topology } },
        ...tlsSecret === undefined ? [] : [
          { name: 'tls', secret: { secretName: tlsSecret, defaultMode: 0o440, items: [{ key: 'ca.crt', path: 'ca.crt' }], ...SAID } },
        ],
      ],
      volumeMounts: [
        MOUNTS.accounts,
        MOUNTS.topology,
        ...tlsSecret === undefined ? [] : [MOUNTS.tls],
      ],
    });
    renderCronJob(scope, { name, labels }, {
      jobTemplate: { spec: { activeDeadlineSeconds: TIMEOUT_SECONDS, backoffLimit: 0, template: podTemplate } },
      schedule: SCHEDULE,
      startingDeadlineSeconds: 300,
      suspend: true,
    });
  }
}
