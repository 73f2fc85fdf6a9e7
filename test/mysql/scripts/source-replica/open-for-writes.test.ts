import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { describeScript } from '../../../support/bash';
import { member, OTHER, REPLICA, SOURCE } from '../members';
import { changesOf, server } from './server';

const LIB = join(__dirname, '../../../../lib/mysql');
/** Everything that must be so. */
const MAY = `members=(${SOURCE} ${REPLICA} ${OTHER}) peers=(${REPLICA} ${OTHER}) known_source=${SOURCE} known_epoch=2 own_epoch=2 followed=- drained=1 `
  + 'asked=1 answers=2 now=100 closed_since=100 offline=1 promotion_age=100; ';

describeScript('open_for_writes', () => {
  const open = (observed: string) => {
    const bash = member(SOURCE);
    bash.answers(...server({ superReadOnly: 1, readOnly: 1, offline: 1 }));
    return bash.run('agent.sh', `${MAY}${observed}\nopen_for_writes`);
  };

  test('opens when all that must be so is so', () => {
    const run = open('');
    expect(run).toMatchObject({ status: 0, log: [] });
    expect(changesOf(run)).toEqual(['open']);
  });

  test.each<[string, string, string]>([
    ['the list is wrong', 'list_problem="the list of members is empty"', 'S1: the list of members is empty'],
    ['the list is empty', 'members=() peers=()', 'S1: the list of members is not whole'],
    ['the list holds only this pod', `members=(${SOURCE}) peers=()`, 'S1: the list of members is not whole'],
    ['the list lacks this pod', `members=(${REPLICA} ${OTHER})`, 'S1: the list of members is not whole'],
    ['the list lacks another member, and one is silent', `list_lacks=x silent_peers=${OTHER}`, `S1: the list of members lacks x, and ${OTHER} does not answer`],
    ['another one was promoted', `known_source=${OTHER}`, `S2: promotion 2 of ${OTHER}, promotion 2 in its own data`],
    ['its data does not have its promotion', 'own_epoch=1', `S2: promotion 2 of ${SOURCE}, promotion 1 in its own data`],
    ['it follows', 'followed=x', 'S3: it follows x'],
    ['something is not applied', 'drained=0', 'S3: it follows -'],
    ['the others were not asked', 'asked=\'\'', 'S4: none is open for writes, asked: no'],
    ['another one is open', `open_peer=${OTHER}`, `S4: ${OTHER} is open for writes, asked: 1`],
    ['none answers', 'answers=0', 'S4: no other member answers'],
    ['none answers, and it is not known since when', 'answers=0 closed_since=\'\'', 'S4: no other member answers'],
    ['clients are let in', 'offline=0', 'S5: clients are not refused'],
    ['the one before may not be closed', `promotion_age=7 silent_peers=${OTHER}`, `S5: promoted 7 s ago, and ${OTHER} does not answer`],
  ])('refuses when %s, whatever was decided', (_, observed, violated) => {
    const run = open(observed);
    expect(run.status).not.toBe(0);
    expect(run.log).toEqual([`ERROR: not opened for writes: ${violated}`]);
    expect(changesOf(run)).toEqual([]);
  });
});

test('no other file opens a server for writes', () => {
  const files = ['scripts', 'sql'].flatMap((kind) => ['shared', 'source-replica'].flatMap((folder) => (
    readdirSync(join(LIB, kind, folder)).map((name) => join(LIB, kind, folder, name)))));
  const holding = (pattern: RegExp) => files.filter((file) => readFileSync(file, 'utf8').split('\n')
    .some((line) => !/^\s*(#|--)/.test(line) && pattern.test(line))).map((file) => file.slice(LIB.length + 1));
  expect(holding(/GLOBAL read_only = (?!ON)/i)).toEqual(['sql/source-replica/open-source.sql']);
  expect(holding(/open-source\.sql/)).toEqual(['scripts/source-replica/open-for-writes.sh']);
  expect(holding(/\bopen_for_writes\b/)).toEqual(['scripts/source-replica/act-source.sh', 'scripts/source-replica/open-for-writes.sh']);
});
