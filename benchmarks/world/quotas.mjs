// The counters that are compared: Livery's, the same object in JavaScript, and upserts behind a Node server.
import { execFileSync, fork } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startPostgres } from "../../scripts/world/postgres.mjs";
import { cpuOf } from "../process.mjs";
import { built, startWorkerd, worker } from "../workerd.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const CRATE = here("../quota-worker");

/** Builds the Worker that only reserves units, unless it is built from the same wasm already. */
function buildWorker() {
  const run = (command, args, cwd) => execFileSync(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  run("cargo", ["build", "--release", "--locked", "--target", "wasm32-unknown-unknown", "-p", "livery-bench-quota-worker"], here("../.."));
  const target = process.env.CARGO_TARGET_DIR ?? here("../../target");
  const print = createHash("sha256").update(readFileSync(join(target, "wasm32-unknown-unknown/release/livery_bench_quota_worker.wasm"))).digest("hex");
  const stamp = join(CRATE, "build/.from");
  const isBuilt = existsSync(stamp) && readFileSync(stamp, "utf8") === print;
  if (!isBuilt) run("worker-build", ["--release"], CRATE);
  // As `scripts/build` packs every function.
  copyFileSync(here("../../shared/platform-workers/src/entry.js"), join(CRATE, "build/entry.js"));
  writeFileSync(stamp, print);
}

/** Livery's own object behind that Worker. Its first path segment is `with` or `without`, for leases. */
export async function startLivery(bench) {
  buildWorker();
  const bindings = {
    QUOTA_COUNTER: { object: { className: "QuotaCounter", service: "objects" } },
    LIVERY_DATABASE: { text: "d1" },
    LIVERY_PLATFORM_HOST: { text: "livery.test" },
  };
  const services = {
    main: worker({ modules: built(join(CRATE, "build")), bindings }),
    objects: worker({ modules: built(here("../../functions/objects/build")), classes: ["QuotaCounter"], storage: bench.temporary() }),
  };
  return startWorkerd(bench, { services, main: "main" });
}

/** The object in JavaScript. The first path segment is `rpc`, `fetch`, or `nothing` for the limit. */
export function startJavaScript(bench) {
  const modules = ["worker.js", "object.js"].map((name) => ({ name, esModule: here(`../peers/quota/${name}`) }));
  const main = worker({ modules, bindings: { QUOTA_COUNTER: { object: { className: "QuotaCounter" } } }, classes: ["QuotaCounter"], storage: bench.temporary() });
  return startWorkerd(bench, { services: { main }, main: "main" });
}

/** A Node server with an upsert per request: `kind` is `sqlite`, whose `where` is a path, or `postgres`, a URL. */
async function startServer(bench, kind, where) {
  const child = fork(here("../peers/quota/server.mjs"), [kind, where], { silent: true });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  bench.cleanup(stop);
  const { port } = await Promise.race([
    new Promise((resolve) => child.once("message", resolve)),
    ended.then((code) => Promise.reject(new Error(`the server over ${kind} ended with ${code}`))),
  ]);
  return { port, pid: child.pid, cpu: () => cpuOf(child.pid), stop };
}

export const startSqlite = (bench) => startServer(bench, "sqlite", join(bench.temporary(), "quota.sqlite"));

/** Its CPU time is the server's and that of every process of the cluster. */
export async function startOverPostgres(bench) {
  const dir = bench.temporary();
  const postgres = await startPostgres({ dir });
  bench.cleanup(() => postgres.stop());
  const server = await startServer(bench, "postgres", postgres.ownerUrl);
  const postmaster = Number(readFileSync(join(dir, "cluster/postgres/postmaster.pid"), "utf8").split("\n")[0]);
  return { ...server, cpu: () => [server.pid, postmaster, ...childrenOf(postmaster)].reduce((sum, pid) => sum + cpuOf(pid), 0) };
}

function childrenOf(parent) {
  const parentOf = (pid) => {
    try {
      return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]);
    } catch {
      return 0;
    }
  };
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => parentOf(pid) === parent);
}
