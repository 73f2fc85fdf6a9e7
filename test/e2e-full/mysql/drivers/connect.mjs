// Connects with mysql2 and prints what the server says, as JSON. See README.md.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createConnection as dial } from 'node:net';
import { join } from 'node:path';

const { createConnection } = createRequire(join(process.cwd(), 'package.json'))('mysql2/promise');
const { SERVICE_BINDING_ROOT: root, FORWARDED } = process.env;
const FILES = { HOST: 'host', USER: 'username', PASSWORD: 'password', DATABASE: 'database', SSL_MODE: 'ssl-mode' };

const value = (name) => (root === undefined ? process.env[`MYSQL_${name}`] : readFileSync(join(root, 'mysql', FILES[name]), 'utf8'));
const authority = root === undefined ? process.env.MYSQL_SSL_CA : join(root, 'mysql', 'ca.crt');
if (value('SSL_MODE') !== 'VERIFY_IDENTITY') {
  throw new Error(`the server cannot be verified: ${value('SSL_MODE')}`);
}

const [address, port] = FORWARDED.split(':');
const connection = await createConnection({
  host: value('HOST'),
  user: value('USER'),
  password: value('PASSWORD'),
  database: value('DATABASE'),
  ssl: { ca: readFileSync(authority, 'utf8'), verifyIdentity: true },
  stream: () => dial(Number(port), address),
});
const [[row]] = await connection.query(`SELECT CURRENT_USER() AS user, DATABASE() AS \`database\`, @@super_read_only AS readOnly,
  (SELECT variable_value FROM performance_schema.session_status WHERE variable_name = 'Ssl_version') AS tls`);
if (row.readOnly === 0) {
  await connection.query('CREATE TABLE IF NOT EXISTS drivers (name VARCHAR(20) PRIMARY KEY)');
  await connection.query('REPLACE INTO drivers VALUES (?)', ['mysql2']);
}
await connection.end();
console.log(JSON.stringify({ ...row, readOnly: row.readOnly === 1 }));
