// The migration tool on D1 as wrangler runs it locally, and functions on workerd that meet a schema older than they are.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { migrate, seed } from '../../scripts/schema/index.mjs';
import { call } from '../../scripts/world/client.mjs';
import { writeConfig } from '../../scripts/world/config.mjs';
import { PASSWORD } from '../../scripts/world/demo.mjs';
import { eventually } from '../e2e/eventually.mjs';
import { freePort } from '../../scripts/world/ports.mjs';
import { wrangler, wranglerDev } from '../../scripts/world/wrangler.mjs';
import { ROOT, folder } from './stage.mjs';

const dir = folder();
/** A folder with the first migration of this checkout and the given files. */
function migrations(name, more = {}) {
  const path = join(dir, name);
  mkdirSync(path);
  cpSync(join(ROOT, 'schema/sqlite/0001_foundation.sql'), join(path, '0001_foundation.sql'));
  for (const [file, sql] of Object.entries(more)) writeFileSync(join(path, file), sql);
  return path;
}

test('D1 gets each migration once, a failing one leaves nothing, and what wrangler applied before is taken over', async () => {
  const old = migrations('old');
  // As it was done before there was a ledger.
  const config = join(dir, 'wrangler.toml');
  writeFileSync(config, `name = "x"\ncompatibility_date = "2026-10-20"\n[[d1_databases]]\nbinding = "DB"\ndatabase_name = "livery"\ndatabase_id = "00000000-0000-4000-8000-000000000001"\nmigrations_dir = ${JSON.stringify(old)}\n`);
  const persist = join(dir, 'first');
  wrangler('d1', 'migrations', 'apply', 'livery', '--local', '--persist-to', persist, '-c', config);
  const target = { kind: 'd1', persist };

  const broken = migrations('broken', { '0002_half.sql': 'CREATE TABLE half (id TEXT);\nINSERT INTO half VALUES (1, 2);\n' });
  await assert.rejects(migrate({ ...target, folder: broken }), /^Error: 0002_half\.sql, line 2: INSERT INTO half/);
  // This one fails only with the data: the rehearsal on an empty database succeeds.
  const conflict = migrations('conflict', { '0002_data.sql': "CREATE TABLE half (id TEXT);\nINSERT INTO plans VALUES ('own', 'Own', 1, 1);\n" });
  writeFileSync(join(dir, 'own'), "INSERT INTO plans VALUES ('own', 'Own', 1, 1);");
  await seed(target, join(dir, 'own'));
  await assert.rejects(migrate({ ...target, folder: conflict }), /0002_data\.sql: D1: UNIQUE constraint failed: plans\.key.*nothing was kept/);

  const said = [];
  await migrate(target, { log: (line) => said.push(line) });
  await migrate(target, { log: (line) => said.push(line) });
  assert.deepEqual(said, ['applied 0002_counters_and_live_log', 'applied 0003_people_and_access']);
});

test('a function on an older schema answers 503 schema_outdated with what to run, and works once that was done', async () => {
  const base = join(dir, 'system');
  const configs = writeConfig(ROOT, join(base, 'config'));
  const target = { kind: 'd1', persist: join(base, 'data'), config: configs[0] };
  await migrate({ ...target, folder: migrations('only-0001') });
  // The older schema had tenants; the tables of their members came later.
  const world = join(ROOT, 'schema/demo/world.sql');
  const tenants = join(dir, 'tenants.sql');
  writeFileSync(tenants, /^INSERT INTO tenants [^;]*;/m.exec(readFileSync(world, 'utf8'))[0]);
  await seed(target, tenants);
  const port = await freePort();
  const dev = wranglerDev({ configs, port, data: target.persist });
  after(() => dev.stop());
  await dev.answering('acme.localhost', ['/healthz', '/v1/auth/login', '/v1/me'], (answer) => answer.status < 500);

  const signIn = () => call(port, 'acme.localhost', 'POST', '/v1/auth/login', { agent: false, body: { email: 'owner@acme.test', password: PASSWORD } });
  for (let time = 0; time < 2; time += 1) {
    const refused = await signIn();
    assert.equal(refused.status, 503, refused.text);
    assert.deepEqual([refused.json().code, refused.json().detail, refused.headers['content-type']],
      ['schema_outdated', 'the database is at 1, this version needs 3: run ./scripts/migrate', 'application/problem+json']);
  }
  const page = await call(port, 'acme.localhost', 'GET', '/v1/edge/config');
  assert.deepEqual([page.status, page.json().code], [503, 'schema_outdated']);
  // The log arrives through wrangler, some time after the answer.
  const isTold = (lines) => lines.some((line) => line.includes('"problem":"schema_outdated"') && line.includes('the schema is at 1 and 3 is needed'));
  await eventually(() => dev.lines, isTold);

  await migrate(target);
  await seed(target, world);
  const mended = await signIn();
  assert.equal(mended.status, 200, mended.text);
  assert.ok(mended.json().access_token);
});
