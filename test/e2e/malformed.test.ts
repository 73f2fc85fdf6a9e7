import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { outcomes } from '../support/malformed-webs';
import { kubectl } from './support/kubectl';
import { describeInNamespace } from './support/own-namespace';

const NAMESPACE = 'cdk8s-stateful-malformed';

describeInNamespace(NAMESPACE, () => {
  test('the API server accepts what the library renders of 200 inputs, right and wrong', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cdk8s-stateful-malformed-'));
    const refused: unknown[] = [];
    try {
      for (const [index, { props, yaml }] of outcomes(NAMESPACE).entries()) {
        if (yaml !== undefined) {
          const file = join(folder, `${index}.yaml`);
          writeFileSync(file, yaml);
          await kubectl('apply', '--dry-run=server', '--validate=strict', '--filename', file)
            .catch((error: Error) => refused.push([JSON.stringify(props), error.message]));
        }
      }
      expect(refused).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 300_000);
});
