// The migration tool on real engines: what it does once, what it refuses, and what a kill leaves.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Refusal, migrate, seed, status } from '../../scripts/schema/index.mjs';
import { folder, postgres } from './stage.mjs';

const stage = await postgres();
const dir = folder();
let made = 0;

/** A folder of migrations, by name. */
function migrations(files) {
  made += 1;
  const path = join(dir, `migrations-${made}`);
  mkdirSync(path);
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(path, `${name}.sql`), sql);
  return path;
}

const COUNTED = (to) => `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${to}) SELECT i FROM n`;

/** What the tests ask of each engine; `rows` runs a statement and gives what it answers. */
const ENGINES = {
  sqlite: {
    async fresh() {
      made += 1;
      return { kind: 'sqlite', file: join(dir, `database-${made}.db`) };
    },
    async rows(target, sql) {
      const database = new DatabaseSync(target.file);
      try { return database.prepare(sql).all(); } finally { database.close(); }
    },
    tables: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
    // Some seconds of work, with more pages than fit into memory, so that a kill leaves a journal to be rolled back.
    slow: `CREATE TABLE filler AS ${COUNTED(1_500_000)}; INSERT INTO filler SELECT MAX(i) FROM (${COUNTED(12_000_000)});`,
  },
  postgres: {
    fresh: async () => (await stage.database()).target,
    async rows(target, sql) {
      const client = await stage.connect(target.url);
      return (await client.query(sql)).rows;
    },
    tables: "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1",
    slow: 'SELECT pg_sleep(4);',
  },
};

const ONE = "CREATE TABLE one (id TEXT);\nINSERT INTO one VALUES ('a;b');\n";
const TWO = '-- A comment; with a semicolon.\nCREATE TABLE two (id TEXT);\n';

/** Runs work over the migrations as a process of its own, which can be killed. */
function aside(target) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'migrate_aside.mjs')], { stdio: ['pipe', 'pipe', 'pipe'] });
  // Not among the arguments: the URL has the password.
  child.stdin.end(JSON.stringify(target));
  const said = { out: '', err: '' };
  child.stdout.on('data', (text) => { said.out += text; });
  child.stderr.on('data', (text) => { said.err += text; });
  child.ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal, ...said })));
  return child;
}

