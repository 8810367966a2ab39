// livery_app may do exactly what the statements of shared/store do: each of them is allowed, and nothing else is granted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { migrate } from '../../scripts/schema/index.mjs';
import { postgres } from './stage.mjs';
import { statements } from './statements.mjs';

/** Rows that no route makes yet: the contract does (shared/contract/src/fresh.rs), and so will invitations and sign-up. */
const FOR_THE_CONTRACT = ['INSERT domains', 'INSERT memberships', 'INSERT tenants', 'INSERT users'];

const stage = await postgres();
const { target, ownerUrl, appUrl } = await stage.database();
await migrate(target);
const app = await stage.connect(appUrl);
const owner = await stage.connect(ownerUrl);

test('every statement of shared/store is one that livery_app may run', async () => {
  assert.ok(statements.length >= 40, `${statements.length} statements were found`);
  for (const { name, sql } of statements) {
    const params = Math.max(0, ...[...sql.matchAll(/\?(\d+)/g)].map((found) => Number(found[1])));
    await app.query('BEGIN');
    await app.query(`PREPARE asked AS ${sql.replace(/\?(\d+)/g, '$$$1')}`);
    // Explaining checks privileges and runs nothing.
    const values = params > 0 ? `(${Array(params).fill('NULL').join(', ')})` : '';
    await assert.doesNotReject(app.query(`EXPLAIN EXECUTE asked${values}`), `${name}: ${sql}`);
    await app.query('DEALLOCATE asked');
    await app.query('ROLLBACK');
  }
});

test('livery_app may write nothing that no statement writes', async () => {
  const written = new Set(FOR_THE_CONTRACT);
  for (const { sql } of statements) {
    for (const [, verb, table] of sql.matchAll(/\b(INSERT INTO|UPDATE|DELETE FROM) (\w+)/g)) {
      if (table !== 'SET') written.add(`${verb.split(' ')[0]} ${table}`);
      if (verb === 'INSERT INTO' && /DO UPDATE/.test(sql)) written.add(`UPDATE ${table}`);
    }
  }
  const { rows } = await owner.query(
    "SELECT privilege_type || ' ' || table_name AS grant FROM information_schema.role_table_grants WHERE grantee = 'livery_app' AND privilege_type <> 'SELECT' ORDER BY 1");
  assert.deepEqual(rows.map((row) => row.grant), [...written].sort());
});
