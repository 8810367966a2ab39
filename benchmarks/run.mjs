// Runs the rows, each against its peers, and writes the results: as a table, as JSON, as docs/benchmarks.md.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ROWS } from "../scripts/options/bench.mjs";
import { compare } from "./compare.mjs";
import { gathered, provide } from "./world/needs.mjs";
import { surroundings } from "./report/surroundings.mjs";
import { asJson, asMarkdown, asTable, fromJson, withRows } from "./report/report.mjs";

const ROUNDS = { quick: 3, full: 5 };

export async function main(options, words) {
  const measured = await Promise.all(options.rows.map(async (name) => ({ name, ...(await import(`./rows/${name}.mjs`)) })));
  provide(gathered(measured));

  const cleanups = [];
  const clean = async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => void clean().finally(() => process.exit(130)));

  const around = { ...surroundings(), command: ["./scripts/bench", ...words].join(" "), quick: options.quick };

  const rounds = options.quick ? ROUNDS.quick : ROUNDS.full;
  const sections = [];
  let failed = 0;
  for (const { name, title, run } of measured) {
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
    const recorded = withRows(existsSync(join(docs, "benchmarks.json")) ? fromJson(readFileSync(join(docs, "benchmarks.json"), "utf8")) : [], sections, ROWS);
    writeFileSync(join(docs, "benchmarks.json"), asJson(recorded));
    writeFileSync(join(docs, "benchmarks.md"), asMarkdown(recorded));
  }
  process.exit(failed ? 1 : 0);
}
