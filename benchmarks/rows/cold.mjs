// A cold isolate: from the start of the process to the first byte of the loader, and of a stylesheet that the key-value store has.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { request } from "undici";
import { bundled, startBundled } from "../world/edges.mjs";
import { Tenants, startStore } from "../world/tenants.mjs";

export const title = "A cold isolate: process start to first byte";
export const needs = { functions: ["edge"] };

const PEERS = ["plain JavaScript", "Hono", "an empty Worker"];

export async function run(bench) {
  const tenants = new Tenants(4);
  const store = await startStore(bench, tenants);
  const bundles = Object.fromEntries(await Promise.all(["livery", ...PEERS].map(async (name) => [name, await bundled(bench, name)])));
  // Within 1.5 times of plain JavaScript.
  const goals = { "plain JavaScript": 1 / 1.5 };
  for (const [what, path] of [["loader", "/widget.js"], ["stylesheet", tenants.path(1)]]) {
    const starts = Object.fromEntries(Object.keys(bundles).map((name) => [name, []]));
    const sides = Object.fromEntries(
      Object.entries(bundles).map(([name, modules]) => [
        name,
        async () => {
          const times = [];
          for (let time = 0; time < (bench.quick ? 2 : 5); time++) {
            const from = performance.now();
            const edge = await startBundled(bench, modules, { store });
            const answer = await request(`http://127.0.0.1:${edge.port}${path}`, { headers: { host: tenants.host(1) } });
            for await (const _ of answer.body);
            if (answer.statusCode !== 200) throw new Error(`${name}: ${answer.statusCode}`);
            times.push(performance.now() - from);
            starts[name].push(edge.cpu() / 1000);
            await edge.stop();
          }
          return times.sort((a, b) => a - b)[times.length >> 1];
        },
      ]),
    );
    await bench.compare({ row: `${what}, wall clock`, unit: "ms", better: "lower", sides, goals, limits: ["an empty Worker"] });
    const chunk = starts.livery.length / bench.rounds;
    await bench.compare({
      row: `${what}, CPU time of the process`,
      unit: "ms",
      better: "lower",
      sides: Object.fromEntries(Object.entries(starts).map(([name, all]) => [name, async () => all.splice(0, chunk).sort((a, b) => a - b)[chunk >> 1]])),
      goals,
      limits: ["an empty Worker"],
    });
  }
  const size = (modules) => {
    const files = modules.map(({ esModule, wasm }) => esModule ?? wasm).filter((path, n, all) => all.indexOf(path) === n);
    const [raw, gzip] = [files.map((path) => readFileSync(path).length), files.map((path) => gzipSync(readFileSync(path), { level: 9 }).length)].map((each) => each.reduce((a, b) => a + b));
    return `${Math.round(raw / 1024)} KiB, ${Math.round(gzip / 1024)} gzip`;
  };
  bench.note(`size of what is loaded: ${Object.entries(bundles).map(([name, modules]) => `${name} ${size(modules)}`).join("; ")}. Livery's has all of the edge within, the widget's files too.`);
}
