/** Where servers listen. */
export const MYSQL_PORT = 3306;
export const MYSQL_PORT_NAME = 'mysql';

/** Where a member that has no data yet says so (scripts/shared/lib.sh). */
export const RECIPIENT_PORT = 3307;

/** Where MySQL Router listens. */
export const ROUTER_PORTS = { 'read-write': 6446, 'read-only': 6447, 'rw-split': 6450 };

/**
 * A policy cannot name the API server, which is no pod. These are the ports at which distributions have it, unless somebody chose another
 * one: 16443 is MicroK8s, 6444 k3s behind its own balancer. `allowTo` of the cluster adds others.
 */
export const API_SERVER_PORTS = [443, 6443, 6444, 8443, 16443];
