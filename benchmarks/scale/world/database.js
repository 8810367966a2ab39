// A D1 server for the client in workerd, over a Durable Object with SQLite: D1 itself is built so, and SQLite's own counts of rows
// read and written are what D1 bills.
const none = () => ({ trips: 0, statements: 0, rowsRead: 0, rowsWritten: 0 });

export class Database {
  #counts = none();

  constructor(context) {
    this.storage = context.storage;
    this.sql = context.storage.sql;
  }

  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/counts") return Response.json({ ...this.#counts, bytes: this.sql.databaseSize });
    const asked = await request.json();
    this.#counts.trips++;
    try {
      const results = this.storage.transactionSync(() => [asked].flat().map((each) => this.#run(each)));
      const objects = searchParams.get("resultsFormat") === "ARRAY_OF_OBJECTS";
      const shown = ({ columns, rows, meta }) => ({
        success: true,
        results: objects ? rows.map((row) => Object.fromEntries(columns.map((name, n) => [name, row[n]]))) : { columns, rows },
        meta,
      });
      return Response.json(results.map(shown));
    } catch (fault) {
      return Response.json({ success: false, error: fault.message });
    }
  }

  #run({ sql, params }) {
    const cursor = this.sql.exec(sql, ...(params ?? []));
    const [columns, rows] = [cursor.columnNames, [...cursor.raw()]];
    const [rows_read, rows_written] = [cursor.rowsRead, cursor.rowsWritten];
    this.#counts.statements++;
    this.#counts.rowsRead += rows_read;
    this.#counts.rowsWritten += rows_written;
    const meta = { served_by: "bench", duration: 0, changes: 0, last_row_id: 0, changed_db: rows_written > 0, size_after: 0, rows_read, rows_written };
    return { columns, rows, meta };
  }
}

export default {
  fetch: (request, { DATABASE }) => DATABASE.get(DATABASE.idFromName("one")).fetch(request),
};
