// Builds the widget and runs its tests. Unit tests: esbuild turns each, and the TypeScript that it imports, into one file for
// node --test. With --browser also those in test/browser, which run the built files in Chromium against a mock of the tenant's origin.
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
  if (process.argv.includes("--browser")) {
    const shown = join(folder, "browser");
    const files = readdirSync(shown).filter((name) => name.endsWith(".test.mjs"));
    const run = spawnSync(process.execPath, ["--test", ...files.map((name) => join(shown, name))], { stdio: "inherit" });
    process.exitCode ||= run.status ?? 1;
  }
} finally {
  rmSync(out, { recursive: true, force: true });
}
