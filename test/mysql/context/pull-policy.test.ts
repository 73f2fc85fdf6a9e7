import { ImagePullPolicy } from 'cdk8s-plus-27';
import { MySqlClusterProps, MySqlVersion } from '../../../lib';
import { objectsOfKind, podOf } from '../../util';
import { renderMySql } from '../cluster';

/** The pull policies of the containers of members. */
function policies(props: Partial<MySqlClusterProps>): (string | undefined)[] {
  const pods = objectsOfKind(renderMySql({ version: MySqlVersion.V9_7, ...props }), 'StatefulSet').map(podOf);
  return [...new Set(pods.flatMap(({ containers }) => containers.map(({ imagePullPolicy }) => imagePullPolicy)))];
}

test.each<[what: string, props: Partial<MySqlClusterProps>, rendered: string | undefined]>([
  ['is left out where Kubernetes does the same by itself', {}, undefined],
  ['is left out for a digest', { image: `mysql@sha256:${'0'.repeat(64)}` }, undefined],
  ['is rendered for the tag latest, which Kubernetes pulls always', { image: 'mysql:latest' }, 'IfNotPresent'],
  ['is rendered when another one is chosen', { imagePullPolicy: ImagePullPolicy.ALWAYS }, 'Always'],
  ['is left out when it is chosen and Kubernetes does the same',
    { image: 'mysql:latest', imagePullPolicy: ImagePullPolicy.ALWAYS }, undefined],
])('the pull policy %s', (_, props, rendered) => {
  expect(policies(props)).toEqual([rendered]);
});
