// The same stylesheet for 100,000 tenants that visitors come to by Zipf's law, with the key-value store behind: memory that is
// cold at first, then as warm as its bounds let it be.
import { load } from "../load.mjs";
import { startEdge } from "../world/edges.mjs";
import { Tenants, startStore, zipf } from "../world/tenants.mjs";

export const title = "100,000 tenants by Zipf, key-value store behind";
export const needs = { functions: ["edge"] };

const PEERS = ["plain JavaScript", "Hono"];

export async function run(bench) {
  const tenants = new Tenants(bench.quick ? 10_000 : 100_000);
  const store = await startStore(bench, tenants);
  const count = bench.quick ? 3_000 : 15_000;
  const goals = { "plain JavaScript": 1.0, Hono: 1.0 };
  // Every side is asked for the same tenants in the same order in each round.
  const visits = async (edge, seed) => {
    const draw = zipf(tenants.count, seed);
    const request = () => {
      const tenant = draw();
      return { path: tenants.path(tenant), headers: { host: tenants.host(tenant) } };
    };
    const [cpu, reads] = [edge.cpu(), store.reads()];
    await load({ port: edge.port, connections: 16, count, request });
    return { cpu: (edge.cpu() - cpu) / count, reads: (store.reads() - reads) / count };
  };
  const names = ["livery", ...PEERS];
  const taken = {};
  const side = (kind, name, measure) => async () => {
    const { cpu, reads } = await measure();
    (taken[`${kind}, ${name}`] ??= []).push(reads);
    return cpu;
  };

  const cold = Object.fromEntries(
    names.map((name) => [
      name,
      side("cold", name, async () => {
        const edge = await startEdge(bench, name, { store });
        // The first request starts the isolate, which is measured in another row.
        await load({ port: edge.port, count: 1, request: () => ({ path: "/nothing", headers: { host: "nobody.livery.test" }, expect: 404 }) });
        const seen = await visits(edge, 1);
        await edge.stop();
        return seen;
      }),
    ]),
  );
  await bench.compare({ row: "cold memory, CPU time", unit: "µs/request", better: "lower", sides: cold, goals });

  const edges = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await startEdge(bench, name, { store })])));
  for (const edge of Object.values(edges)) for (let seed = 1; seed <= (bench.quick ? 2 : 4); seed++) await visits(edge, seed);
  let seeds = Object.fromEntries(names.map((name) => [name, 100]));
  const warm = Object.fromEntries(names.map((name) => [name, side("warm", name, () => visits(edges[name], seeds[name]++))]));
  await bench.compare({ row: "warm memory, CPU time", unit: "µs/request", better: "lower", sides: warm, goals });
  const mean = (list) => (list.reduce((a, b) => a + b) / list.length).toFixed(3);
  bench.note(`reads of the store per request: ${Object.entries(taken).map(([what, reads]) => `${what} ${mean(reads)}`).join("; ")}`);
  bench.note(`memory of the process after it: ${names.map((name) => `${name} ${Math.round(edges[name].rss() / 2 ** 20)} MiB`).join(", ")}. Of the isolate it is bounded: 10,000 hosts, 16 MiB of files, 32 MiB of whole answers.`);
}
