import { Duration } from 'cdk8s';
import { TaintEffect } from 'cdk8s-plus-27';
import { NodeRequirement, Spreading, StatefulWebProps, Toleration, UnsatisfiableSpread } from '../../lib';
import { renderWeb } from '../util';

const SELECTOR = { matchLabels: { 'app.kubernetes.io/name': 'web' } };
const ZONES = [{ labelSelector: SELECTOR, maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' }];
const HOST_TERM = { labelSelector: SELECTOR, topologyKey: 'kubernetes.io/hostname' };

describe('spreading of two pods', () => {
  test.each<[string, Spreading, object | undefined, object[] | undefined]>([
    ['is a wish', Spreading.preferred(),
      { preferredDuringSchedulingIgnoredDuringExecution: [{ podAffinityTerm: HOST_TERM, weight: 100 }] }, ZONES],
    ['over nodes can be a condition', Spreading.required(), { requiredDuringSchedulingIgnoredDuringExecution: [HOST_TERM] }, ZONES],
    ['can be left out', Spreading.none(), undefined, undefined],
    ['by no topology is none', Spreading.byTopology([]), undefined, undefined],
    ['can have topologies of its own', Spreading.byTopology([
      { topologyKey: 'rack' },
      { topologyKey: 'zone', maxSkew: 2, whenUnsatisfiable: UnsatisfiableSpread.DO_NOT_SCHEDULE, minDomains: 3 },
    ]), undefined, [
      { labelSelector: SELECTOR, maxSkew: 1, topologyKey: 'rack', whenUnsatisfiable: 'ScheduleAnyway' },
      { labelSelector: SELECTOR, maxSkew: 2, minDomains: 3, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' },
    ]],
  ])('%s', (_, spreading, podAntiAffinity, topologySpreadConstraints) => {
    const { pod } = renderWeb({ replicas: 2, spreading });
    expect([pod.affinity?.podAntiAffinity, pod.topologySpreadConstraints]).toEqual([podAntiAffinity, topologySpreadConstraints]);
  });

  test('does not change with the array that it was given', () => {
    const constraints = [{ topologyKey: 'rack' }];
    const spreading = Spreading.byTopology(constraints);
    constraints.push({ topologyKey: 'zone' });
    expect(renderWeb({ replicas: 2, spreading }).pod.topologySpreadConstraints).toHaveLength(1);
  });

  test('needs a second pod', () => {
    const { pod } = renderWeb({ replicas: 1, spreading: Spreading.required() });
    expect([pod.affinity, pod.topologySpreadConstraints]).toEqual([undefined, undefined]);
  });
});

describe('nodes', () => {
  test('can be asked to have labels', () => {
    expect(renderWeb({ nodeSelector: { disk: 'ssd' } }).pod.nodeSelector).toEqual({ disk: 'ssd' });
  });

  test.each<[string, NodeRequirement, object]>([
    ['one of some values', NodeRequirement.isIn('a', ['b', 'c']), { key: 'a', operator: 'In', values: ['b', 'c'] }],
    ['none of some values', NodeRequirement.isNotIn('a', ['b']), { key: 'a', operator: 'NotIn', values: ['b'] }],
    ['any value', NodeRequirement.exists('a'), { key: 'a', operator: 'Exists' }],
    ['no value', NodeRequirement.doesNotExist('a'), { key: 'a', operator: 'DoesNotExist' }],
    ['a number above', NodeRequirement.greaterThan('a', 0), { key: 'a', operator: 'Gt', values: ['0'] }],
    ['a number below', NodeRequirement.lessThan('a', 5), { key: 'a', operator: 'Lt', values: ['5'] }],
  ])('can be asked for %s of a label, and be wished for', (_, requirement, expression) => {
    const { pod } = renderWeb({
      requiredNodes: [requirement, NodeRequirement.exists('z')], preferredNodes: [requirement, NodeRequirement.exists('z')],
    });
    expect(pod.affinity).toEqual({
      nodeAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { preference: { matchExpressions: [expression] }, weight: 100 },
          { preference: { matchExpressions: [{ key: 'z', operator: 'Exists' }] }, weight: 100 },
        ],
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [expression, { key: 'z', operator: 'Exists' }] }],
        },
      },
    });
  });

  test('that nothing is asked of are not mentioned', () => {
    const props = { nodeSelector: {}, requiredNodes: [], preferredNodes: [], tolerations: [], imagePullSecrets: [], podAnnotations: {} };
    expect(renderWeb(props)).toEqual(renderWeb());
  });

  test.each<[string, Toleration, object]>([
    ['of a value', Toleration.equal('a', 'b'), { key: 'a', value: 'b' }],
    ['of any value', Toleration.exists('a', { effect: TaintEffect.NO_SCHEDULE }), { key: 'a', operator: 'Exists', effect: 'NoSchedule' }],
    ['of any kind, for a minute',
      Toleration.everything({ effect: TaintEffect.NO_EXECUTE, tolerationPeriod: Duration.minutes(1) }),
      { operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 }],
  ])('may have taints %s', (_, toleration, rendered) => {
    expect(renderWeb({ tolerations: [toleration] }).pod.tolerations).toEqual([rendered]);
  });
});

