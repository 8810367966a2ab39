// scripts/operator as a command, on SQLite, Postgres and the D1 of wrangler.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { change, migrate, seed } from '../../scripts/schema/index.mjs';
import { sql } from '../../scripts/schema/sql.mjs';
import { ROOT, folder, postgres } from './stage.mjs';

const dir = folder();
const stage = await postgres();

function run(args, env = {}) {
  const done = spawnSync(join(ROOT, 'scripts/operator'), args, { cwd: dir, encoding: 'utf8', env: { ...process.env, ...env } });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

const people = join(dir, 'people.sql');
writeFileSync(people, `
  INSERT INTO users (id, email, name, password_hash, created_at) VALUES
    ('usr_ada', 'ada@acme.test', 'Ada', 'none', 1), ('usr_bo', 'bo''s@acme.test', 'Bo', 'none', 1);`);

const { target: onPostgres } = await stage.database();
const owner = join(dir, 'owner-url');
writeFileSync(owner, `${onPostgres.url}\n`, { mode: 0o600 });

/** A database with two people, the command's options for it, and a function by which a test reads it. */
const DATABASES = {
  SQLite: { target: { kind: 'sqlite', file: join(dir, 'people.db') }, args: ['--sqlite', 'people.db'] },
  Postgres: { target: onPostgres, args: ['--postgres-url-file', 'owner-url'] },
};

for (const [engine, { target, args }] of Object.entries(DATABASES)) {
  test(`${engine}: a person with an account becomes an operator, is listed, and is none after that`, async () => {
    await migrate(target);
    await seed(target, people);
    const operator = (...words) => {
      const done = run([...words, ...args]);
      assert.deepEqual([done.code, done.err], [0, ''], done.err);
      return done.out;
    };
    assert.equal(operator('list'), 'there is no operator\n');
    assert.equal(operator('add', ' Ada@Acme.test'), ' Ada@Acme.test (usr_ada) is now an operator\n');
    assert.equal(operator('add', 'ada@acme.test'), 'ada@acme.test (usr_ada) is already an operator\n');
    assert.equal(operator('add', "bo's@acme.test"), "bo's@acme.test (usr_bo) is now an operator\n");
    assert.match(operator('list'), /^ada@acme\.test {2}usr_ada {2}since 20\d\d-\S+\nbo's@acme\.test {2}usr_bo {2}since \S+\n$/);

    const far = Date.now() + 86_400_000;
    const session = (id, user, kind) => sql`
      INSERT INTO sessions (id, user_id, kind, created_at, seen_at, expires_at) VALUES (${id}, ${user}, ${kind}, 1, 1, ${far})`;
    await change(target, session('ses_1', 'usr_ada', 'operator'), session('ses_2', 'usr_ada', 'api'), session('ses_3', 'usr_bo', 'operator'));
    assert.equal(operator('remove', 'ada@acme.test'), 'ada@acme.test (usr_ada) is no longer an operator\n');
    assert.equal(operator('remove', 'ada@acme.test'), 'ada@acme.test (usr_ada) is not an operator\n');
    assert.match(operator('list'), /^bo's@acme\.test {2}usr_bo {2}since \S+\n$/);
    const [ended] = await change(target, sql`SELECT id, ended_why FROM sessions WHERE ended_at IS NOT NULL`);
    assert.deepEqual(ended.map((row) => ({ ...row })), [{ id: 'ses_1', ended_why: 'operator_removed' }]);
  });

  test(`${engine}: an unknown address is refused with a message, and text that looks like SQL is an address`, async () => {
    for (const email of ["nobody@acme.test' OR '1'='1", "x'; DELETE FROM users; --"]) {
      for (const verb of ['add', 'remove']) {
        const done = run([verb, email, ...args]);
        assert.deepEqual([done.code, done.out], [1, '']);
        assert.match(done.err, /^nobody has the address .*: register it, or accept an invitation/);
        assert.doesNotMatch(done.err, /\n\s+at /, 'no stack');
      }
    }
    const [[{ n }]] = await change(target, sql`SELECT COUNT(*) AS n FROM users`);
    assert.equal(Number(n), 2);
  });
}

test('D1: values reach it as values, in a folder that is named from where one stands', async () => {
  const target = { kind: 'd1', persist: join(dir, 'd1') };
  await migrate(target);
  await seed(target, people);
  assert.match(run(['add', "nobody@acme.test' OR '1'='1", '--d1-local', 'd1']).err, /^nobody has the address/);
  assert.equal(run(['add', "bo's@acme.test", '--d1-local', 'd1']).out, "bo's@acme.test (usr_bo) is now an operator\n");
  assert.match(run(['list', '--d1-local', 'd1']).out, /^bo's@acme\.test {2}usr_bo {2}since 20\d\d-\S+\n$/);
});

test('what is misspelt is told, with 2', () => {
  for (const [args, why] of [
    [[], /say add, remove or list/], [['make', 'a@b.test', '--sqlite', 'people.db'], /make is none of add, remove, list/],
    [['add', '--sqlite', 'people.db'], /add needs one e-mail address/], [['add', 'a@b.test', 'b@b.test', '--sqlite', 'people.db'], /add needs one/],
    [['list', 'a@b.test', '--sqlite', 'people.db'], /list takes no e-mail address/], [['list'], /name a target/], [['list', '--mysql'], /--mysql/],
  ]) {
    const done = run(args);
    assert.equal(done.code, 2, `${args}: ${done.err}`);
    assert.match(done.err, why);
    assert.match(done.err, /see \.\/scripts\/operator --help/);
  }
  assert.equal(run(['--help']).code, 0);
});

test('a database that is not up to date is not written to, and none is made', () => {
  const done = run(['add', 'ada@acme.test', '--sqlite', 'fresh.db']);
  assert.deepEqual([done.code, done.err], [1, '0001_foundation is not applied: run ./scripts/migrate first\n']);
  assert.match(run(['list', '--sqlite', 'fresh.db']).err, /0001_foundation is not applied/);
});
