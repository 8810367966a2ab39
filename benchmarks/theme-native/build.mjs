// Builds the theme compiler: the program for this machine, and the wasm packed as `scripts/build` packs a function.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");
const PACKAGE = "livery-bench-theme";
/** What workerd's V8 reads and this Node's does not yet: how imports are written down, nothing that runs. */
const NOT_IN_NODE = ["--disable-compact-imports"];
const run = (command, args) => execFileSync(command, args, { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });

/** `{ native, wasm }`: the paths of the program and of the module for Node. */
export function buildTheme() {
  const cargo = ["build", "--quiet", "--locked", "-p", PACKAGE];
  run("cargo", [...cargo, "--profile", "native", "--bin", PACKAGE]);
  run("cargo", [...cargo, "--release", "--lib", "--target", "wasm32-unknown-unknown"]);
  const compiled = join(ROOT, "target/wasm32-unknown-unknown/release/livery_bench_theme.wasm");
  const folder = join(ROOT, "target/bench-theme");
  const [wasm, stamp, script] = ["publish_bg.wasm", ".from", "publish.js"].map((name) => join(folder, name));
  mkdirSync(folder, { recursive: true });
  const { mtimeMs, size } = statSync(compiled);
  const print = `${mtimeMs} ${size}`;
  let packed = "";
  try {
    packed = readFileSync(stamp, "utf8");
  } catch {
    // Never packed.
  }
  if (packed !== print) {
    writeFileSync(join(folder, "package.json"), '{"type":"commonjs"}\n');
    run(process.env.WASM_BINDGEN_BIN ?? "wasm-bindgen", ["--target", "nodejs", "--out-dir", folder, "--out-name", "publish", compiled]);
    run(process.env.WASM_OPT_BIN ?? "wasm-opt", ["-Oz", "--all-features", ...NOT_IN_NODE, "--strip-debug", "--strip-producers", wasm, "-o", wasm]);
    writeFileSync(stamp, print);
  }
  return { native: join(ROOT, "target/native", PACKAGE), wasm: script };
}