test('pods have the priority of their class', () => {
  expect(renderWeb({ priorityClassName: 'important' }).pod.priorityClassName).toBe('important');
});

describe('a service account', () => {
  test('is named without its token', () => {
    expect(renderWeb({ serviceAccountName: 'shop' }).pod)
      .toMatchObject({ serviceAccountName: 'shop', automountServiceAccountToken: false });
  });

  test('is named with its token when asked to', () => {
    expect(renderWeb({ serviceAccountName: 'shop', automountServiceAccountToken: true }).pod)
      .toMatchObject({ serviceAccountName: 'shop', automountServiceAccountToken: true });
  });
});

test('images are pulled with the Secrets given', () => {
  expect(renderWeb({ imagePullSecrets: ['b', 'a'] }).pod.imagePullSecrets).toEqual([{ name: 'b' }, { name: 'a' }]);
});

test('annotations are on the pods only', () => {
  const { statefulSet } = renderWeb({ podAnnotations: { 'example.com/a': 'x: "y"' } });
  expect(statefulSet.spec?.template.metadata?.annotations).toEqual({ 'example.com/a': 'x: "y"' });
  expect(statefulSet.metadata?.annotations).toBeUndefined();
});

const LABELS = 'be labels as Kubernetes allows them';
const LABELS_CURE =
  'use at most 63 letters, digits, "-", "_" and ".", a letter or digit at both ends; a key may have a DNS name and "/" in front';
const NAME = 'be a DNS name of at most 253 characters';
const NAME_CURE = 'use lower-case letters, digits, hyphens and dots, with a letter or digit at both ends of each part';
const WHOLE = 'must be a whole number from';

