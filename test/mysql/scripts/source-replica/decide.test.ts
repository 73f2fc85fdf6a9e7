import { describeScript } from '../../../support/bash';
import { hostOf, member, OTHER, REPLICA, SOURCE } from '../members';

/** What observe.sh leaves, as shell, and what follows from it. */
type Row = [situation: string, observed: string, decided: string];

/** A look at a server that answers: nothing is known of promotions, the list is whole. */
const LOOK = `members=(${SOURCE} ${REPLICA} ${OTHER}); known_epoch=0 own_epoch=0 promotion_age=999999 now=1000 answer_problem='' frozen='' offline=0; `
  + 'applier_error=0 receiver_error=0 promoting=0 own_executed=a:1-5 own_committed=- own_transactions=- drained=1 followers=0; ';
const AS_SOURCE = `${LOOK}peers=(${REPLICA} ${OTHER}); known_source=${SOURCE} label=source followed=- super_read_only=0 read_only_now=0; `;
const CLOSED = `${AS_SOURCE}super_read_only=1 read_only_now=1 offline=1 asked=1 answers=2 closed_since=1000; `;
const UNSEEN = `${AS_SOURCE}unproven_since=1000 offline=1 asked=1 answers=2; `;
const AS_REPLICA = `${LOOK}peers=(${SOURCE} ${OTHER}); known_source=${SOURCE} source_host=${hostOf(SOURCE)} followed=${hostOf(SOURCE)} label=replica `
  + 'super_read_only=1 read_only_now=1 receiver=ON applier=ON heard=1 lag=0; ';
const FOLLOWING = `${AS_REPLICA}must_follow=1 compared=yes offline=1; `;
const REFUSED = `${AS_REPLICA}source_refuses=1 receiver=OFF receiver_error=13114 compared=yes; `;

const UNANSWERED: Row[] = [
  ['nothing listens', 'answer_problem="the server does not answer"', 'NO_ANSWER wait'],
  ['it does not answer in time', 'answer_problem=x frozen=1', 'NO_ANSWER queue_fence'],
  ['it does not answer in time, and the fence waits for it', 'answer_problem=x frozen=1 fence_client=7', 'NO_ANSWER wait_briefly'],
  ['it does not answer in time, and refused clients before', 'answer_problem=x frozen=1 offline=1', 'NO_ANSWER wait_briefly'],
  ['it does not answer in time, was open, and was replaced', `answer_problem=x frozen=1 known_epoch=1 known_source=${OTHER}`, 'NO_ANSWER kill_server'],
  ['it does not answer, was open, was replaced, and nothing listens', `answer_problem=x known_epoch=1 known_source=${OTHER}`, 'NO_ANSWER wait'],
  ['it does not answer in time, was closed, and another one is the source', `answer_problem=x frozen=1 known_source=${OTHER} super_read_only=1`, 'NO_ANSWER queue_fence'],
  ['it does not answer in time, and this agent never saw it', `answer_problem=x frozen=1 known_source=${OTHER}; unset super_read_only offline`, 'NO_ANSWER queue_fence'],
];

const OPEN: Row[] = [
  ['it is open', '', 'SOURCE serve'],
  ['it is open, and refuses clients', 'offline=1', 'SOURCE serve'],
  ['its list of members is wrong by now: that closes nothing', 'list_problem=empty', 'SOURCE serve'],
  ['its label is that of a replica', 'label=replica', 'MISLABELLED fence'],
  ['its label is that of a replica, and it refuses clients', 'label=replica offline=1', 'MISLABELLED wait'],
  ['it has no label', 'label=\'\'', 'MISLABELLED fence'],
  ['there never was a list', 'members=() list_problem=empty', 'NOT_LISTED wait'],
  ['it was not seen for a while: before anybody is asked', 'unproven_since=1000', 'FENCED_AFTER_SILENCE fence'],
];

