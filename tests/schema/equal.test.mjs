// Both schemas on their real engines have the same set of tables.
import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { migrate } from '../../scripts/schema/index.mjs';
import { describePostgres, describeSqlite } from './describe.mjs';
import { folder, postgres } from './stage.mjs';

const file = join(folder(), 'livery.db');
await migrate({ kind: 'sqlite', file });
const sqlite = new DatabaseSync(file);
after(() => sqlite.close());
const stage = await postgres();
const { target, ownerUrl } = await stage.database();
await migrate(target);
const owner = await stage.connect(ownerUrl);

test('SQLite and Postgres have the same tables, columns, keys, checks and indexes', async () => {
  const ours = describeSqlite(sqlite);
  assert.deepEqual(await describePostgres(owner), ours);
  assert.ok(Object.keys(ours).length >= 16, 'the description has tables');
  assert.ok(ours.live_log.indexes.some((index) => index.where === 'rev is not null'), 'and partial indexes');
  assert.ok(ours.reservations.checks.some((check) => check.includes("'committed'")), 'and checks');
});

// What the comparison above would overlook is not compared at all.
const DIFFERENCES = {
  'a table': 'CREATE TABLE one_more (id TEXT)',
  'a column': 'ALTER TABLE messages ADD COLUMN edited_at BIGINT',
  'the type of a column': 'ALTER TABLE live_heads ALTER COLUMN last_seq TYPE INTEGER',
  'whether a column may be empty': 'ALTER TABLE live_log ALTER COLUMN frame DROP NOT NULL',
  'a default': 'ALTER TABLE conversations ALTER COLUMN last_seq SET DEFAULT 1',
  'a primary key': 'ALTER TABLE counters DROP CONSTRAINT counters_pkey',
  'a unique key': 'ALTER TABLE messages DROP CONSTRAINT messages_id_key',
  'a foreign key': 'ALTER TABLE live_heads DROP CONSTRAINT live_heads_tenant_id_fkey',
  'what a foreign key does': 'ALTER TABLE live_heads DROP CONSTRAINT live_heads_tenant_id_fkey, ADD FOREIGN KEY (tenant_id) REFERENCES tenants ON DELETE CASCADE',
  'a check': "ALTER TABLE reservations DROP CONSTRAINT reservations_state_check, ADD CHECK (state IN ('new', 'held', 'committed'))",
  'an index': 'DROP INDEX live_log_by_age',
  'the predicate of an index': 'DROP INDEX live_log_one_per_rev; CREATE UNIQUE INDEX live_log_one_per_rev ON live_log (tenant_id, rev)',
  'the uniqueness of an index': "DROP INDEX conversations_one_open; CREATE INDEX conversations_one_open ON conversations (tenant_id, visitor_id) WHERE status = 'open'",
};
for (const [what, sql] of Object.entries(DIFFERENCES)) {
  test(`a difference in ${what} is seen`, async () => {
    const ours = describeSqlite(sqlite);
    await owner.query('BEGIN');
    try {
      await owner.query(sql);
      assert.notDeepEqual(await describePostgres(owner), ours);
    } finally {
      await owner.query('ROLLBACK');
    }
  });
}
