// Two planes, control and data: every table is of one, and every statement too. Determined by the engines: a database that has the tables
// of one plane only accepts that plane's statements and no other, as a separate database for one plane would. Tables that belong to both
// planes, such as the log of changes, are separate: a statement over one joins no other table, so that it runs on either plane.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { migrate } from '../../scripts/schema/index.mjs';
import { ROOT, folder, postgres } from './stage.mjs';
import { statements } from './statements.mjs';

const PLANES = ['control', 'data', 'both'];
/** Each table with its plane; `both` for what each plane has one of. */
const declared = JSON.parse(readFileSync(join(ROOT, 'schema/planes.json'), 'utf8'));
const stage = await postgres();

/** `{tables, runOnly(plane)}`; `runOnly` returns a function that prepares a statement on a database with that plane's tables only. */
const ENGINES = {
  async sqlite() {
    const open = async () => {
      const file = join(folder(), 'planes.sqlite');
      await migrate({ kind: 'sqlite', file });
      // A foreign key to the other plane is no part of a statement.
      const database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
      after(() => database.close());
      return database;
    };
    const tablesOf = (database) => database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").all().map(({ name }) => name);
    return {
      tables: tablesOf(await open()),
      async runOnly(plane) {
        const database = await open();
        for (const table of tablesOf(database).filter((name) => !isOf(name, plane))) database.exec(`DROP TABLE ${table}`);
        return async (sql) => void database.prepare(sql);
      },
    };
  },
  async postgres() {
    const open = async () => {
      const { target, ownerUrl } = await stage.database();
      await migrate(target);
      return stage.connect(ownerUrl);
    };
    const tablesOf = async (client) => (await client.query("SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname COLLATE \"C\"")).rows.map(({ name }) => name);
    return {
      tables: await tablesOf(await open()),
      async runOnly(plane) {
        const client = await open();
        const policies = async () => (await client.query("SELECT tablename || '.' || policyname AS name FROM pg_policies ORDER BY 1")).rows.map(({ name }) => name);
        const before = (await policies()).filter((name) => isOf(name.split('.')[0], plane));
        const others = (await tablesOf(client)).filter((name) => !isOf(name, plane));
        // Takes the foreign keys that refer to these tables along, and would take a policy that reads them.
        await client.query(`DROP TABLE ${others.join(', ')} CASCADE`);
        assert.deepEqual(await policies(), before, `a policy of a table of plane ${plane} reads a table of the other`);
        return async (sql) => {
          await client.query(`PREPARE asked AS ${sql.replace(/\?(\d+)/g, '$$$1')}`);
          await client.query('DEALLOCATE asked');
        };
      },
    };
  },
};

const isOf = (table, plane) => declared[table] === plane;
const takes = (run, sql) => run(sql).then(() => true, (fault) => {
  assert.match(fault.message, /no such table|does not exist/, sql);
  return false;
});

// All of it is opened before the first test: the stage closes it after the last test that is registered by then.
const engines = [];
for (const [name, engine] of Object.entries(ENGINES)) {
  const { tables, runOnly } = await engine();
  const homes = {};
  for (const plane of PLANES) homes[plane] = await runOnly(plane);
  engines.push({ name, tables, homes });
}

test('a plane is control, data, or both for what each plane has one of', () => {
  const both = Object.keys(declared).filter((table) => declared[table] === 'both');
  assert.deepEqual(both, ['audit_entries', 'schema_migrations']);
  for (const [table, plane] of Object.entries(declared)) assert.ok(PLANES.includes(plane), `${table}: ${plane}`);
});

for (const { name, tables, homes } of engines) {
  test(`every table of ${name} has its plane in schema/planes.json, and no other name is there`, () => {
    assert.deepEqual(tables, Object.keys(declared).sort());
  });

  test(`every statement of shared/store touches tables of one plane on ${name}`, async () => {
    const counts = { control: 0, data: 0, both: 0 };
    const mixed = [];
    for (const { name: file, sql } of statements) {
      const planes = [];
      for (const plane of PLANES) if (await takes(homes[plane], sql)) planes.push(plane);
      if (planes.length === 0) mixed.push(`${file}: ${sql}`);
      for (const plane of planes) counts[plane] += 1;
    }
    assert.deepEqual(mixed, [], 'statements that touch tables of both planes');
    // A database that accepted every statement, or none, would prove nothing.
    assert.ok(counts.control > 40 && counts.data > 30 && counts.both > 3, JSON.stringify(counts));
  });

  test(`a statement over tables of both planes runs in no home of ${name}`, async () => {
    // The planners of the engines drop such a join, since it adds no column. It still names tables of both planes.
    const idle = 'SELECT m.text FROM messages m LEFT JOIN tenants t ON t.id = m.tenant_id WHERE m.tenant_id = ?1';
    const names = 'SELECT a.seq, u.name FROM audit_entries a JOIN users u ON u.id = a.actor WHERE a.tenant_id = ?1';
    for (const sql of [idle, names]) {
      for (const plane of PLANES) assert.equal(await takes(homes[plane], sql), false, `${plane}: ${sql}`);
    }
  });
}
