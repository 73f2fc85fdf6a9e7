import { WebIdentityProps } from './web-identity-props';
import { WebPodProps } from './web-pod-props';
import { WebStorageProps } from './web-storage-props';
import { WebTrafficProps } from './web-traffic-props';

/** Properties of a `StatefulWeb`. */
export interface StatefulWebProps extends WebIdentityProps, WebPodProps, WebStorageProps, WebTrafficProps {}
