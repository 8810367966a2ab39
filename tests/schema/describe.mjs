// A schema as plain values, the same for SQLite and Postgres where the tables mean the same.

/** The types that the schema is written in, by SQLite's name. */
const TYPES = { INTEGER: 'bigint', TEXT: 'text' };
/** Postgres' codes for what happens to rows that refer to a deleted row. */
const ACTIONS = { a: 'NO ACTION', r: 'RESTRICT', c: 'CASCADE', n: 'SET NULL', d: 'SET DEFAULT' };

/** An expression without the additions of either engine: casts, brackets, spaces, its spelling of IN. */
const plain = (expression) => expression
  .replace(/::\w+(\[\])?/g, '')
  .replace(/=\s*ANY\s*\(+ARRAY\[(.*?)\]\)+/gs, 'IN $1')
  .replace(/[\s()]+/g, ' ').replace(/ ?, ?/g, ',').trim().toLowerCase();

const byText = (list) => list.map((item) => JSON.stringify(item)).sort().map((text) => JSON.parse(text));

/** The expressions of all CHECKs in a CREATE TABLE. */
function checksIn(sql) {
  return sql.split(/\bCHECK\s*(?=\()/i).slice(1).map((rest) => {
    let depth = 0;
    const end = [...rest].findIndex((letter) => {
      if (letter === '(') depth += 1;
      if (letter === ')') depth -= 1;
      return depth === 0;
    });
    return plain(rest.slice(1, end));
  });
}

export function describeSqlite(database) {
  const all = (sql, ...params) => database.prepare(sql).all(...params);
  const tables = all("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");
  return Object.fromEntries(tables.map(({ name, sql }) => {
    const columns = all('SELECT * FROM pragma_table_xinfo(?)', name);
    const keys = all('SELECT * FROM pragma_index_list(?)', name).map((index) => ({
      ...index,
      columns: all('SELECT name FROM pragma_index_info(?)', index.name).map((column) => column.name),
      where: /\bWHERE\b(.*)$/is.exec(all('SELECT sql FROM sqlite_schema WHERE name = ?', index.name)[0]?.sql ?? '')?.[1],
    }));
    const foreign = Map.groupBy(all('SELECT * FROM pragma_foreign_key_list(?) ORDER BY id, seq', name), (row) => row.id);
    return [name, {
      // SQLite accepts NULL in a TEXT PRIMARY KEY, Postgres does not; no statement writes one.
      columns: columns.map((column) => ({
        name: column.name, type: TYPES[column.type], nullable: column.notnull === 0 && column.pk === 0, default: column.dflt_value,
      })),
      primary: columns.filter((column) => column.pk > 0).sort((a, b) => a.pk - b.pk).map((column) => column.name),
      unique: byText(keys.filter((key) => key.origin === 'u').map((key) => key.columns)),
      foreign: byText([...foreign.values()].map((rows) => ({
        columns: rows.map((row) => row.from), table: rows[0].table, refers: rows.map((row) => row.to),
        onDelete: rows[0].on_delete, onUpdate: rows[0].on_update,
      }))),
      checks: checksIn(sql).sort(),
      indexes: byText(keys.filter((key) => key.origin === 'c').map((key) => ({
        name: key.name, unique: key.unique === 1, columns: key.columns, where: key.where === undefined ? null : plain(key.where),
      }))),
    }];
  }));
}

export async function describePostgres(client) {
  const all = async (sql) => (await client.query(sql)).rows;
  const names = await all("SELECT c.oid, c.relname AS name FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname COLLATE \"C\"");
  const columns = await all(`
    SELECT a.attrelid AS of, a.attnum, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable,
        pg_get_expr(d.adbin, d.adrelid) AS "default"
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`);
  const constraints = await all('SELECT conrelid AS of, contype, conkey, confkey, confrelid, confdeltype, confupdtype, pg_get_expr(conbin, conrelid) AS expression FROM pg_constraint');
  const indexes = await all(`
    SELECT i.indrelid AS of, c.relname AS name, i.indisunique AS unique, i.indkey::int2[] AS columns, pg_get_expr(i.indpred, i.indrelid) AS "where"
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u'))`);
  const named = (of, numbers) => numbers.map((number) => columns.find((column) => column.of === of && column.attnum === number).name);
  return Object.fromEntries(names.map(({ oid, name }) => {
    const its = (type) => constraints.filter((constraint) => constraint.of === oid && constraint.contype === type);
    return [name, {
      columns: columns.filter((column) => column.of === oid).map((column) => ({
        name: column.name, type: column.type, nullable: column.nullable, default: column.default === null ? null : plain(column.default),
      })),
      primary: its('p').flatMap((key) => named(oid, key.conkey)),
      unique: byText(its('u').map((key) => named(oid, key.conkey))),
      foreign: byText(its('f').map((key) => ({
        columns: named(oid, key.conkey), table: names.find((table) => table.oid === key.confrelid).name, refers: named(key.confrelid, key.confkey),
        onDelete: ACTIONS[key.confdeltype], onUpdate: ACTIONS[key.confupdtype],
      }))),
      checks: its('c').map((check) => plain(check.expression)).sort(),
      indexes: byText(indexes.filter((index) => index.of === oid).map((index) => ({
        name: index.name, unique: index.unique, columns: named(oid, index.columns), where: index.where === null ? null : plain(index.where),
      }))),
    }];
  }));
}
