import assert from "node:assert/strict";
import { test } from "node:test";
import { BOUNDS, values } from "./assumptions.mjs";
import { LEVERS, saved } from "./levers.mjs";
import { MONTH_SECONDS, bill, busy, charge, counts, limits, meeting, peaks, postgres, renewals, shareOfFirst, sum, timesWhileOpen, usage, zipf } from "./model.mjs";
import { PRICES } from "./prices.mjs";

const close = (actual, wanted, within = 1e-6) => assert.ok(Math.abs(actual - wanted) <= within * Math.max(1, Math.abs(wanted)), `${actual} instead of ${wanted}`);

/** An operation that uses only what is given. */
const asks = (given) => ({ requests: 0, cpu_ms: 0, kv_reads: 0, kv_writes: 0, object_requests: 0, object_rows_read: 0, object_rows_written: 0, frames_out: 0, sql_trips: 0, sql_statements: 0, sql_rows_read: 0, sql_rows_written: 0, ...given });
const measured = {
  operations: {
    first_view: asks({ requests: 9, kv_reads: 2, sql_trips: 6, sql_statements: 6, object_requests: 1 }),
    later_view: asks({ requests: 4, kv_reads: 2, sql_trips: 6, sql_statements: 6, object_requests: 1 }),
    cold_view: asks({ requests: 9, kv_reads: 4, sql_trips: 8 }),
    files_unread: asks({ kv_reads: 2 }),
    renewal: asks({ kv_writes: 2, sql_trips: 2 }),
    poll: asks({ requests: 1, kv_reads: 2 }),
    held: asks({ requests: 1, object_requests: 2 }),
    conversation: asks({ requests: 1 }),
    message: asks({ requests: 1, object_requests: 2, cpu_ms: 10 }),
    publish: asks({ requests: 3, kv_writes: 3, object_requests: 1 }),
    publish_per_open_page: asks({ requests: 2 }),
  },
  parts: { session: asks({ requests: 1, sql_trips: 2 }), socket: asks({ requests: 1, sql_trips: 2 }), conversations: asks({ requests: 1, sql_trips: 2 }), preflight: asks({ requests: 1 }) },
  bytes: { sql_bytes_per_tenant: 20_000, sql_bytes_per_message: 500, sql_bytes_per_publish: 5_000, kv_bytes_per_tenant: 16_384 },
};
/** Nothing happens but page views. */
const quiet = { ...values(), pageViews: 1e9, viewsPerVisit: 4, conversationsPerView: 0, messagesPerView: 0, publishesPerTenant: 0, withoutSocket: 0, coldViews: 0, secondsOpen: 1 };

test("what is included costs nothing, what is over it its price", () => {
  assert.equal(charge(10e6, PRICES.requests), 0);
  close(charge(15e6, PRICES.requests), 1.5);
  // The platform's own example: 100 million requests of 7 ms cost 27 and 13.40 dollars.
  close(charge(100e6, PRICES.requests), 27);
  close(charge(700e6, PRICES.cpuMillis), 13.4);
});

test("shares by Zipf's law add up to one, and the first of a thousand has 13.4 %", () => {
  for (const count of [1, 10, 1_000, 100_000, 1_000_000]) {
    const bins = zipf(count, 1);
    close(bins.reduce((all, { tenants, share }) => all + tenants * share, 0), 1);
    assert.equal(bins.reduce((all, { tenants }) => all + tenants, 0), count);
  }
  close(zipf(1_000, 1)[0].share, 1 / 7.485470860550345);
  close(zipf(1_000, 1)[9].share, 1 / 74.85470860550345);
  close(zipf(10, 0)[0].share, 0.1);
});

test("the first thousand of a million tenants have half of the visitors", () => {
  close(shareOfFirst(zipf(1_000_000, 1), 1_000), 7.485470860550345 / 14.392726722865724, 1e-4);
  close(shareOfFirst(zipf(10, 0), 100), 1);
});

test("a copy that lasts 60 s is renewed once in 60 s where visitors crowd, and at each visit where they are few", () => {
  close(renewals(1e9, 60), 1 / 60);
  close(renewals(1 / 86_400, 60), 1 / 86_460);
  assert.equal(renewals(0, 60), 0);
});

