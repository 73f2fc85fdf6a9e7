import { describeScript } from '../../../support/bash';
import { EACH_SERVER_HAS } from '../members';
import { archiveSandbox, SOURCED } from './archive';

const SERVES = 'server=$!; until [[ -e $RUN/serves ]]; do command sleep 0.02; done; ';

describeScript('receiver.sh', () => {
  test('waits for its server, which stops in order', () => {
    const box = archiveSandbox();
    EACH_SERVER_HAS.forEach((name) => box.file(`volume/data/${name}`, ''));
    const run = box.run(SOURCED, `(trap 'command sleep 0.3; : >"$RUN/stopped"; exit 0' TERM; : >"$RUN/serves"; `
      + `while :; do command sleep 0.02; done) & ${SERVES} end_server`);
    expect({ status: run.status, log: run.log }).toEqual({ status: 0, log: [] });
    expect(box.exists('run/stopped')).toBe(true);
  });

  test.each(EACH_SERVER_HAS)('kills its server, which cannot stop since %s is removed meanwhile', (name) => {
    const box = archiveSandbox();
    box.environment.DATA_PAUSE = '0.05';
    EACH_SERVER_HAS.forEach((each) => box.file(`volume/data/${each}`, ''));
    const run = box.run(SOURCED, `(trap 'rm "$DATA/${name}"' TERM; : >"$RUN/serves"; `
      + `while :; do command sleep 0.02; done) & ${SERVES} end_server; kill -0 "$server" 2>/dev/null || echo ended`);
    expect({ status: run.status, output: run.output }).toEqual({ status: 0, output: 'ended\n' });
    expect(run.log.filter((line) => line.startsWith('mysqld'))).toEqual([ // the shell says what it killed
      `mysqld cannot stop: its data in ${box.folder}/volume/data was removed meanwhile: killing it`,
    ]);
  });

  test('ends nothing when it has no server', () => {
    expect(archiveSandbox().run(SOURCED, 'end_server; echo "$?"').output).toBe('0\n');
  });
});
