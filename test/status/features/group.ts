import { Family, proof } from '../feature';

const HAND_BUILT_SHELL = {
  tool: 'MySQL Shell 9.6.0 and MySQL Router 9.7.4, manually',
  page: 'docs/mysql-router.md',
  says: 'with a real MySQL Shell (the code of 9.6.0, built for servers of 9.7.4) and Router 9.7.4',
};

export const GROUP: Family = {
  id: 'group',
  title: 'A group',
  features: [
    {
      name: 'start from nothing, always one group',
      unit: ['mysql/scripts/group/start', 'mysql/scripts/group/bootstrap-group', 'mysql/scripts/group/decide'],
      endToEnd: [
        proof('e2e/mysql/group', 'three members start from nothing and form one group'),
        proof('e2e-full/group/cold-start', 'start ${time}: three members without data form exactly one group'),
        proof('e2e-full/group/starts', 'start with a fault, ${round}: the forming primary ${fault} when ${moment}'),
      ],
    },
    {
      name: 'failover and hand-over, with bars for the pause of writes',
      unit: ['mysql/scripts/group/labels', 'mysql/scripts/group/hand-over', 'mysql/scripts/group/act'],
      endToEnd: [
        proof('e2e/mysql/group', 'kill -9 of the primary, the ${time} time: another one takes over'),
        proof('e2e-full/group/failover', 'writes pause for no longer than is promised'),
        proof('e2e-full/group/leaving', '%s'),
        proof('e2e-full/group/joining', 'a member joins when %s dies, %i ms later'),
      ],
    },
    {
      name: 'no stale read, no lost acknowledged transaction, under faults that are chosen or random',
      unit: ['registers/checker', 'mysql/scripts/group/guard', 'mysql/scripts/group/guard-silent'],
      endToEnd: [
        proof('e2e/mysql/truth', 'no read was stale in any event, and nothing that was acknowledged is lost'),
        proof('e2e-full/group/truth', 'no read was stale in any event, and nothing that was acknowledged is lost'),
        proof('e2e-full/group/random-faults', 'random faults for ${MINUTES} minutes, with RANDOM_FAULTS_SEED=${SEED}'),
      ],
    },
    {
      name: 'Events of role changes and refusals',
      unit: ['mysql/scripts/group/events', 'mysql/topology/agent-access'],
      endToEnd: [proof('e2e/mysql/status', 'Kubernetes has Events of what the members became')],
    },
    {
      name: 'a stand-in acts while the agent of a member is away',
      unit: ['mysql/scripts/stand-in', 'mysql/scripts/group/decide'],
      endToEnd: [
        proof('e2e-full/group/agents-away', 'a member without its agent that is elected hands over to one that has one'),
        proof('e2e-full/group/agents-away', 'a primary without its agent hands over when its pod is deleted'),
      ],
    },
    {
      name: 'network partitions',
      unit: ['mysql/scripts/group/leave', 'mysql/scripts/group/view'],
      endToEnd: [
        proof('e2e-full/group/partition', '${minority} is cut off: writes stop there and go on with the majority; it joins again'),
      ],
    },
    {
      name: 'all members killed at once',
      unit: ['mysql/scripts/group/recover', 'mysql/scripts/group/observe'],
      endToEnd: [
        proof('e2e/mysql/group', 'when all servers are killed at once they form the group again'),
        proof('e2e-full/group/outage', 'when the last primary lost its claim in an outage, the others wait for a person, and say so'),
      ],
    },
    {
      name: 'the death of a node, an API server that is away',
      unit: ['mysql/scripts/stand-in', 'mysql/scripts/set-label'],
      endToEnd: [
        proof('e2e-full/group/node-death', 'when it dies, another member takes over'),
        proof('e2e-full/group/api-away', 'is away for two minutes in which the primary dies: the group elects another, labels follow'),
      ],
    },
    {
      name: 'errant transactions, members that return with another history, new copies',
      unit: ['mysql/scripts/group/history', 'mysql/scripts/group/join', 'mysql/scripts/group/provision'],
      endToEnd: [
        proof('e2e-full/group/members', 'a member with transactions of its own stays out and names them, until it gets a new copy'),
        proof('e2e-full/group/histories', 'the others return, and do not join: the group gave the numbers of their transactions again'),
      ],
    },
    {
      name: 'three members become five, and five become three',
      unit: ['mysql/topology/inno-db-cluster', 'mysql/members/member-budget'],
      endToEnd: [
        proof('e2e-full/group/members', 'three members become five'),
        proof('e2e-full/group/operations', 'three become five and three again by the documented steps'),
        proof('e2e-full/group/resize', 'it hands over when the group becomes one of three'),
      ],
      notTested: 'seven and nine members',
    },
    {
      name: 'a transaction that is too large for the memory of the servers is refused, and ends none',
      unit: ['mysql/topology/inno-db-cluster.options'],
      endToEnd: [
        proof('e2e-full/group/large-transactions', 'the largest transactions that are allowed end no server'),
        proof('e2e-full/group/large-transactions', 'a larger one is refused, and its size is said'),
      ],
    },
    {
      name: 'operations: switchover, recovery, status',
      unit: ['mysql/scripts/group/operate'],
      endToEnd: [
        proof('e2e-full/group/operations', 'the documented switchover to a member hands over to that one'),
        proof('e2e-full/group/operations', 'an outage in which the last primary lost its data ends by the documented steps'),
      ],
    },
  ],
};

export const ROUTER: Family = {
  id: 'router',
  title: 'MySQL Router',
  features: [
    {
      name: 'adoption of the group by MySQL Shell',
      unit: ['mysql/scripts/adopt', 'mysql/scripts/adopted-group'],
      tried: [HAND_BUILT_SHELL],
      notTested: 'upgrades of the metadata, other versions of Shell',
    },
    {
      name: 'Routers follow the primary',
      unit: ['mysql/scripts/router', 'mysql/router/mysql-router'],
      tried: [HAND_BUILT_SHELL],
      notTested: 'the pause of writes in a partition',
    },
    {
      name: 'Routers wait for the metadata, and say so',
      unit: ['mysql/scripts/router'],
      endToEnd: [proof('e2e/orders', 'each folder of dist and its base, as one, become ready in the order of')],
    },
    {
      name: 'the account `router`, changed passwords',
      unit: ['mysql/scripts/router-account'],
      tried: [{
        tool: 'MySQL Router 9.7.4, outside of Kubernetes',
        page: 'docs/mysql-router.md',
        says: 'a changed certificate and password under writes',
      }],
    },
  ],
};
