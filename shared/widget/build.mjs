// Bundles the widget into dist/. The loader is what every visitor's page pays for, so its size is a build error, not a wish.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const LOADER_BUDGET = 3072;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Cargo builds the edge anew for a file that is newer, the same bytes or not. */
const keep = (path, bytes) => (existsSync(path) && readFileSync(path).equals(bytes)) || writeFileSync(path, bytes);

const outputs = [
  { name: "loader.js", entry: "src/loader/loader.ts", budget: LOADER_BUDGET },
  { name: "embed.js", entry: "src/embed/embed.ts" },
  { name: "base.css", entry: "src/embed/base.css" },
];

mkdirSync(here("dist"), { recursive: true });
let failed = false;

for (const { name, entry, budget } of outputs) {
  const result = await build({
    absWorkingDir: here("."),
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: ["es2020", "chrome94", "firefox93", "safari15"],
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
  });
  const bytes = result.outputFiles[0].contents;
  const path = here(`dist/${name}`);
  keep(path, bytes);
  // The name that the edge serves it under; computed here, since an instance of the edge may live for one request.
  keep(`${path}.hash`, Buffer.from(createHash("sha256").update(bytes).digest("base64url")));
  const gzip = gzipSync(bytes, { level: 9 }).length;
  const over = budget !== undefined && gzip > budget;
  failed ||= over;
  const limit = budget === undefined ? "" : ` of ${budget}`;
  console.log(`${name.padEnd(10)} ${String(bytes.length).padStart(6)} B raw  ${String(gzip).padStart(6)} B gzip${limit}${over ? "  OVER BUDGET" : ""}`);
}

process.exitCode = failed ? 1 : 0;