for (const [kind, engine] of Object.entries(ENGINES)) {
  const tables = async (target) => (await engine.rows(target, engine.tables)).map((row) => row.name);
  const refuses = (target, why) => assert.rejects(migrate(target), (fault) => {
    assert.ok(fault instanceof Refusal, fault.stack);
    assert.match(fault.message, why);
    return true;
  });

  describe(kind, () => {
    test('a fresh database gets every migration, once, in order, with its checksum', async () => {
      const target = { ...await engine.fresh(), folder: migrations({ '0001_one': ONE, '0002_two': TWO }) };
      assert.deepEqual((await status(target)).pending.map((file) => file.number), [1, 2]);
      const said = [];
      await migrate(target, { log: (line) => said.push(line) });
      await migrate(target, { log: (line) => said.push(line) });
      assert.deepEqual(said, ['applied 0001_one', 'applied 0002_two']);
      const { applied, pending } = await status(target);
      assert.deepEqual(pending, []);
      assert.deepEqual(applied.map((row) => [row.number, row.name, row.checksum.length]), [[1, '0001_one', 64], [2, '0002_two', 64]]);
      assert.ok(applied.every((row) => Math.abs(Date.now() - row.applied_at) < 60_000));
      assert.deepEqual((await engine.rows(target, 'SELECT id FROM one')).map((row) => row.id), ['a;b']);
    });

    test('this checkout migrates and can be seeded, any number of times', async () => {
      const target = await engine.fresh();
      const world = join(import.meta.dirname, '../../schema/demo/world.sql');
      for (let time = 0; time < 2; time += 1) {
        await migrate(target);
        await seed(target, world, join(import.meta.dirname, '../e2e/world.sql'));
      }
      assert.deepEqual((await engine.rows(target, 'SELECT key FROM plans ORDER BY key')).map((row) => row.key), ['eight', 'enterprise', 'enterprise_jp', 'free', 'hundred', 'pro', 'professional', 'standard', 'starter', 'tiny']);
    });

    test('an applied file that has changed is refused, and nothing after it is applied', async () => {
      const target = { ...await engine.fresh(), folder: migrations({ '0001_one': ONE }) };
      await migrate(target);
      writeFileSync(join(target.folder, '0001_one.sql'), `${ONE}-- changed\n`);
      writeFileSync(join(target.folder, '0002_two.sql'), TWO);
      await refuses(target, /0001_one has changed since it was applied/);
      assert.deepEqual(await tables(target), ['one', 'schema_migrations']);
    });

    test('an applied file that is gone or has another name is refused', async () => {
      const target = { ...await engine.fresh(), folder: migrations({ '0001_one': ONE, '0002_two': TWO }) };
      await migrate(target);
      renameSync(join(target.folder, '0002_two.sql'), join(target.folder, '0002_other.sql'));
      await refuses(target, /0002_two is applied, but its file is gone; this checkout has 0002_other in its place/);
      rmSync(join(target.folder, '0002_other.sql'));
      await refuses(target, /0002_two is applied, but its file is gone: the database is newer than this checkout/);
    });

    test('a migration before one that is applied is refused', async () => {
      const target = { ...await engine.fresh(), folder: migrations({ '0001_one': ONE, '0002_two': TWO }) };
      await migrate(target);
      await engine.rows(target, 'DELETE FROM schema_migrations WHERE number = 1');
      await refuses(target, /0001_one is not applied, but the later 0002_two is/);
    });

    test('files that are not numbered one after the other are refused before anything is asked', async () => {
      for (const [files, why] of [
        [{ '0001_one': ONE, '0003_two': TWO }, /0003_two\.sql: numbers begin at 1, none twice and none left out; 2 was expected/],
        [{ '0001_one': ONE, '0001_two': TWO }, /0001_two\.sql: numbers begin/],
        [{ '1_one': ONE }, /1_one\.sql: a migration is called NNNN_/],
      ]) {
        const target = { ...await engine.fresh(), folder: migrations(files) };
        await refuses(target, why);
        assert.deepEqual(await tables(target), []);
      }
    });

    test('a migration that fails leaves nothing of itself, names the statement, and keeps those before it', async () => {
      const half = 'CREATE TABLE half (id TEXT);\n\n-- Why not.\nINSERT INTO half\nVALUES (1, 2, 3);\nCREATE TABLE never (id TEXT);\n';
      const target = { ...await engine.fresh(), folder: migrations({ '0001_one': ONE, '0002_half': half, '0003_two': TWO }) };
      await refuses(target, /^0002_half\.sql, line 4: INSERT INTO half\n.*nothing of this file was kept/);
      assert.deepEqual(await tables(target), ['one', 'schema_migrations']);
      assert.deepEqual((await status(target)).pending.map((file) => file.name), ['0002_half', '0003_two']);
      writeFileSync(join(target.folder, '0002_half.sql'), half.replace('(1, 2, 3)', "('x')"));
      await migrate(target);
      assert.deepEqual(await tables(target), ['half', 'never', 'one', 'schema_migrations', 'two']);
    });

    test('of two migrators at once one waits, and each migration is applied once', async () => {
      const target = { ...await engine.fresh(), folder: migrations({ '0001_one': ONE }) };
      await migrate(target);
      writeFileSync(join(target.folder, '0002_slow.sql'), engine.slow);
      writeFileSync(join(target.folder, '0003_two.sql'), TWO);
      const [first, second] = await Promise.all([aside(target).ended, aside(target).ended]);
      assert.deepEqual([first.code, second.code], [0, 0], first.err + second.err);
      assert.deepEqual(`${first.out}${second.out}`.trim().split('\n').sort(), ['applied 0002_slow', 'applied 0003_two']);
    });

    test('a migrator that is killed half-way leaves nothing half, and the next one completes', async () => {
      const target = { ...await engine.fresh(), folder: migrations({ '0001_one': ONE, '0002_slow': `CREATE TABLE early (id TEXT);\n${engine.slow}\nCREATE TABLE late (id TEXT);` }) };
      const child = aside(target);
      await new Promise((resolve) => child.stdout.once('data', resolve));
      await new Promise((resolve) => setTimeout(resolve, 700));
      child.kill('SIGKILL');
      assert.equal((await child.ended).signal, 'SIGKILL');
      assert.deepEqual(await tables(target), ['one', 'schema_migrations']);
      const from = Date.now();
      await migrate(target);
      assert.ok(Date.now() - from < 20_000, 'what the dead one held is free soon');
      const after = await tables(target);
      assert.ok(after.includes('early') && after.includes('late'), after.join());
    });

    test('a seed that fails leaves nothing', async () => {
      const target = { ...await engine.fresh(), folder: migrations({ '0001_one': ONE }) };
      await migrate(target);
      const file = join(target.folder, 'rows');
      writeFileSync(file, "INSERT INTO one VALUES ('b'); INSERT INTO one VALUES (1, 2, 3);");
      await assert.rejects(seed(target, file), /rows.*line 1: INSERT INTO one VALUES \(1, 2, 3\)/s);
      assert.equal((await engine.rows(target, 'SELECT * FROM one')).length, 1);
    });
  });
}
