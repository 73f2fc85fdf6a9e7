import { MySqlTls } from '../../../lib/mysql/mysql-tls';
import { TestedGroup } from '../../e2e/mysql/group';
import { diagnosed } from '../../e2e/support/diagnosed';
import { kubectl } from '../../e2e/support/kubectl';
import { describeInNamespace } from '../../e2e/support/own-namespace';
import { until } from '../../e2e/support/wait';
import { Authority } from '../mysql/authority';

const NAMESPACE = 'e2e-group-certificates';
const TLS = { tls: MySqlTls.fromSecretName('mysql-tls') };

describeInNamespace(NAMESPACE, () => {
  const group = new TestedGroup(NAMESPACE);
  const authority = new Authority(group);
  let names: string[];

  afterAll(() => {
    authority.remove();
  });

  diagnosed('members of a group verify each other by the certificates of a Secret', [NAMESPACE], async () => {
    names = (await group.apply(TLS)).certificateDnsNames;
    await authority.sign('1000', names);
    await authority.create();
    await group.whole();
    await group.startWriter();
    expect(await authority.served()).toEqual(group.members.map(() => 'serial=1000'));
  });

  diagnosed('a changed certificate is served without a restart, and members that join verify it', [NAMESPACE], async () => {
    const starts = await group.incarnations();
    await authority.sign('2000', names);
    await authority.replace('ca.crt', 'tls.crt', 'tls.key');
    await until('the new certificate is served', 180, async () => (
      (await authority.served()).every((serial) => serial === 'serial=2000')));
    expect(await group.incarnations()).toEqual(starts);
    const [secondary] = await group.labelled('secondary');
    await kubectl('--namespace', NAMESPACE, 'delete', 'pod', secondary);
    await group.whole();
  });

  diagnosed('a member whose certificate has another name is let in by nobody, and the others go on', [NAMESPACE], async () => {
    const [secondary] = await group.labelled('secondary');
    const others = group.members.filter((member) => member !== secondary);
    await authority.sign('3000', names.flatMap((name) => (
      name.startsWith('*') ? others.map((member) => name.replace('*', member)) : name)));
    await authority.replace('tls.crt', 'tls.key');
    await until('the new certificate is served', 180, async () => (
      (await authority.served()).every((serial) => serial === 'serial=3000')));
    await kubectl('--namespace', NAMESPACE, 'delete', 'pod', secondary);
    await until('it cannot be spoken to', 120, async () => (await group.log(secondary)).includes('UNREACHABLE: '));
    await group.writes();
    await authority.sign('4000', names);
    await authority.replace('tls.crt', 'tls.key');
    await group.whole();
  });

  diagnosed('nothing that was acknowledged is lost', [NAMESPACE], async () => {
    await group.requireSound(await group.stopWriter());
  });
});
