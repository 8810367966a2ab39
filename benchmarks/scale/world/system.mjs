// The whole system in one workerd, as it is deployed, with a key-value store and a database that count their calls.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { request } from "undici";
import { createLedger } from "../../../scripts/schema/ledger.mjs";
import { folderOf, migrationsIn } from "../../../scripts/schema/files.mjs";
import { statementsOf } from "../../../scripts/schema/statements.mjs";
import { signingKeys } from "../../../scripts/world/keys.mjs";
import { built, external, startWorkerd, worker } from "../../workerd.mjs";
import { startCountingStore } from "./store.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const modulesOf = (name) => built(here(`../../../functions/${name}/build`));
const json = async (port, path, body) => {
  const method = body === undefined ? "GET" : "POST";
  const answer = await request(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
  if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${await answer.body.text()}`);
  return answer.body.json();
};

/** What is kept over a restart of the functions: store, database, keys. */
export async function startWorld(bench) {
  const folder = bench.temporary();
  const store = await startCountingStore(bench);
  const database = await startWorkerd(bench, {
    services: {
      database: worker({
        modules: [{ name: "database.js", esModule: here("database.js") }],
        bindings: { DATABASE: { object: { className: "Database" } } },
        classes: ["Database"],
        storage: bench.temporary(),
      }),
    },
    main: "database",
  });
  const sql = async (...statements) => {
    const answer = await json(database.port, "/query", statements.map((each) => (typeof each === "string" ? { sql: each } : each)));
    if (!Array.isArray(answer)) throw new Error(answer.error);
    return answer.map(({ results: { columns, rows } }) => rows.map((row) => Object.fromEntries(columns.map((name, n) => [name, row[n]]))));
  };
  await sql(createLedger("INTEGER"));
  for (const { number, name, checksum, sql: text } of migrationsIn(folderOf("sqlite"))) {
    await sql(...statementsOf(text).map((each) => each.sql), { sql: "INSERT INTO schema_migrations VALUES (?1, ?2, ?3, ?4)", params: [number, name, checksum, Date.now()] });
  }
  await sql(...statementsOf(readFileSync(here("../../../schema/demo/world.sql"), "utf8")).map((each) => each.sql));
  return { store, sql, keys: signingKeys(folder), database: { port: database.port, counts: () => json(database.port, "/counts") } };
}

/** Starts the functions with these. Returns workerd's handle and `counts()`: all counts so far. */
export async function startSystem(bench, world, { recorded = false } = {}) {
  const vars = {
    LIVERY_DATABASE: { text: "d1" },
    LIVERY_ENVIRONMENT: { text: "development" },
    LIVERY_PLATFORM_HOST: { text: "localhost" },
    LIVERY_SIGNING_KEYS: { text: world.keys },
  };
  const [DB, CACHE] = [{ d1: "sql" }, { kv: "store" }];
  const object = (className) => ({ object: { className, service: "objects" } });
  const [QUOTA_COUNTER, TENANT_HUB] = [object("QuotaCounter"), object("TenantHub")];
  const service = (name) => ({ service: name });
  const functionOf = (name, bindings) => worker({ modules: modulesOf(name), bindings: { ...vars, DB, ...bindings } });
  const behind = ["embed", "live", "auth", "admin", "theme"];
  const services = {
    edge: functionOf("edge", { CACHE, TENANT_HUB, ...Object.fromEntries(behind.map((name) => [name.toUpperCase(), service(name)])) }),
    embed: functionOf("embed", { QUOTA_COUNTER, TENANT_HUB }),
    live: functionOf("live", { TENANT_HUB }),
    auth: functionOf("auth", {}),
    admin: functionOf("admin", { CACHE, QUOTA_COUNTER, TENANT_HUB }),
    theme: functionOf("theme", { CACHE, TENANT_HUB }),
    objects: worker({
      modules: [{ name: "objects.js", esModule: here("objects.js") }, ...modulesOf("objects")],
      classes: ["QuotaCounter", "TenantHub"],
      storage: bench.temporary(),
    }),
    empty: worker({ modules: [{ name: "empty.js", esModule: here("../../peers/edge/empty.js") }] }),
    store: external(world.store.port),
    sql: external(world.database.port),
  };
  if (recorded) services.front = worker({ modules: [{ name: "front.js", esModule: here("front.js") }], bindings: { EDGE: service("edge") } });
  const running = await startWorkerd(bench, { services, main: recorded ? "front" : "edge", also: ["objects", "empty"] });
  const counts = async () => {
    const [objects, sql, kv] = [await json(running.ports.objects, "/"), await world.database.counts(), world.store.counts()];
    return {
      kv_reads: kv.reads,
      kv_writes: kv.writes,
      object_requests: objects.requests,
      object_rows_read: objects.rowsRead,
      object_rows_written: objects.rowsWritten,
      frames_out: objects.sent,
      sql_trips: sql.trips,
      sql_statements: sql.statements,
      sql_rows_read: sql.rowsRead,
      sql_rows_written: sql.rowsWritten,
    };
  };
  return { ...running, counts };
}
