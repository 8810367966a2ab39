// From a publish to the last open page: the functions `edge`, `live` and `objects`, partyserver on the same workerd, `ws` in Node.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { build } from "esbuild";
import { migrate, seed } from "../../scripts/schema/index.mjs";
import { signingKeys } from "../../scripts/world/keys.mjs";
import { speaking } from "../lines.mjs";
import { percentile } from "../load.mjs";
import { cpuOf, rssOf } from "../process.mjs";
import { built, external, startWorkerd, worker } from "../workerd.mjs";
import { startSql } from "../world/sql.mjs";

export const title = "Publish to last of 1,000 and 5,000 sockets; memory per idle socket";
export const needs = { functions: ["edge", "live", "objects"] };

const HOST = "acme.localhost";
const TENANT = "ten_019a0000000070008000000000000001";
const ROOT = join(import.meta.dirname, "../..");
/** After this idle time no garbage collector is still running. */
const SETTLED_MILLIS = 1_000;

async function livery(bench, world) {
  const objects = join(ROOT, "functions/objects/build");
  const hub = { object: { className: "TenantHub", service: "objects" } };
  const vars = { LIVERY_DATABASE: { text: "d1" }, LIVERY_PLATFORM_HOST: { text: "localhost" } };
  const bindings = { DB: { d1: "sql" }, TENANT_HUB: hub, ...vars, LIVERY_SIGNING_KEYS: { text: world.keys } };
  const services = {
    edge: worker({ modules: built(join(ROOT, "functions/edge/build")), bindings: { DB: { d1: "sql" }, LIVE: { service: "live" }, TENANT_HUB: hub, ...vars } }),
    door: worker({ modules: [{ name: "door.js", esModule: join(import.meta.dirname, "../peers/live/door.js") }], bindings: { TENANT_HUB: hub } }),
    live: worker({ modules: built(join(ROOT, "functions/live/build")), bindings }),
    objects: worker({ modules: built(objects), classes: ["QuotaCounter", "TenantHub"], storage: bench.temporary() }),
    sql: external(world.sql.port),
  };
  const server = await startWorkerd(bench, { services, main: "edge", also: ["door"] });
  return { ...server, pages: { port: server.port, publishPort: server.ports.door, host: HOST, path: "/v1/live", protocol: "livery.v1", publishPath: `/publish?tenant=${TENANT}` } };
}

const party = (publishPath, main) => async (bench) => {
  const outfile = join(bench.temporary(), "party.js");
  await build({ entryPoints: [join(import.meta.dirname, "../peers/live/party.js")], outfile, bundle: true, minify: true, format: "esm", target: "es2024", conditions: ["workerd", "worker"], external: ["cloudflare:workers"], logLevel: "error" });
  const services = {
    party: worker({ modules: [{ name: "party.js", esModule: outfile }], bindings: { Room: { object: { className: "Room" } } }, classes: ["Room"], storage: bench.temporary() }),
    door: worker({ modules: [{ name: "door.js", esModule: join(import.meta.dirname, "../peers/live/handed-over.js") }], bindings: { NEXT: { service: "party" } } }),
  };
  const server = await startWorkerd(bench, { services, main });
  return { ...server, pages: { port: server.port, host: HOST, path: "/", publishPath } };
};

const node = (kind) => async (bench) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, "../peers/live/node.mjs"), kind], { stdio: ["ignore", "pipe", "inherit"] });
  const stop = async () => void child.kill("SIGKILL");
  bench.cleanup(stop);
  const ports = {};
  for await (const line of createInterface({ input: child.stdout })) {
    Object.assign(ports, JSON.parse(line));
    if (ports.http && (ports.raw || kind !== "raw")) break;
  }
  const pages = { port: ports.raw ?? ports.http, publishPort: ports.http, raw: kind === "raw", host: HOST, path: "/", publishPath: "/publish" };
  return { pid: child.pid, cpu: () => cpuOf(child.pid), rss: () => rssOf(child.pid), stop, pages };
};

