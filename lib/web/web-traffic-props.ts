import { WebPort } from './web-port';

/** How requests reach a `StatefulWeb`. */
export interface WebTrafficProps {
  /**
   * The ports on which the container listens. The first is the one that probes without a port mean.
   *
   * @default - port 80, named `web`
   */
  readonly ports?: WebPort[];
}
