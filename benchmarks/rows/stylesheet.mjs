// A stylesheet from the isolate's memory: 12 KB, tenant by host, entity tag and security headers; and its 304.
import assert from "node:assert/strict";
import { load } from "../load.mjs";
import { startEdge } from "../world/edges.mjs";
import { Tenants, startStore } from "../world/tenants.mjs";

export const title = "A stylesheet from memory: 12 KB, tenant by host";
export const needs = { functions: ["edge"] };

const PEERS = ["plain JavaScript", "Hono", "a constant"];
const TENANTS = 16;

export async function run(bench) {
  const tenants = new Tenants(TENANTS);
  const store = await startStore(bench, tenants);
  const count = bench.quick ? 4_000 : 30_000;
  for (const conditional of [false, true]) {
    const replaced = { CONDITIONAL: String(conditional) };
    const edges = Object.fromEntries(await Promise.all(["livery", ...PEERS].map(async (name) => [name, await startEdge(bench, name, { store, replaced })])));
    await alike(edges, tenants);
    const request = (n) => {
      const tenant = n % TENANTS;
      const headers = { host: tenants.host(tenant), "user-agent": "Mozilla/5.0", accept: "text/css,*/*;q=0.1", "accept-encoding": "gzip, br" };
      if (conditional) headers["if-none-match"] = `"${tenants.hash(tenant)}"`;
      return { path: tenants.path(tenant), headers, expect: conditional ? 304 : 200 };
    };
    const one = async (edge, requests) => {
      const before = edge.cpu();
      const { seconds } = await load({ port: edge.port, connections: 16, count: requests, request });
      return { cpu: (edge.cpu() - before) / requests, rate: requests / seconds };
    };
    for (const edge of Object.values(edges)) await one(edge, count);
    const what = conditional ? "304" : "200";
    const goals = { "plain JavaScript": 1.0, Hono: 1.2, "a constant": 0.9 };
    const rates = {};
    const sides = Object.fromEntries(
      Object.entries(edges).map(([name, edge]) => [
        name,
        async () => {
          const { cpu, rate } = await one(edge, count);
          (rates[name] ??= []).push(rate);
          return cpu;
        },
      ]),
    );
    await bench.compare({ row: `${what}, CPU time`, unit: "µs/request", better: "lower", sides, goals, limits: ["a constant"] });
    const taken = Object.fromEntries(Object.entries(rates).map(([name, each]) => [name, [...each]]));
    await bench.compare({
      row: `${what}, throughput`,
      unit: "requests/s",
      better: "higher",
      sides: Object.fromEntries(Object.keys(edges).map((name) => [name, async () => taken[name].shift()])),
      limits: ["a constant"],
    });
    if (!conditional) bench.note(`memory of the process after it: Livery ${mebibytes(edges.livery)}, plain JavaScript ${mebibytes(edges["plain JavaScript"])}, Hono ${mebibytes(edges.Hono)}`);
    for (const edge of Object.values(edges)) await edge.stop();
  }
}

const mebibytes = (edge) => `${Math.round(edge.rss() / 2 ** 20)} MiB`;

/** All of them answer the same, but for the limit, which answers with as many bytes. */
async function alike(edges, tenants) {
  const asked = async ({ port }, headers) => {
    const { request } = await import("undici");
    const answer = await request(`http://127.0.0.1:${port}${tenants.path(3)}`, { headers: { host: tenants.host(3), ...headers } });
    const { "x-request-id": id, date, connection, "keep-alive": alive, ...head } = answer.headers;
    return { status: answer.statusCode, head, body: await answer.body.text() };
  };
  for (const headers of [{}, { "if-none-match": `"${tenants.hash(3)}"` }]) {
    await asked(edges.livery, headers);
    const wanted = await asked(edges.livery, headers);
    assert.equal(wanted.status, headers["if-none-match"] ? 304 : 200);
    for (const name of ["plain JavaScript", "Hono"]) assert.deepEqual(await asked(edges[name], headers), wanted, name);
  }
}
