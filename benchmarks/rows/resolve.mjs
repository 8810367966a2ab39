// From a host to its tenant in SQL, with different numbers of tenants. This is the look-up for a host that is neither in memory nor in the
// cache. The statement is the store's own, read from its source.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { migrate } from "../../scripts/schema/index.mjs";
import { signingKeys } from "../../scripts/world/keys.mjs";
import { startPostgres } from "../../scripts/world/postgres.mjs";

import { load } from "../load.mjs";
import { built, external, startWorkerd, worker } from "../workerd.mjs";
import { startSql } from "../world/sql.mjs";

export const title = "Resolving a host in SQL among 10 to 1,000,000 tenants";
export const needs = { functions: ["embed"], postgres: true };

const store = readFileSync(fileURLToPath(new URL("../../shared/store/src/tenancy/directory.rs", import.meta.url)), "utf8");
const TENANT_AT = /const TENANT_AT: &str = "([^"]+)";/.exec(store)[1];
const id = (column) => `'ten_01900000000070008' || ${column}`;
const count = (n) => n.toLocaleString("en");

/** Every tenant has a subdomain, every tenth a verified domain of its own. */
const hostOf = (n) => (n % 10 === 0 ? [`www.brand-${n}.example`, ""] : [`tenant-${n}.livery.test`, `tenant-${n}`]);