const AFTER_SILENCE: Row[] = [
  ['nobody was asked', 'asked=\'\'', 'FENCED_AFTER_SILENCE wait'],
  ['all answer', '', 'SOURCE serve'],
  ['one does not answer', `answers=1 silent_peers=${OTHER}`, 'FENCED_AFTER_SILENCE wait'],
  ['one does not answer for 9 s', `answers=1 silent_peers=${OTHER} now=1009`, 'FENCED_AFTER_SILENCE wait'],
  ['one does not answer for 10 s', `answers=1 silent_peers=${OTHER} now=1010`, 'SOURCE serve'],
  ['none answers for 29 s', `answers=0 silent_peers='${REPLICA} ${OTHER}' now=1029`, 'FENCED_AFTER_SILENCE wait'],
  ['none answers for 30 s', `answers=0 silent_peers='${REPLICA} ${OTHER}' now=1030`, 'SOURCE serve'],
  ['another one is open', `open_peer=${OTHER}`, 'FENCED_AFTER_SILENCE wait'],
  ['another one was promoted', `known_source=${OTHER} known_epoch=1`, 'DEMOTED close'],
];

const CLOSED_SOURCE: Row[] = [
  ['clients are not refused yet', 'offline=0', 'SOURCE_CLOSED fence'],
  ['nobody was asked', 'asked=\'\'', 'SOURCE_CLOSED wait'],
  ['all answer', '', 'SOURCE_CLOSED open'],
  ['one answers', `answers=1 silent_peers=${OTHER}`, 'SOURCE_CLOSED open'],
  ['none answers', `answers=0 silent_peers='${REPLICA} ${OTHER}'`, 'SOURCE_CLOSED wait'],
  ['none answers for 29 s', `answers=0 silent_peers='${REPLICA} ${OTHER}' now=1029`, 'SOURCE_CLOSED wait'],
  ['none answers for 30 s', `answers=0 silent_peers='${REPLICA} ${OTHER}' now=1030`, 'SOURCE_CLOSED open'],
  ['another one is open', `open_peer=${OTHER}`, 'SOURCE_CLOSED wait'],
  ['it was promoted just now, and the one before is silent', `answers=1 silent_peers=${OTHER} promotion_age=7`, 'SOURCE_CLOSED wait_briefly'],
  ['it was promoted some time ago, and the one before is silent', `answers=1 silent_peers=${OTHER} promotion_age=8`, 'SOURCE_CLOSED open'],
  ['the clock of the one before goes ahead', `answers=1 silent_peers=${OTHER} promotion_age=-5`, 'SOURCE_CLOSED open'],
  ['it was promoted just now, and all answer', 'promotion_age=0', 'SOURCE_CLOSED open'],
  ['only super_read_only is on', 'read_only_now=0', 'SOURCE_CLOSED open'],
  ['the list of members is wrong', 'list_problem=empty', 'NOT_LISTED wait'],
  ['the list lacks one that was in it, and all answer', `list_lacks=${OTHER}`, 'SOURCE_CLOSED open'],
  ['the list lacks one that was in it, and another one is silent', `list_lacks=x answers=1 silent_peers=${OTHER}`, 'SOURCE_CLOSED wait'],
  ['its label is that of a replica: it opens, and refuses clients', 'label=replica', 'SOURCE_CLOSED open'],
];

