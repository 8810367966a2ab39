// A D1 server for the client in workerd, over an SQLite file in a process of its own: so only the Worker's own cost is measured, as with D1
// as a service.
import { fork } from "node:child_process";
import { createServer } from "node:http";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";

/** Starts one over `file`. Returns `{ port, queries() }`: how many round trips and statements it has served so far. */
export async function startSql(bench, file) {
  const child = fork(fileURLToPath(import.meta.url), [file], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  bench.cleanup(() => child.kill("SIGKILL"));
  const heard = () => new Promise((resolve) => child.once("message", resolve));
  const { port } = await heard();
  return {
    port,
    queries: () => {
      const answer = heard();
      child.send("queries");
      return answer;
    },
  };
}

function serve(file) {
  const database = new DatabaseSync(file, { timeout: 60_000 });
  const prepared = new Map();
  const counts = { trips: 0, statements: 0 };
  const run = ({ sql, params }) => {
    let statement = prepared.get(sql);
    if (!statement) prepared.set(sql, (statement = database.prepare(sql)));
    statement.setReturnArrays(true);
    const rows = statement.all(...(params ?? []));
    counts.statements++;
    const meta = { served_by: "bench", duration: 0, changes: 0, last_row_id: 0, changed_db: false, size_after: 0, rows_read: 0, rows_written: 0 };
    return { success: true, results: { columns: statement.columns().map(({ name }) => name), rows }, meta };
  };
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    counts.trips++;
    let answer;
    try {
      const asked = JSON.parse(text);
      const format = new URL(request.url, "http://d1").searchParams.get("resultsFormat");
      const results = [];
      database.exec("BEGIN");
      for (const each of [asked].flat()) results.push(run(each));
      database.exec("COMMIT");
      const shown = format === "ARRAY_OF_OBJECTS" ? ({ results: { columns, rows }, ...rest }) => ({ ...rest, results: rows.map((row) => Object.fromEntries(columns.map((name, n) => [name, row[n]]))) }) : (each) => each;
      answer = results.map(shown);
    } catch (fault) {
      if (database.isTransaction) database.exec("ROLLBACK");
      answer = { success: false, error: fault.message };
    }
    const body = JSON.stringify(answer);
    response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
    response.end(body);
  });
  server.keepAliveTimeout = 600_000;
  server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
  process.on("message", () => process.send(counts));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) serve(process.argv[2]);
