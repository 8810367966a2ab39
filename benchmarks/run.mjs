// Runs the rows, each against its peers, and says what came out: as a table, as JSON, as docs/benchmarks.md.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compare } from "./compare.mjs";
import { surroundings } from "./report/surroundings.mjs";
import { asJson, asMarkdown, asTable, fromJson, withRows } from "./report/report.mjs";

const ROUNDS = { quick: 3, full: 5 };
/** The order of the report. */
const NAMES = ["stylesheet", "tenants", "resolve", "cold", "quota", "live", "theme", "api", "spin"];

const folder = fileURLToPath(new URL("rows", import.meta.url));
const here = readdirSync(folder).map((name) => name.replace(/\.mjs$/, ""));
const names = [...NAMES.filter((name) => here.includes(name)), ...here.filter((name) => !NAMES.includes(name))];

let options;
try {
  options = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string", multiple: true },
      json: { type: "string" },
      record: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  }).values;
} catch (fault) {
  console.error(fault.message);
  process.exit(2);
}
if (options.help) {
  console.log(`usage: ./scripts/bench [--quick] [--only NAME]… [--json FILE] [--record]
  --quick    three short rounds: for a look, not for a claim
  --only     one row of: ${names.join(", ")}
  --json     writes the rows as JSON
  --record   puts the rows into docs/benchmarks.md and docs/benchmarks.json, in the place of what they were`);
  process.exit(0);
}
const unknown = (options.only ?? []).find((name) => !names.includes(name));
if (unknown) {
  console.error(`unknown row: ${unknown}; there are ${names.join(", ")}`);
  process.exit(2);
}
if (options.record && options.quick) {
  console.error("--record is for figures to quote, --quick for a look");
  process.exit(2);
}

const cleanups = [];
const clean = async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
};
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => void clean().finally(() => process.exit(130)));

const around = { ...surroundings(), command: ["./scripts/bench", ...process.argv.slice(2)].join(" "), quick: options.quick };

const rounds = options.quick ? ROUNDS.quick : ROUNDS.full;
const sections = [];
let failed = 0;
for (const name of options.only ?? names) {
  const { title, run } = await import(`./rows/${name}.mjs`);
  const section = { name, title, ...around, rows: [], notes: [] };
  sections.push(section);
  console.log(`\n▸ ${title}`);
  const bench = {
    quick: options.quick,
    rounds,
    note: (text) => (section.notes.push(text), console.log("  " + text)),
    cleanup: (end) => void cleanups.push(end),
    temporary: () => {
      const path = mkdtempSync(join(tmpdir(), "livery-bench-"));
      cleanups.push(() => rmSync(path, { recursive: true, force: true }));
      return path;
    },
    compare: async (what) => {
      const rows = await compare(what, rounds, (text) => process.env.LIVERY_BENCH_VERBOSE && console.log("    " + text));
      section.rows.push(...rows);
      console.log(asTable(rows));
      return rows;
    },
  };
  try {
    await run(bench);
  } catch (fault) {
    failed++;
    section.failed = fault.message;
    console.error(`  failed: ${fault.stack}`);
  } finally {
    await clean();
  }
  if (options.json) writeFileSync(options.json, asJson(sections));
}

if (options.record) {
  const docs = fileURLToPath(new URL("../docs/", import.meta.url));
  const recorded = withRows(existsSync(join(docs, "benchmarks.json")) ? fromJson(readFileSync(join(docs, "benchmarks.json"), "utf8")) : [], sections, names);
  writeFileSync(join(docs, "benchmarks.json"), asJson(recorded));
  writeFileSync(join(docs, "benchmarks.md"), asMarkdown(recorded));
}
process.exit(failed ? 1 : 0);