test("time under way, and what happens while a page is open", () => {
  assert.equal(busy(0), 0);
  close(busy(1), 0.6321205588285577);
  close(timesWhileOpen(60, 60), 1 / (Math.E - 1));
  close(timesWhileOpen(1, 1_000), 999.5, 1e-3);
});

test("a billion views are 250 million visits and the rest, and so many requests", () => {
  const n = counts(1_000, quiet, measured.bytes);
  assert.deepEqual([n.first_view, n.later_view, n.cold_view, n.message], [250e6, 750e6, 0, 0]);
  close(usage(1_000, measured, quiet).requests, 250e6 * 9 + 750e6 * 4);
  const cold = counts(1_000, { ...quiet, coldViews: 0.01 }, measured.bytes);
  assert.deepEqual([cold.first_view, cold.cold_view], [240e6, 10e6]);
});

test("many tenants: nearly every look-up reads KV; one tenant at one isolate: one in two seconds", () => {
  const alone = usage(1, measured, { ...quiet, isolates: 1 });
  close(alone.kv_reads, (2 * MONTH_SECONDS) / 2, 0.01);
  const many = usage(1_000_000, measured, { ...quiet, isolates: 1e6, zipf: 0 });
  // 1,250 million look-ups of two reads each, and two files where an isolate has room for 1,024 of the million tenants.
  close(many.kv_reads, 1.25e9 * 2 + 250e6 * 2 * (1 - 1024 / 1e6), 1e-3);
});

test("documents in KV are renewed once a minute and tenant, or at each view of a tenant with few", () => {
  close(usage(1, measured, quiet).kv_writes, (2 * MONTH_SECONDS) / 60, 0.01);
  const each = usage(1_000_000, measured, { ...quiet, zipf: 0 });
  // A view in 2,592 s for each tenant: one renewal in 2,652 s.
  close(each.kv_writes, (2 * 1e6 * MONTH_SECONDS) / 2_652);
  const seldom = usage(1_000_000, measured, { ...quiet, zipf: 0 }, { ...BOUNDS, writeSeconds: 3_600 });
  close(seldom.kv_writes, (2 * 1e6 * MONTH_SECONDS) / 6_192);
  close(seldom.sql_trips, each.sql_trips, 1e-9);
});

test("data grows with tenants, messages and publishes, for as long as they are kept", () => {
  const a = { ...quiet, messagesPerView: 0.02, publishesPerTenant: 2, monthsKept: 12 };
  close(usage(1e5, measured, a).sql_gigabytes, (1e5 * 20_000 + 20e6 * 12 * 500 + 1e5 * 2 * 12 * 5_000) / 1e9);
  close(usage(1e5, measured, a).kv_gigabytes, (1e5 * 25 * 16_384) / 1e9);
  close(usage(1e5, measured, a).object_gigabytes, (1e5 * 2 * a.objectKilobytes) / 1e6);
});

test("an object is billed for its requests' time and for as long as it holds one", () => {
  const used = usage(1, measured, { ...quiet, objectMillis: 3 });
  close(used.object_gigabyte_seconds, 1e9 * 0.003 * 0.128);
  const held = { ...quiet, objectMillis: 0, withoutSocket: 0.01, secondsOpen: 90 };
  // 347 requests are held at a time at one tenant: its hub never sleeps. At each of a million it does, nearly always.
  close(usage(1, measured, held).object_gigabyte_seconds, MONTH_SECONDS * 0.128);
  close(usage(1e6, measured, { ...held, zipf: 0 }).object_gigabyte_seconds, 1e9 * 0.01 * 90 * 0.128, 1e-3);
});

test("a publish is heard by the pages of its own tenant", () => {
  const a = { ...quiet, publishesPerTenant: 2, secondsOpen: 90 };
  close(counts(1_000, a, measured.bytes).publish_per_open_page, (2 * 1e9 * 90) / MONTH_SECONDS);
});