const BECOMING: Row[] = [
  ['all is applied', `followed=x offline=1`, 'BECOMING_SOURCE stop_following'],
  ['all is applied, and clients are not refused yet', `followed=x`, 'BECOMING_SOURCE fence'],
  ['something is not applied yet', `followed=x offline=1 drained=0 applier=ON`, 'BECOMING_SOURCE wait'],
  ['something is not applied yet, and the applier is stopped', `followed=x offline=1 drained=0 applier=OFF`, 'BECOMING_SOURCE start_applier'],
  ['something cannot be applied', `followed=x offline=1 drained=0 applier=OFF applier_error=1062`, 'BECOMING_SOURCE wait'],
  ['its data does not know yet', `known_epoch=1 super_read_only=1 followed=x receiver=ON offline=1`, 'AWAITING_PROMOTION wait'],
  ['its data does not know yet, and it does not receive', `known_epoch=1 super_read_only=1 followed=x receiver=OFF offline=1`, 'AWAITING_PROMOTION start_replica'],
  ['its data does not know yet, and it follows nobody', `known_epoch=1 super_read_only=1 receiver=- offline=1`, 'AWAITING_PROMOTION wait'],
  ['its data does not know yet, and it is open', 'known_epoch=1 offline=1', 'AWAITING_PROMOTION close'],
];

const SERVING: Row[] = [
  ['it is well', '', 'REPLICA serve'],
  ['the source restarts', 'receiver=CONNECTING heard=20', 'REPLICA serve'],
  ['it is at the bound', 'heard=25 lag=25', 'REPLICA serve'],
  ['it hears nothing', 'receiver=CONNECTING heard=26', 'LAGGING fence'],
  ['it never heard anything', 'heard=999999 offline=1', 'LAGGING wait'],
  ['it is behind', 'lag=26', 'LAGGING fence'],
  ['it was behind, and still is by more than half', 'lag=13 offline=1', 'LAGGING wait'],
  ['it was behind, and has caught up', 'lag=12 offline=1', 'REPLICA serve'],
  ['its label is that of the source', 'label=source', 'MISLABELLED fence'],
  ['it handed over the source a moment ago', 'led=handed offline=1', 'YIELDING wait'],
  ['it handed over the source a moment ago, and lets clients in', 'led=handed', 'YIELDING fence'],
  ['it lost the role of the source a moment ago', 'led=lost offline=1', 'YIELDING wait'],
  ['it lost the role of the source a moment ago, and is behind', 'led=lost lag=26 offline=1', 'LAGGING wait'],
  ['it is open', 'super_read_only=0 read_only_now=0', 'DEMOTED fence'],
  ['it is open, and refuses clients', 'super_read_only=0 read_only_now=0 offline=1', 'DEMOTED close'],
  ['super_read_only was switched off', 'super_read_only=0', 'REPLICA restore_read_only'],
  ['it diverged', 'diverged="its own"', 'ERRANT fence'],
  ['it diverged, and refuses clients', 'diverged="its own" offline=1', 'ERRANT wait'],
  ['it committed something', 'own_committed=b:1 offline=1', 'ERRANT diverge'],
];

const STOPPED: Row[] = [
  ['the receiver is stopped alone', 'receiver=OFF', 'REPLICATION_STOPPED start_receiver'],
  ['the receiver is stopped alone, by a promotion', 'receiver=OFF promoting=1', 'REPLICATION_STOPPED wait'],
  ['the receiver is stopped by a promotion, for long', 'receiver=OFF promoting=1 heard=26', 'REPLICATION_STOPPED fence'],
  ['both are stopped', 'receiver=OFF applier=OFF', 'REPLICATION_STOPPED wait'],
  ['the receiver failed', 'receiver=OFF receiver_error=13121', 'REPLICATION_STOPPED wait'],
  ['the applier is stopped, and all is applied', 'applier=OFF', 'REPLICATION_STOPPED wait'],
  ['the applier is stopped, and something is not applied: of what age?', 'applier=OFF drained=0', 'REPLICATION_STOPPED fence'],
];

