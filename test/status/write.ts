import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { documents } from '../support/documents';
import { ROOT } from '../support/paths';
import { PAGE, statusPage, withTables } from './tables';

writeFileSync(join(ROOT, PAGE), statusPage());
for (const document of documents()) {
  const text = readFileSync(join(ROOT, document), 'utf8');
  const written = withTables(document, text);
  if (written !== text) {
    writeFileSync(join(ROOT, document), written);
  }
}