test("the bill has each quantity at its price, and Postgres by the cores that the peak needs", () => {
  const a = { ...quiet, peak: 3, postgresTripsPerCore: 1_500 };
  const used = usage(1_000, measured, a);
  const { platform, postgres: machine, d1 } = bill(used, a);
  close(platform.find(({ name }) => name === "Worker requests").dollars, (5_250 - 10) * 0.3);
  close(platform.find(({ name }) => name === "object requests").dollars, 999 * 0.15);
  assert.equal(machine[0].quantity, 1);
  assert.equal(machine[0].dollars, 1922);
  close(d1.at(-1).dollars, Math.max(0, used.sql_gigabytes - 5) * 0.75);
  close(sum(machine), 1922 + used.sql_gigabytes * 0.28);
});

test("the smallest machine that does, or several of the largest", () => {
  assert.deepEqual([postgres(0.5).plan.cores, postgres(0.5).machines], [2, 1]);
  assert.deepEqual([postgres(4).plan.cores, postgres(4).machines], [4, 1]);
  assert.deepEqual([postgres(8.1).plan.cores, postgres(8.1).machines], [8, 2]);
});

test("the biggest tenant's share of the peak", () => {
  const a = { ...quiet, secondsOpen: 90, peak: 3, messagesPerView: 0.02 };
  const { biggest, open_pages } = peaks(1_000, measured, a);
  close(open_pages, (1e9 * 90 * 3) / MONTH_SECONDS);
  close(biggest.sockets, open_pages * 0.13359213049244018);
  close(biggest.counter, ((20e6 * 3) / MONTH_SECONDS) * 0.13359213049244018);
  close(biggest.hub, (((1e9 + 20e6) * 3) / MONTH_SECONDS) * 0.13359213049244018);
});

test("a limit is met where its load is its value", () => {
  close(meeting((views) => views / 100, 50), 5_000);
  assert.equal(meeting(() => 7, 5), 0);
  assert.equal(meeting(() => 1, 5), Infinity);
  const a = { ...quiet, secondsOpen: 90 };
  const sockets = limits(1_000, measured, a).find(({ name }) => name === "hubSockets");
  close(sockets.metAt, (1e9 * 20_000) / sockets.load, 1e-3);
  const { metAt } = limits(1_000_000, measured, a).find(({ name }) => name === "d1Size");
  assert.equal(metAt, 0, "a million tenants are 20 GB by themselves");
});

test("loads are what they are compared with: D1's time, Hyperdrive's connections, writes to one key", () => {
  const a = { ...quiet, peak: 3, d1MillisPerStatement: 0.5, postgresMillisPerTrip: 5, isolates: 300, lookUpsFirstView: 2, lookUpsLaterView: 1 };
  const found = Object.fromEntries(limits(1, measured, a).map(({ name, load }) => [name, load]));
  const { sql_trips, sql_statements } = usage(1, measured, a);
  close(found.d1Time, ((sql_statements * 3) / MONTH_SECONDS) * 0.5);
  close(found.connections, ((sql_trips * 3) / MONTH_SECONDS) * 0.005);
  close(found.postgres, (sql_trips * 3) / MONTH_SECONDS);
  // 1,447 look-ups a second over 300 isolates: 4.8 at each, of which one in 2.2 s finds the site forgotten.
  const each = (1.25e9 * 3) / MONTH_SECONDS / 300;
  close(found.kvKey, 300 / (2 + 1 / each));
});

test("pages without a socket are held again and again for as long as they are open", () => {
  close(counts(10, { ...quiet, withoutSocket: 0.01, secondsOpen: 90, heldSeconds: 25 }, measured.bytes).held, 1e9 * 0.01 * 3.6);
});

test("what each change of the code saves is what it spares", () => {
  // One machine, however much of its work is saved.
  const a = { ...quiet, postgresTripsPerCore: 1e9 };
  const [writes, list, trips, document, preflight] = LEVERS.map((lever) => saved(lever, 1_000, measured, a));
  assert.ok(writes.dollars > 0 && writes.trips === 0);
  close(list.dollars, 1_000 * 0.3);
  close(trips.trips, (3 * 1e9) / usage(1_000, measured, a).sql_trips);
  close(preflight.dollars, 250 * 0.3);
  const used = usage(1_000, measured, a);
  const unread = counts(1_000, a, measured.bytes).files_unread * 2;
  close(document.dollars, ((used.kv_reads - unread) / 2 / 1e6) * 0.5 + (used.kv_writes / 2 / 1e6) * 5, 1e-2);
});