const BEGINNING: Row[] = [
  ['it follows nobody', 'followed=- receiver=- applier=-', 'NOT_FOLLOWING follow'],
  ['it follows another one', 'followed=x', 'NOT_FOLLOWING follow'],
  ['it follows another one, and serves', 'followed=x offline=0', 'NOT_FOLLOWING fence'],
  ['it is a copy', 'is_cloned=1', 'NOT_FOLLOWING follow'],
  ['its server started', 'receiver=OFF applier=OFF', 'NOT_FOLLOWING start_replica'],
  ['its agent started', 'offline=0', 'NOT_FOLLOWING adopt'],
  ['its agent started, and the source does not answer', 'offline=0 compared="mysql-source-0 does not answer"', 'NOT_FOLLOWING wait'],
  ['its agent started, and the source has not answered for long',
    'offline=0 compared="mysql-source-0 does not answer" heard=26', 'NOT_FOLLOWING fence'],
  ['the source does not answer', 'followed=x compared="mysql-source-0 does not answer"', 'NOT_FOLLOWING wait'],
  ['nothing could be compared', 'compared=failed', 'NOT_FOLLOWING wait'],
  ['the source still applies what it has', 'strangers=b:1', 'NOT_FOLLOWING wait'],
  ['it received what the source lacks', 'strangers=b:1 never_there=b:1 drained=0', 'NOT_FOLLOWING wait'],
  ['it received what the source lacks, and does not apply it',
    'strangers=b:1 never_there=b:1 drained=0 applier=OFF', 'NOT_FOLLOWING start_applier'],
  ['it cannot apply what the source lacks', 'strangers=b:1 never_there=b:1 drained=0 applier=OFF applier_error=1', 'NOT_FOLLOWING wait'],
  ['it has what the source lacks', 'strangers=b:1 never_there=b:1', 'ERRANT diverge'],
  ['it has what the source lacks, and serves', 'strangers=b:1 never_there=b:1 offline=0', 'ERRANT fence'],
];

const REFUSING: Row[] = [
  ['it has purged what is needed', 'lost_log=a:6 offline=1', 'NEW_COPY request_copy'],
  ['it has purged what is needed, and the replica serves', 'lost_log=a:6', 'NEW_COPY fence'],
  ['it lacks something', 'strangers=b:1 lost_log=a:6 offline=1', 'ERRANT diverge'],
  ['it is not known why', '', 'REPLICATION_STOPPED wait'],
  ['it does not answer', 'compared="mysql-source-0 does not answer"', 'REPLICATION_STOPPED wait'],
  ['nothing could be compared', 'compared=failed', 'REPLICATION_STOPPED wait'],
];

/** Decides each row in one process, in which nothing but the shell itself can be run. */
function decide(pod: string, base: string, rows: Row[]): string[] {
  const { output, log, calls } = member(pod).run('agent.sh', `PATH=/nowhere; ${rows.map(([, observed]) => (
    `(${base}${observed}\ndecide; read -r name action reason <<<"$REPLY"; echo "$name $action $(declare -F "act_$action" >/dev/null || echo MISSING)\${reason:+-}"); `
  )).join('')}`);
  expect(log).toEqual([]);
  expect(calls).toEqual([]);
  return output.trimEnd().split('\n');
}

describeScript('decide', () => {
  test.each<[string, string, string, Row[]]>([
    ['a server that does not answer', SOURCE, AS_SOURCE, UNANSWERED], ['the source', SOURCE, AS_SOURCE, OPEN],
    ['the source after a silence', SOURCE, UNSEEN, AFTER_SILENCE], ['the source, closed', SOURCE, CLOSED, CLOSED_SOURCE],
    ['a member that becomes the source', SOURCE, AS_SOURCE, BECOMING],
    ['a replica', REPLICA, AS_REPLICA, SERVING], ['a replica that does not run', REPLICA, AS_REPLICA, STOPPED],
    ['a replica that begins to follow', REPLICA, FOLLOWING, BEGINNING], ['a replica whose source refuses', REPLICA, REFUSED, REFUSING],
  ])('%s', (_, pod, base, rows) => {
    const decided = decide(pod, base, rows);
    expect(rows.map(([situation], index) => `${situation}: ${decided[index]}`))
      .toEqual(rows.map(([situation, , expected]) => `${situation}: ${expected} -`));
  });
});
