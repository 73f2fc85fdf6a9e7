import { Answer, describeScript, Run, Sandbox } from '../../support/bash';
import { member, SOURCE, statements } from './members';

const RELOAD = 'ALTER INSTANCE RELOAD TLS';
const READ = 'the certificate changed: reloaded for new connections';
const KEEP = 'keep_certificate || echo "failed $?"; ';

/** A pod whose server started after, or before, its files of TLS were written. */
function pod(started: 'after' | 'before' = 'after'): Sandbox {
  const bash = member(SOURCE);
  bash.certificate();
  bash.age(started === 'after' ? 'tls/tls.crt' : 'run/incarnation', 3600);
  return bash;
}

function keep(bash: Sandbox, shell: string, ...answers: Answer[]): Run {
  bash.answers(...answers);
  return bash.run('lib.sh certificate.sh', shell);
}

const change = (file: string) => `echo "second" >"$TLS/${file}"; `;

describeScript('keep_certificate', () => {
  test('does nothing where the server makes its own', () => {
    expect(keep(member(SOURCE), KEEP)).toMatchObject({ calls: [], output: '', log: [] });
  });

  test('does nothing with the one that the server read when it started', () => {
    expect(keep(pod(), KEEP + KEEP)).toMatchObject({ calls: [], output: '', log: [] });
  });

  test('does nothing before the server starts', () => {
    const bash = pod();
    bash.remove('run/incarnation');
    expect(keep(bash, KEEP)).toMatchObject({ calls: [], output: '', log: [] });
  });

  test('makes the server read one that came while no agent was there', () => {
    const { calls, log } = keep(pod('before'), KEEP + KEEP);
    expect(statements(calls)).toEqual([RELOAD]);
    expect(log).toEqual([READ]);
  });

  test.each(['tls.crt', 'tls.key', 'ca.crt'])('makes the server read them again, once, when %s changes', (file) => {
    const { calls, log, output } = keep(pod(), KEEP + change(file) + KEEP + KEEP);
    expect(statements(calls)).toEqual([RELOAD]);
    expect({ log, output }).toEqual({ log: [READ], output: '' });
  });

  test('never lets the server go without TLS', () => {
    expect(keep(pod(), KEEP + change('tls.crt') + KEEP).calls[0].input).not.toContain('NO ROLLBACK');
  });

  test('says once that one cannot be used, and reads it when its key has come', () => {
    const text = 'ERROR 3888 (HY000) at line 1: Failed to set up SSL';
    const refused: Answer = { command: 'mysql', to: RELOAD, does: `((turn > 0)) || { echo "${text}" >&2; exit 1; }` };
    const { calls, log, output } = keep(pod(), KEEP + change('tls.crt') + KEEP + KEEP + change('tls.key') + KEEP, refused);
    expect(statements(calls)).toEqual([RELOAD, RELOAD]);
    expect({ log, output }).toEqual({
      log: [
        `ERROR: the certificate changed and is unusable: ${text}; the old one stays in force`, READ,
      ],
      output: '',
    });
  });

  test('tries again when the server is not there for a moment: that says nothing about the certificate', () => {
    const away: Answer = {
      command: 'mysql', to: RELOAD, does: '((turn > 1)) || { echo "ERROR 2002 (HY000): cannot connect" >&2; exit 1; }',
    };
    const { calls, log } = keep(pod(), KEEP + change('tls.crt') + KEEP + KEEP + KEEP + KEEP, away);
    expect(statements(calls)).toHaveLength(3);
    expect(log).toEqual([READ]);
  });

  test.each(['tls.crt', 'tls.key', 'ca.crt'])('says that the Secret lacks %s, and leaves the server what it has', (file) => {
    const { calls, log, output } = keep(pod(), `${KEEP}rm "$TLS/${file}"; ${KEEP}${KEEP}${change(file)}${KEEP}`);
    expect(statements(calls)).toEqual([RELOAD]);
    expect({ log, output }).toEqual({
      log: [`ERROR: the Secret of the certificate lacks ${file}; it needs tls.crt, tls.key and ca.crt`, READ], output: '',
    });
  });
});
