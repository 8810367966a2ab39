// How many pages of 8 KB a statement of the busiest path reads: counted by Postgres, so the same on every machine.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { migrate } from '../../scripts/schema/index.mjs';
import { folder, postgres } from './stage.mjs';
import { statement } from './statements.mjs';

const TENANT = 'ten_019a0000000070008000000000000001';
const DAY = 24 * 3_600_000;
const ROWS = 10_000;
/** An index of three levels, the table's page and the visibility of some dead rows, a few times over. */
const FEW = 60;

const stage = await postgres();
const { target, ownerUrl, appUrl } = await stage.database();
await migrate(target);
const owner = await stage.connect(ownerUrl);
const app = await stage.connect(appUrl);

/** Runs a statement as the functions do, and rolls it back: attempts are rows of the platform, all others of a tenant. */
async function tried(file, work) {
  const [tenant, directory] = file === 'attempts.rs' ? ['', 'on'] : [TENANT, ''];
  await app.query('BEGIN');
  try {
    await app.query("SELECT set_config('livery.tenant', $1, true), set_config('livery.directory', $2, true)", [tenant, directory]);
    return await work();
  } finally {
    await app.query('ROLLBACK');
  }
}

/** Pages that the statement touched. */
const pages = (file, name, params) => tried(file, async () => {
  const { rows } = await app.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${statement(file, name)}`, params);
  const plan = rows[0]['QUERY PLAN'][0].Plan;
  return plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
});

/** Rows that the statement changes. */
const changed = (file, name, params) => tried(file, async () => (await app.query(statement(file, name), params)).rowCount);

/** Rows as they accumulate in a day, made by the owner of the tables. */
async function fill(now) {
  for (const table of ['tenants', 'counters', 'reservations', 'attempts', 'live_heads', 'live_log']) {
    // Statistics may be missing for a while: until then the planner treats every table as a small one.
    await owner.query(`ALTER TABLE ${table} SET (autovacuum_enabled = off)`);
  }
  await owner.query('BEGIN');
  await owner.query("SELECT set_config('livery.tenant', $1, true), set_config('livery.directory', 'on', true)", [TENANT]);
  await owner.query("INSERT INTO tenants (id, key, name, plan_key, created_at) VALUES ($1, 'busy', 'Busy', 'pro', 0)", [TENANT]);
  await owner.query("INSERT INTO counters VALUES ($1, 'messages', 0, $2)", [TENANT, ROWS]);
  await owner.query(`INSERT INTO reservations SELECT $1::text, 'messages', 0, md5(n::text), 1, CASE n WHEN 7 THEN 'new' ELSE 'held' END, $2::bigint - n FROM generate_series(1, ${ROWS}) n`, [TENANT, now]);
  await owner.query(`INSERT INTO attempts SELECT md5(n::text), $1::bigint - n, 1 FROM generate_series(1, ${ROWS}) n`, [now]);
  await owner.query('INSERT INTO live_heads VALUES ($1, $2, 1)', [TENANT, ROWS + 1]);
  await owner.query(`INSERT INTO live_log SELECT $1::text, n, NULL, 'v', '{}', $2::bigint - ${ROWS} + n FROM generate_series(1, ${ROWS}) n`, [TENANT, now]);
  await owner.query('COMMIT');
}

const NOW = 1_800_000_000_000;
await fill(NOW);

test('one message more costs no more on a table that was never analyzed, after ten thousand before it', async () => {
  const [now, known] = [NOW, NOW - DAY];
  const counter = [TENANT, 'messages', 0];
  const asked = [
    ['counters.rs', 'TAKE', [...counter, ROWS]],
    ['counters.rs', 'FORGET', [TENANT, 'messages', known]],
    ['counters.rs', 'ADD', [...counter, 'one-more', 1, now, ROWS, known]],
    ['counters.rs', 'COUNT', [...counter, md5(7)]],
    ['counters.rs', 'HOLD', [...counter, md5(7)]],
    ['counters.rs', 'STAND', [...counter, md5(7), known]],
    ['live_log.rs', 'ADVANCE', [TENANT]],
    ['live_log.rs', 'ADD_PASSING', [TENANT, 'v', '{}', now]],
    ['live_log.rs', 'FORGET_PASSING', [TENANT, known]],
    ['live_log.rs', 'AFTER', [TENANT, ROWS - 3, 'v', 200]],
    ['attempts.rs', 'SWEEP', [known]],
  ];
  for (const [file, name, params] of asked) {
    const touched = await pages(file, name, params);
    // A statement that sees no row touches nothing and would prove nothing.
    assert.ok(touched > 0 && touched <= FEW, `${file} ${name} touched ${touched} pages`);
  }
});

test('what may be forgotten goes a hundred or fifty at a time, for the price of so many', async () => {
  const later = NOW + 2 * DAY;
  for (const [file, name, params, most] of [['counters.rs', 'FORGET', [TENANT, 'messages', later - DAY], 100], ['attempts.rs', 'SWEEP', [later - DAY], 50]]) {
    assert.equal(await changed(file, name, params), most, `${file} ${name}`);
    // The bound passes so many rows, each of two pages; each row that goes is found, read and marked in its page.
    const touched = await pages(file, name, params);
    assert.ok(touched <= most * 8 + FEW, `${file} ${name} touched ${touched} pages`);
  }
});

test('SQLite forgets by age too, and reads no table from end to end', async () => {
  const file = join(folder(), 'cost.sqlite');
  await migrate({ kind: 'sqlite', file });
  const database = new DatabaseSync(file);
  try {
    for (const [source, name, index] of [['counters.rs', 'FORGET', 'reservations_by_age'], ['attempts.rs', 'SWEEP', 'attempts_by_age'], ['live_log.rs', 'FORGET_PASSING', 'live_log_by_age']]) {
      const plan = database.prepare(`EXPLAIN QUERY PLAN ${statement(source, name).replaceAll('$', '?')}`).all().map(({ detail }) => detail);
      const reads = plan.filter((detail) => /^(SEARCH|SCAN) /.test(detail));
      assert.ok(reads.length > 0 && reads.every((detail) => detail.startsWith('SEARCH') && detail.includes(index)), `${source} ${name}: ${plan.join('; ')}`);
    }
  } finally {
    database.close();
  }
});

/** An id that is there. */
function md5(n) {
  return createHash('md5').update(String(n)).digest('hex');
}
