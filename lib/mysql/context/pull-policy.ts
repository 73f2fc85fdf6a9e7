import { ClusterContext } from './cluster-context';

/** When nodes pull an image; undefined where Kubernetes does the same by itself, as with every tag but `latest`. */
export function pullPolicy({ imagePullPolicy }: ClusterContext, image: string): string | undefined {
  const byItself = image.endsWith(':latest') ? 'Always' : 'IfNotPresent';
  return imagePullPolicy === byItself ? undefined : imagePullPolicy;
}
