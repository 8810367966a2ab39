// Builds the widget and runs its unit tests: esbuild turns each test and the TypeScript that it imports into one file for node --test.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

import "./build.mjs";

const folder = fileURLToPath(new URL("test", import.meta.url));
const tests = readdirSync(folder).filter((name) => name.endsWith(".test.mjs"));
const out = mkdtempSync(join(tmpdir(), "livery-widget-"));
try {
  await build({
    entryPoints: tests.map((name) => join(folder, name)),
    outdir: out,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
    logLevel: "warning",
  });
  const { status } = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...tests.map((name) => join(out, name))], {
    stdio: "inherit",
    env: { ...process.env, LIVERY_WIDGET_DIST: fileURLToPath(new URL("dist", import.meta.url)) },
  });
  process.exitCode ||= status ?? 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}