const SYSTEMS = {
  livery,
  partyserver: party("/publish", "party"),
  // With what Livery has in addition: one more Worker in front, and a release that is stored before it is sent.
  "partyserver behind an edge, release kept": party("/publish?kept", "door"),
  "ws in Node": node("ws"),
  "raw sockets": node("raw"),
};

export async function run(bench) {
  const folder = bench.temporary();
  const file = join(folder, "livery.db");
  await migrate({ kind: "sqlite", file });
  await seed({ kind: "sqlite", file }, join(ROOT, "schema/demo/world.sql"));
  const world = { sql: await startSql(bench, file), keys: signingKeys(folder) };
  const start = async (name) => {
    const server = await SYSTEMS[name](bench, world);
    const holder = speaking(bench, process.execPath, [join(import.meta.dirname, "../world/pages.mjs"), JSON.stringify(server.pages)]);
    const ask = (command) =>
      holder.ask(command).catch((fault) => {
        throw new Error(`${name}: ${fault.message}`);
      });
    return { ...server, holder: { ask } };
  };

  for (const sockets of bench.quick ? [1_000] : [1_000, 5_000]) {
    const running = {};
    for (const name of Object.keys(SYSTEMS)) {
      running[name] = await start(name);
      await running[name].holder.ask(`open ${sockets}`);
      await running[name].holder.ask("publish 10");
    }
    // One measurement gives all figures of a round; the first row takes it, the others read it.
    const publishes = bench.quick ? 12 : sockets === 1_000 ? 25 : 12;
    const measured = Object.fromEntries(Object.keys(SYSTEMS).map((name) => [name, []]));
    const measure = (name) => async () => {
      const { holder, cpu } = running[name];
      // No page is silent for longer than a hub tolerates.
      await holder.ask("ping");
      await pause(100);
      const before = cpu();
      const { times } = await holder.ask(`publish ${publishes}`);
      const figures = { p50: percentile(times, 0.5), p99: percentile(times, 0.99), cpu: (cpu() - before) / publishes / sockets };
      measured[name].push(figures);
      return figures.p50;
    };
    const again = (figure) => (name) => {
      let round = 0;
      return async () => measured[name][round++][figure];
    };
    const compare = (row, unit, side) =>
      bench.compare({
        row: `${sockets} sockets, ${row}`,
        unit,
        better: "lower",
        sides: Object.fromEntries(Object.keys(SYSTEMS).map((name) => [name, side(name)])),
        goals: { partyserver: 1.0 },
        limits: ["raw sockets"],
      });
    await compare("publish to last, p50", "µs", measure);
    await compare("publish to last, p99", "µs", again("p99"));
    await compare("CPU time of the server", "µs per socket told", again("cpu"));
    for (const { holder, stop } of Object.values(running)) {
      await holder.ask("close");
      await stop();
    }
  }

  // The garbage of opening does not belong to the sockets, so the growth is measured with some sockets already open.
  const [before, more] = bench.quick ? [400, 400] : [2_000, 1_000];
  const memory = (name) => async () => {
    const { holder, rss, stop } = await start(name);
    await holder.ask(`open ${before}`);
    await holder.ask("publish 2");
    await pause(SETTLED_MILLIS);
    const held = rss();
    await holder.ask(`open ${more}`);
    await pause(SETTLED_MILLIS);
    const each = (rss() - held) / more;
    await holder.ask("close");
    await stop();
    return each;
  };
  const idle = ["livery", "partyserver", "partyserver behind an edge, release kept", "ws in Node"];
  await bench.compare({
    row: `memory of an idle socket, ${more} behind ${before}`,
    unit: "bytes",
    better: "lower",
    sides: Object.fromEntries(idle.map((name) => [name, memory(name)])),
    goals: { partyserver: 1.0 },
  });
}
