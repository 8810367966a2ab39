// On Spin: the stylesheet and a read through the API, compared with the smallest component that answers the same.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { ON_SPIN } from "../../scripts/functions/names.mjs";
import { call } from "../../scripts/world/client.mjs";
import { publishBrands, signIn } from "../../scripts/world/demo.mjs";
import { freePort } from "../../scripts/world/ports.mjs";
import { spinUp } from "../../scripts/world/spin.mjs";
import { startSystem } from "../../scripts/world/system.mjs";
import { load } from "../load.mjs";
import { cpuOf } from "../process.mjs";

export const title = "Spin: a stylesheet and a read through the API, per second and per CPU second";
/** The application starts with every component of its manifest. */
export const needs = { components: ON_SPIN };

const ROOT = join(import.meta.dirname, "../..");
const HOST = "acme.localhost";
const TENANT = "ten_019a0000000070008000000000000001";
const SMALLEST = join(import.meta.dirname, "../spin-smallest/spin.toml");
/** How often one instance is used: Spin's default, and once per request. */
const REUSE = { "instances reused": 128, "an instance per request": 1 };

/** The headers that both sides must have in common: not the request id, nor those of the runtime. */
const head = ({ "x-request-id": _, date, connection, "keep-alive": alive, "transfer-encoding": encoding, vary, ...rest }) => rest;

export async function run(bench) {
  execFileSync("cargo", ["build", "--quiet", "--release", "--locked", "-p", "livery-bench-spin-smallest", "--target", "wasm32-wasip2"], { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
  for (const [how, times] of Object.entries(REUSE)) await measured(bench, how, times);
}

async function measured(bench, how, times) {
  const dir = bench.temporary();
  const options = ["--max-instance-reuse-count", String(times)];
  const port = await freePort();
  const system = await startSystem({ on: "spin-sqlite", port, dir, seeds: [join(ROOT, "schema/demo/world.sql")], log: () => {}, config: { spinOptions: options } });
  bench.cleanup(system.kill);
  await publishBrands(port);
  const { stylesheet } = (await call(port, HOST, "GET", "/v1/edge/config")).json();
  // A reader before the copy: both sides then find in key-value what Livery has written there.
  assert.equal((await call(port, HOST, "GET", stylesheet)).status, 200);
  const auth = await signIn(port, "acme");

  // A host of its own over a copy of the same data, so that each one's CPU time is its own.
  const copy = bench.temporary();
  cpSync(join(dir, "spin"), copy, { recursive: true });
  const smallPort = await freePort();
  const smallest = spinUp({ manifest: SMALLEST, port: smallPort, stateDir: copy, options: [...options, "--quiet"], log: () => {} });
  bench.cleanup(smallest.kill);
  await smallest.answering(HOST, ["/constant"], ({ status }) => status === 200);

  const sides = (path, query, more = {}) => ({
    livery: { port, pid: system.pid, request: { path, headers: { host: `${HOST}:${port}`, ...more } } },
    "smallest component": { port: smallPort, pid: smallest.pid, request: { path: `${path}?${query}`, headers: { host: `${HOST}:${smallPort}`, ...more } } },
    "a constant": { port: smallPort, pid: smallest.pid, request: { path: "/constant", headers: { host: `${HOST}:${smallPort}` } } },
  });
  const reads = {
    stylesheet: sides(stylesheet, `tenant=${TENANT}&host=${HOST}`),
    "read through the API": sides("/v1/embed-policy", "tenant=acme", auth),
  };
  bench.note(`${how}: ${system.runtime}, up to ${times} requests to an instance`);
  for (const [what, both] of Object.entries(reads)) {
    const answers = [];
    for (const side of Object.values(both).slice(0, 2)) answers.push(await call(side.port, HOST, "GET", side.request.path, { headers: side.request.headers }));
    const [ours, theirs] = answers;
    assert.deepEqual([ours.status, ours.text, head(ours.headers)], [200, theirs.text, head(theirs.headers)], what);
    // Both processes are idle until they get a command.
    const measured = Object.fromEntries(Object.keys(both).map((name) => [name, []]));
    const count = bench.quick ? 300 : 1_500;
    const one = (name) => async () => {
      const { port: to, pid, request } = both[name];
      const before = cpuOf(pid);
      const { seconds } = await load({ port: to, connections: 8, count, request: () => request });
      measured[name].push((cpuOf(pid) - before) / count);
      return count / seconds;
    };
    for (const name of Object.keys(both)) await one(name)();
    for (const values of Object.values(measured)) values.length = 0;
    const each = (make) => Object.fromEntries(Object.keys(both).map((name) => [name, make(name)]));
    const goals = { "smallest component": 0.8 };
    const limits = ["a constant"];
    await bench.compare({ row: `${what}, ${how}`, unit: "requests/s", better: "higher", sides: each(one), goals, limits });
    const cpu = (name) => {
      let round = 0;
      return async () => measured[name][round++];
    };
    await bench.compare({ row: `${what}, ${how}, CPU time`, unit: "µs/request", better: "lower", sides: each(cpu), goals, limits });
  }
  await system.stop();
  await smallest.stop();
}