function fillSqlite(file, tenants) {
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA synchronous = OFF;
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${tenants - 1})
    INSERT INTO tenants (id, key, name, plan_key, created_at) SELECT ${id("printf('%015x', i)")}, 'tenant-' || i, 'Tenant ' || i, 'free', 0 FROM n;
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 10 FROM n WHERE i < ${tenants - 10})
    INSERT INTO domains (host, tenant_id, status, created_at) SELECT 'www.brand-' || i || '.example', ${id("printf('%015x', i)")}, 'verified', 0 FROM n;
    ANALYZE`);
  return database;
}

async function fillPostgres(url, tenants) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`SET row_security = off; SET synchronous_commit = off; ALTER TABLE tenants NO FORCE ROW LEVEL SECURITY; ALTER TABLE domains NO FORCE ROW LEVEL SECURITY`);
  await client.query(`INSERT INTO tenants (id, key, name, plan_key, created_at)
    SELECT ${id("lpad(to_hex(i), 15, '0')")}, 'tenant-' || i, 'Tenant ' || i, 'free', 0 FROM generate_series(0, ${tenants - 1}) i`);
  await client.query(`INSERT INTO domains (host, tenant_id, status, created_at)
    SELECT 'www.brand-' || i || '.example', ${id("lpad(to_hex(i), 15, '0')")}, 'verified', 0 FROM generate_series(0, ${tenants - 1}, 10) i`);
  await client.query("ANALYZE tenants, domains");
  return client;
}

export async function run(bench) {
  const sizes = bench.quick ? [10, 1_000, 100_000] : [10, 1_000, 100_000, 1_000_000];
  const folder = bench.temporary();
  const sides = { sqlite: {}, postgres: {} };
  const some = (tenants, seed) => Math.floor(((Math.sin(seed) + 1) / 2) * (tenants - 1));
  for (const tenants of sizes) {
    const file = join(folder, `${tenants}.db`);
    await migrate({ kind: "sqlite", file });
    const database = fillSqlite(file, tenants);
    const statement = database.prepare(TENANT_AT);
    bench.cleanup(() => database.close());
    sides.sqlite[tenants] = async () => {
      const asked = bench.quick ? 5_000 : 30_000;
      const from = process.cpuUsage();
      for (let n = 0; n < asked; n++) {
        const found = statement.get(...hostOf(some(tenants, n)));
        if (!found) throw new Error(`nobody at ${hostOf(some(tenants, n))}`);
      }
      const used = process.cpuUsage(from);
      return (used.user + used.system) / asked;
    };
  }
  const cluster = await startPostgres({ dir: join(folder, "postgres") });
  bench.cleanup(() => cluster.stop());
  const owner = new pg.Client({ connectionString: cluster.ownerUrl });
  await owner.connect();
  for (const tenants of sizes) {
    await owner.query(`CREATE DATABASE bench_${tenants}`);
    const url = cluster.ownerUrl.replace(/\/livery$/, `/bench_${tenants}`);
    await migrate({ kind: "postgres", url, appPassword: cluster.appPassword });
    const client = await fillPostgres(url, tenants);
    bench.cleanup(() => client.end());
    const text = TENANT_AT.replace(/\?(\d)/g, "$$$1");
    sides.postgres[tenants] = async () => {
      const asked = bench.quick ? 1_000 : 5_000;
      const from = performance.now();
      for (let n = 0; n < asked; n++) {
        const { rows } = await client.query({ name: "tenant_at", text, values: hostOf(some(tenants, n)) });
        if (rows.length !== 1) throw new Error(`nobody at ${hostOf(some(tenants, n))}`);
      }
      return ((performance.now() - from) * 1000) / asked;
    };
  }
  await owner.end();
  await throughTheFunction(bench, folder, sizes, some);
  const units = { sqlite: "µs of CPU", postgres: "µs, wall clock" };
  for (const [engine, each] of Object.entries(sides)) {
    for (const tenants of sizes.slice(1)) {
      const [many, few] = [`${count(tenants)} tenants`, "10 tenants"];
      await each[tenants]();
      // An index of ten keys is one page, one of a million three or four, and no longer in the processor's own cache.
      await bench.compare({ row: `the statement on ${engine}, ${many}`, unit: units[engine], better: "lower", sides: { [many]: each[tenants], [few]: each[10] } });
    }
  }
}

/**
 * A whole request that starts with its host: a page requests a session where nothing is published yet. The answer is the one for an unknown
 * host, but the SQL is not: after the tenant of the host, its public face is read.
 */
async function throughTheFunction(bench, folder, sizes, some) {
  const modules = built(fileURLToPath(new URL("../../functions/embed/build", import.meta.url)));
  const bindings = { DB: { d1: "sql" }, LIVERY_DATABASE: { text: "d1" }, LIVERY_PLATFORM_HOST: { text: "livery.test" }, LIVERY_SIGNING_KEYS: { text: signingKeys(folder) } };
  const sides = {};
  for (const tenants of sizes) {
    const sql = await startSql(bench, join(folder, `${tenants}.db`));
    const embed = await startWorkerd(bench, { services: { main: worker({ modules, bindings }), sql: external(sql.port) }, main: "main" });
    const statements = async (host) => {
      const before = await sql.queries();
      const request = () => ({ path: "/v1/embed/sessions", method: "POST", headers: { host, origin: "https://shop.example", "content-type": "application/json" }, body: "{}", expect: 404 });
      await load({ port: embed.port, connections: 1, count: 1, request });
      return (await sql.queries()).statements - before.statements;
    };
    // The first request of an isolate reads the schema's number too.
    await statements("nobody.example");
    for (const n of [0, 1]) if ((await statements(hostOf(n)[0])) <= (await statements("nobody.example"))) throw new Error(`nobody at ${hostOf(n)[0]}`);
    sides[tenants] = async () => {
      const request = (n) => ({ path: "/v1/embed/sessions", method: "POST", headers: { host: hostOf(some(tenants, n))[0], origin: "https://elsewhere.example", "content-type": "application/json" }, body: "{}", expect: 404 });
      const { seconds, count: asked } = await load({ port: embed.port, connections: 1, count: bench.quick ? 300 : 2_000, request });
      return (seconds * 1e6) / asked;
    };
    await sides[tenants]();
  }
  for (const tenants of sizes.slice(1)) {
    const [many, few] = [`${count(tenants)} tenants`, "10 tenants"];
    await bench.compare({ row: `a request, ${many}`, unit: "µs, wall clock", better: "lower", sides: { [many]: sides[tenants], [few]: sides[10] }, goals: { [few]: 0.9 } });
  }
}
