import { Duration } from 'cdk8s';
import { Probe } from '../../pod/probe';
import { script } from '../constants/paths';

/*
 * Startup and liveness only ask whether the script still looks at the group (alive.sh): a restart fixes nothing while the group is away.
 * Readiness believes what it saw. An election of a primary takes up to 15 s, during which Routers stay in their Service.
 */
export const STARTUP = probe([script('alive.sh')], 2, 30);
export const READINESS = probe([script('probe.sh'), 'readiness'], 5, 4);
export const LIVENESS = probe([script('alive.sh')], 30, 3);

function probe(command: string[], period: number, failureThreshold: number): Probe {
  return Probe.exec(command, { period: Duration.seconds(period), timeout: Duration.seconds(5), failureThreshold });
}
