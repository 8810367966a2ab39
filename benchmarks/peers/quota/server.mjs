// Quotas in a Node server: an upsert per request, in SQLite or in Postgres. `GET /{tenant}/{limit}/1/{id}`, 200 with 1
// where a unit was granted, 0 else. Tells its parent the port.
import { createServer } from "node:http";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";

const month = () => new Date().toISOString().slice(0, 7);

const TABLES = `
  CREATE TABLE IF NOT EXISTS counters (tenant TEXT NOT NULL, month TEXT NOT NULL, used BIGINT NOT NULL, PRIMARY KEY (tenant, month));
  CREATE TABLE IF NOT EXISTS reservations (
    tenant TEXT NOT NULL, month TEXT NOT NULL, id TEXT NOT NULL, made_at BIGINT NOT NULL, PRIMARY KEY (tenant, month, id))`;

function sqlite(path) {
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${TABLES}`);
  const begin = database.prepare("BEGIN IMMEDIATE");
  const commit = database.prepare("COMMIT");
  const rollback = database.prepare("ROLLBACK");
  const hold = database.prepare("INSERT INTO reservations (tenant, month, id, made_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
  const count = database.prepare(`
    INSERT INTO counters (tenant, month, used) VALUES (?, ?, 1)
    ON CONFLICT (tenant, month) DO UPDATE SET used = used + 1 WHERE used < ? RETURNING used`);
  return (tenant, limit, id) => {
    const now = month();
    begin.run();
    const held = hold.run(tenant, now, id, Date.now()).changes > 0;
    if (held && count.get(tenant, now, limit)) {
      commit.run();
      return true;
    }
    rollback.run();
    return false;
  };
}

async function postgres(url) {
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  await pool.query(TABLES);
  // One round trip: the unit is counted and reserved, or neither.
  const text = `
    WITH counted AS (
      INSERT INTO counters (tenant, month, used)
      SELECT $1, $2, 1 WHERE NOT EXISTS (SELECT 1 FROM reservations WHERE tenant = $1 AND month = $2 AND id = $4)
      ON CONFLICT (tenant, month) DO UPDATE SET used = counters.used + 1 WHERE counters.used < $3
      RETURNING used)
    INSERT INTO reservations (tenant, month, id, made_at) SELECT $1, $2, $4, $5 FROM counted RETURNING 1`;
  return async (tenant, limit, id) => {
    try {
      const { rowCount } = await pool.query({ name: "reserve", text, values: [tenant, month(), limit, id, Date.now()] });
      return rowCount > 0;
    } catch (fault) {
      // The same id at the same moment: the other request has the unit, and this one is rolled back.
      if (fault.code === "23505") return false;
      throw fault;
    }
  };
}

const [kind, where] = process.argv.slice(2);
const reserve = await { sqlite, postgres }[kind](where);
const server = createServer(async (request, response) => {
  const [, tenant, limit, , id] = request.url.split("/");
  try {
    response.end((await reserve(tenant, Number(limit), id)) ? "1" : "0");
  } catch (fault) {
    response.writeHead(500).end(fault.message);
  }
});
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
