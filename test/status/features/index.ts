import { Family } from '../feature';
import { BACKUP } from './backup';
import { DELIVERY } from './delivery';
import { GROUP, ROUTER } from './group';
import { MONITORING } from './monitoring';
import { MYSQL, SOURCE_REPLICA } from './mysql';
import { VOLUMES } from './volumes';
import { WEB } from './web';

/** All features, in the order of docs/status.md. */
export const FAMILIES: Family[] = [WEB, VOLUMES, MYSQL, SOURCE_REPLICA, GROUP, ROUTER, BACKUP, MONITORING, DELIVERY];
