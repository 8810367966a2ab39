// Reserving a unit of a tenant's quota: through the Durable Object, and from a lease. 64 clients of one tenant.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Client } from "undici";
import { load } from "../load.mjs";
import { startJavaScript, startLivery, startOverPostgres, startSqlite } from "../world/quotas.mjs";

export const title = "Quota reserve through the Durable Object, 64 clients";
export const needs = { functions: ["objects"], postgres: true };

const CLIENTS = 64;
/** No side comes near it while it is measured. */
const ENDLESS = 1_000_000_000;
/** Reservations in one request, one after the other: what they cost without the HTTP around them. */
const MANY = 16;
/** A lease is out for 4 s at most. */
const LENT_MILLIS = 4_500;

let ids = 100;
const tenantOf = (number) => `ten_${String(number).padStart(32, "0")}`;
/** One tenant per side: those that reserve faster have more rows behind them. */
const BUSY = { "/without": tenantOf(1), "/with": tenantOf(2), "": tenantOf(3), "/rpc": tenantOf(4), "/fetch": tenantOf(5), "/nothing": tenantOf(6) };

export async function run(bench) {
  const [livery, javascript, sqlite, postgres] = await Promise.all([startLivery(bench), startJavaScript(bench), startSqlite(bench), startOverPostgres(bench)]);
  const side = (server, prefix) => ({ server, prefix });
  const how = { rpc: side(javascript, "/rpc"), fetch: side(javascript, "/fetch") };
  const sides = {
    without: side(livery, "/without"),
    with: side(livery, "/with"),
    Postgres: side(postgres, ""),
    SQLite: side(sqlite, ""),
    nothing: side(javascript, "/nothing"),
  };

  for (const [name, each] of Object.entries({ ...sides, ...how })) if (name !== "nothing") bench.note(`${name}: ${await exact(each)}`);

  const seconds = bench.quick ? 0.5 : 2;
  const one = async ({ server, prefix }, each = 1) => {
    const before = server.cpu();
    const done = await load({ port: server.port, connections: CLIENTS, seconds, request: () => ({ path: `${prefix}/${BUSY[prefix]}/${ENDLESS}/${each}/${next(each)}` }) });
    const reservations = done.count * each;
    return { cpu: (server.cpu() - before) / reservations, rate: reservations / done.seconds };
  };

  bench.note("an object writes to the disk before it answers, and so does Postgres; SQLite in a Node process (WAL, synchronous = NORMAL) may lose its last answers with the machine");
  bench.note("each round begins without a lease: what a flood costs until it has them is in the figures");

  // The cheaper of the two ways to call an object, by the best of four measurements.
  const costs = { rpc: Infinity, fetch: Infinity };
  for (let round = 0; round < 5; round++) {
    for (const [name, each] of Object.entries(how)) {
      const { cpu } = await one(each);
      if (round > 0) costs[name] = Math.min(costs[name], cpu);
    }
  }
  const cheaper = costs.rpc <= costs.fetch ? "rpc" : "fetch";
  bench.note(`JavaScript calls its object by ${cheaper} where it is named once: ${costs.rpc.toFixed(0)} µs of CPU time by RPC, ${costs.fetch.toFixed(0)} µs by fetch`);
  Object.assign(sides, how, { JavaScript: how[cheaper] });
  for (const each of Object.values(sides)) await one(each);

  const compare = async (row, each, names, goals) => {
    const rates = {};
    const measured = Object.entries(names).map(([shown, name]) => [
      shown,
      async () => {
        const { cpu, rate } = await one(sides[name], each);
        (rates[shown] ??= []).push(rate);
        return cpu;
      },
    ]);
    const limits = ["an empty object call"];
    await bench.compare({ row: `${row}, CPU time`, unit: "µs/reservation", better: "lower", sides: Object.fromEntries(measured), goals, limits });
    const taken = Object.entries(rates).map(([shown, all]) => [shown, async () => rates[shown].shift()]);
    await bench.compare({ row: `${row}, throughput`, unit: "reservations/s", better: "higher", sides: Object.fromEntries(taken), limits });
  };
  const others = { Postgres: "Postgres", SQLite: "SQLite", "an empty object call": "nothing" };
  const both = { "JavaScript by RPC": "rpc", "JavaScript by fetch": "fetch" };
  await compare("no leases, one per request", 1, { livery: "without", ...both, ...others }, { "JavaScript by RPC": 1.0, "JavaScript by fetch": 1.0 });
  await compare("leases, one per request", 1, { livery: "with", JavaScript: "JavaScript", ...others }, {});
  const objects = { JavaScript: "JavaScript", "an empty object call": "nothing" };
  await compare(`no leases, ${MANY} per request`, MANY, { livery: "without", ...objects }, {});
  await compare(`leases, ${MANY} per request`, MANY, { livery: "with", ...objects }, { JavaScript: 10 });
}

/** Ids in no order, as in production: the first of so many consecutive ones. */
const next = (count) => {
  const id = createHash("md5").update(String(ids)).digest("hex").slice(0, 24) + "00000000";
  ids += count;
  return id;
};

/** Asks for more units than there are and for ids twice: exactly the limit is granted, each id once. */
async function exact({ server, prefix }) {
  const limit = 3_000;
  const tenant = tenantOf(++ids);
  const client = Array.from({ length: CLIENTS }, () => new Client(`http://127.0.0.1:${server.port}`));
  const ask = async (wanted) => {
    const granted = new Map();
    await Promise.all(
      client.map(async (each) => {
        for (let id; (id = wanted.pop()); ) {
          const answer = await each.request({ method: "GET", path: `${prefix}/${tenant}/${limit}/1/${id}` });
          assert.equal(answer.statusCode, 200);
          granted.set(id, Number(await answer.body.text()));
        }
      }),
    );
    return granted;
  };
  const fresh = (count) => Array.from({ length: count }, () => next(1));
  const granted = new Set();
  const note = (answers) => {
    const fresh = [...answers].filter(([, units]) => units > 0).map(([id]) => id);
    for (const id of fresh) granted.add(id);
    return fresh.length;
  };
  const first = fresh(2_500);
  assert.equal(note(await ask([...first])), first.length);
  const again = note(await ask(first.slice(-200)));
  // An isolate that was told that its lease is settled may take a unit for the same id, until that lease is settled too.
  if (prefix !== "/with") assert.equal(again, 0, "an id counts once");
  note(await ask(fresh(1_500)));
  if (prefix === "/with") {
    // The leases are settled, and single units decide.
    await new Promise((resolve) => setTimeout(resolve, LENT_MILLIS));
    note(await ask(fresh(1_500)));
  }
  for (const each of client) each.destroy();
  assert.equal(granted.size, limit);
  return `of ${prefix === "/with" ? 5_500 : 4_000} ids and 200 repeats against a limit of ${limit} exactly ${granted.size} granted`;
}