test.each<[what: string, props: Partial<StatefulWebProps>, message: string]>([
  ['a node label with a blank', { nodeSelector: { disk: 'my ssd' } }, `'nodeSelector' must ${LABELS}, got {"disk":"my ssd"}: ${LABELS_CURE}`],
  ['a required label that is empty', { requiredNodes: [NodeRequirement.exists('')] },
    `'requiredNodes[0]' must ${LABELS}, got {"":""}: ${LABELS_CURE}`],
  ['a value that is no label', { preferredNodes: [NodeRequirement.exists('a'), NodeRequirement.isNotIn('a', ['b', 'c d'])] },
    `'preferredNodes[1]' must ${LABELS}, got {"a":"c d"}: ${LABELS_CURE}`],
  ['no value', { requiredNodes: [NodeRequirement.isIn('a', [])] },
    `'requiredNodes[0]' must name at least one value, got []: to ask only for the label say NodeRequirement.exists("a")`],
  ['half a number', { requiredNodes: [NodeRequirement.lessThan('a', 0.5)] },
    `'requiredNodes[0]' ${WHOLE} 0 to ${Number.MAX_SAFE_INTEGER}, got 0.5: compare the label with a whole number; a label has no sign`],
  ['a negative number', { preferredNodes: [NodeRequirement.greaterThan('a', -1)] },
    `'preferredNodes[0]' ${WHOLE} 0 to ${Number.MAX_SAFE_INTEGER}, got -1: compare the label with a whole number; a label has no sign`],
  ['a taint with a blank', { tolerations: [Toleration.equal('a', 'b c')] },
    `'tolerations[0]' must ${LABELS}, got {"a":"b c"}: ${LABELS_CURE}`],
  ['an unknown effect', { tolerations: [Toleration.exists('a', { effect: 'Never' as TaintEffect })] },
    `'tolerations[0].effect' must be one of NoSchedule, PreferNoSchedule, NoExecute, got "Never": use TaintEffect`],
  ['a period of an effect that has none', { tolerations: [Toleration.exists('a', { tolerationPeriod: Duration.seconds(1) })] },
    `'tolerations[0].effect' must be NoExecute where a tolerationPeriod is named, got nothing: ` +
    'name that effect, or leave the period out; the other effects send no pod away'],
  ['half a second of tolerance',
    { tolerations: [Toleration.exists('a', { effect: TaintEffect.NO_EXECUTE, tolerationPeriod: Duration.millis(500) })] },
    `'tolerations[0].tolerationPeriod' ${WHOLE} 0 to 2147483647, got 0.5: leave it out for as long as the pod lives`],
  ['a topology without a label', { spreading: Spreading.byTopology([{ topologyKey: '' }]) },
    `'spreading[0].topologyKey' must ${LABELS}, got {"":""}: ${LABELS_CURE}`],
  ['no skew', { spreading: Spreading.byTopology([{ topologyKey: 'a', maxSkew: 0 }]) },
    `'spreading[0].maxSkew' ${WHOLE} 1 to 2147483647, got 0: leave it out for 1`],
  ['no domain', {
    spreading: Spreading.byTopology([{ topologyKey: 'a', minDomains: 0, whenUnsatisfiable: UnsatisfiableSpread.DO_NOT_SCHEDULE }]),
  }, `'spreading[0].minDomains' ${WHOLE} 1 to 2147483647, got 0: leave it out for those that exist`],
  ['a number of domains that is only a wish', { spreading: Spreading.byTopology([{ topologyKey: 'a', minDomains: 2 }]) },
    `'spreading[0].whenUnsatisfiable' must be DoNotSchedule where minDomains is named, got nothing: name it, or leave minDomains out`],
  ['a topology twice', { spreading: Spreading.byTopology([
    { topologyKey: 'a' }, { topologyKey: 'a', whenUnsatisfiable: UnsatisfiableSpread.DO_NOT_SCHEDULE }, { topologyKey: 'a', maxSkew: 2 },
  ]) }, `'spreading[2]' must be a pair of topologyKey and whenUnsatisfiable of its own, got "a ScheduleAnyway": ` +
  `'spreading[0]' has it already`],
  ['an unknown answer to an unfit node',
    { spreading: Spreading.byTopology([{ topologyKey: 'a', whenUnsatisfiable: 'Wait' as UnsatisfiableSpread }]) },
    `'spreading[0].whenUnsatisfiable' must be one of DoNotSchedule, ScheduleAnyway, got "Wait": use UnsatisfiableSpread`],
  ['a priority class in capitals', { priorityClassName: 'High' }, `'priorityClassName' must ${NAME}, got "High": ${NAME_CURE}`],
  ['a service account in capitals', { serviceAccountName: 'Shop' }, `'serviceAccountName' must ${NAME}, got "Shop": ${NAME_CURE}`],
  ['a token of nobody', { automountServiceAccountToken: true },
    `'serviceAccountName' must be named where automountServiceAccountToken is true, got nothing: ` +
    `name an account with the rights that the pods need; those of the account "default" are every pod's`],
  ['a Secret in capitals', { imagePullSecrets: ['a', 'B'] }, `'imagePullSecrets[1]' must ${NAME}, got "B": ${NAME_CURE}`],
  ['a Secret twice', { imagePullSecrets: ['a', 'a'] },
    `'imagePullSecrets[1]' must be a Secret of its own, got "a": 'imagePullSecrets[0]' has it already`],
  ['an annotation with a blank in its key', { podAnnotations: { 'a b': 'c' } },
    `'podAnnotations' must be annotations as Kubernetes allows them, got {"a b":"c"}: ` +
    'a key has at most 63 letters, digits, "-", "_" and ".", and may have a DNS name and "/" in front; a value is a text'],
])('fails with %s', (_, props, message) => {
  expect(() => renderWeb(props)).toThrow(new Error(`[test/web] ${message}`));
});
