/** The port of the servers. */
export const MYSQL_PORT = 3306;
export const MYSQL_PORT_NAME = 'mysql';

/** The port at which a member without data reports that (scripts/shared/lib.sh). */
export const RECIPIENT_PORT = 3307;

/** The ports of MySQL Router. */
export const ROUTER_PORTS = { 'read-write': 6446, 'read-only': 6447, 'rw-split': 6450 };

/** The ports of the metrics: of the exporter, and of what the members say of the cluster. */
export const METRICS_PORTS = { exporter: 9104, facts: 9105 };

/**
 * A policy cannot name the API server, which is no pod. These are the ports at which distributions have it, unless another one was
 * configured: 16443 is MicroK8s, 6444 k3s behind its own balancer. `allowTo` of the cluster adds others.
 */
export const API_SERVER_PORTS = [443, 6443, 6444, 8443, 16443];
