// Counts what a page view, a message and a publish use of the platform.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { surroundings } from "../report/surroundings.mjs";
import { recorded } from "./world/browser.mjs";
import { Pages } from "./world/page.mjs";
import { startSystem, startWorld } from "./world/system.mjs";
import { bytesOfMessage, makeTenants } from "./world/tenants.mjs";

const TENANTS = 200;
const OPEN_PAGES = 1_000;
/** How long the edge uses a site without a look-up: with many tenants, most views come later than that. */
const SITE_MILLIS = 2_100;
/** The age at which every copy of what SQL returned is too old to be used. */
const RENEWAL_MILLIS = 61_000;

const cleanups = [];
const bench = {
  cleanup: (end) => void cleanups.push(end),
  temporary: () => {
    const path = mkdtempSync(join(tmpdir(), "livery-scale-"));
    cleanups.push(() => rmSync(path, { recursive: true, force: true }));
    return path;
  },
};
const clean = async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
};
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => void clean().finally(() => process.exit(130)));
const say = (text) => console.log(`\x1b[2m▸\x1b[0m ${text}`);
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const rounded = (value) => Math.round(value * 1000) / 1000;

/** What `count` times `each` cost on average: what was counted, CPU time of the whole process, requests of clients. */
async function cost(system, pages, count, each) {
  const [before, cpu, asked] = [await system.counts(), system.cpu(), pages.asked.length];
  for (let n = 0; n < count; n++) await each(n);
  const used = system.cpu() - cpu;
  const after = await system.counts();
  const mean = Object.fromEntries(Object.keys(after).map((name) => [name, rounded((after[name] - before[name]) / count)]));
  return { requests: rounded((pages.asked.length - asked) / count), cpu_ms: rounded(used / 1000 / count), ...mean };
}
const mean = (list) => Object.fromEntries(Object.keys(list[0]).map((name) => [name, rounded(list.reduce((sum, each) => sum + each[name], 0) / list.length)]));
const difference = (one, other) => Object.fromEntries(Object.keys(one).map((name) => [name, rounded(one[name] - other[name])]));

async function publish(pages, authorization) {
  const draft = await pages.ask("acme.localhost", "GET", "/v1/branding", { headers: { authorization } });
  const launcher = `#12${Math.floor(Math.random() * 0xffff).toString(16).padStart(4, "0")}`;
  const tokens = { color: { light: { primary: "#1f6f54", header: "#173f33", launcher } }, radius: { md: "10px" } };
  await pages.ask("acme.localhost", "PATCH", "/v1/branding", { headers: { authorization, "if-match": draft.headers.etag }, body: { tokens } });
  const answer = await pages.ask("acme.localhost", "POST", "/v1/branding/publish", { headers: { authorization }, expect: 201 });
  return answer.json().rev;
}

async function measured() {
  say("the system: every function in one workerd, SQL and key-value store beside it");
  const world = await startWorld(bench);
  let system = await startSystem(bench, world);
  let pages = new Pages(system.port);
  const signIn = async () => `Bearer ${(await pages.ask("acme.localhost", "POST", "/v1/auth/login", { body: { email: "owner@acme.test", password: "livery-demo" } })).json().access_token}`;
  await publish(pages, await signIn());
  const { hosts, bytesEach } = await makeTenants(world, TENANTS);
  const bytes = { sql_bytes_per_tenant: Math.round(bytesEach), sql_bytes_per_message: Math.round(await bytesOfMessage(world)) };
  const operations = {};

  say(`${TENANTS} tenants get their first visitor`);
  const storeBefore = world.store.bytes();
  for (const host of hosts) {
    await (await pages.first(host)).socket.close();
    // An isolate looks up at most 16 files a second in SQL that are not in its cache; a first view has two.
    await pause(130);
  }
  bytes.kv_bytes_per_tenant = Math.round((world.store.bytes() - storeBefore) / TENANTS);
  await system.stop();

  say("page views");
  system = await startSystem(bench, world);
  pages = new Pages(system.port);
  const visits = new Map();
  const visit = (n) => visitAt(hosts[n % TENANTS]);
  const visitAt = async (host) => {
    const page = await pages.first(host);
    await page.socket.close();
    visits.set(host, page);
  };
  const again = async (n) => {
    const host = hosts[n % TENANTS];
    const page = await pages.later(host, visits.get(host));
    await page.socket.close();
  };
  // One that no isolate of edge had before, so that its files are read from the store; then ones that are remembered.
  await visitAt("acme.localhost");
  const unread = await cost(system, pages, TENANTS, visit);
  await cost(system, pages, TENANTS, visit);
  await pause(SITE_MILLIS);
  operations.first_view = await cost(system, pages, 2 * TENANTS, visit);
  const asked = { first: pages.asked.slice(-operations.first_view.requests).sort() };
  await cost(system, pages, TENANTS, again);
  await pause(SITE_MILLIS);
  operations.later_view = await cost(system, pages, 2 * TENANTS, again);
  asked.later = pages.asked.slice(-operations.later_view.requests).sort();
  // The objects are as new as the isolates here, which they are once in a tenant's life: only the store's part is the files'.
  const { kv_reads } = difference(unread, operations.first_view);
  operations.files_unread = { ...Object.fromEntries(Object.keys(unread).map((name) => [name, 0])), kv_reads };

  say("page views of a tenant whose documents in the store are over a minute old");
  // What an isolate has read from SQL itself is used for a minute, whatever the store has.
  await pause(RENEWAL_MILLIS);
  world.store.age(61_000);
  const aged = await cost(system, pages, TENANTS, visit);
  world.store.age(1_000);
  operations.renewal = difference(aged, operations.first_view);

  say("the safety poll of an open page");
  await pause(SITE_MILLIS);
  const poll = (n) => pages.ask(hosts[n % TENANTS], "GET", "/v1/edge/config", { headers: { "if-none-match": '"1"' }, expect: 304 });
  await cost(system, pages, TENANTS, poll);
  await pause(SITE_MILLIS);
  operations.poll = await cost(system, pages, TENANTS, poll);

  say("what a later view is made of");
  const parts = {};
  const part = async (name, each) => {
    const at = (n) => each(hosts[n % TENANTS], visits.get(hosts[n % TENANTS]));
    await cost(system, pages, TENANTS, at);
    parts[name] = await cost(system, pages, 2 * TENANTS, at);
  };
  await part("session", (host, { visitor_token }) => pages.session(host, visitor_token));
  await part("conversations", (host, { authorization }) => pages.ask(host, "GET", "/v1/conversations", { headers: { authorization } }));
  await part("socket", async (host, page) => (await pages.socket(host, page)).close());
  await part("preflight", (host) => pages.preflight(host));

  say("one held request of a page without sockets");
  const holder = await pages.first(hosts[0]);
  const hold = () => pages.ask(hosts[0], "GET", `/v1/live?since=${holder.rev}`, { headers: { accept: "application/json", authorization: holder.authorization } });
  await cost(system, pages, 50, hold);
  operations.held = await cost(system, pages, TENANTS, hold);
  await holder.socket.close();

  say("conversations and messages");
  const open = [];
  for (const host of hosts) open.push({ host, page: await pages.first(host) });
  operations.conversation = await cost(system, pages, TENANTS, async (n) => void (open[n].conversation = await pages.conversation(open[n].host, open[n].page)));
  const write = (n) => pages.message(open[n % TENANTS].host, open[n % TENANTS].page, open[n % TENANTS].conversation);
  await cost(system, pages, TENANTS, write);
  operations.message = await cost(system, pages, 2 * TENANTS, write);
  for (const { page } of open) await page.socket.close();

  say(`publishes, with no page open and with ${OPEN_PAGES}`);
  const authorization = await signIn();
  await cost(system, pages, 5, () => publish(pages, authorization));
  const published = await world.database.counts();
  operations.publish = await cost(system, pages, 40, () => publish(pages, authorization));
  bytes.sql_bytes_per_publish = Math.round(((await world.database.counts()).bytes - published.bytes) / 40);
  let rev = await publish(pages, authorization);
  const listening = [];
  while (listening.length < OPEN_PAGES) {
    listening.push(...(await Promise.all(Array.from({ length: 20 }, async () => pages.socket("acme.localhost", { ...(await pages.session("acme.localhost")), rev })))));
  }
  const told = [];
  const heard = await cost(system, pages, 5, async () => {
    const hearing = Promise.all(listening.map((socket) => socket.frame(({ type }) => type === "release")));
    const from = performance.now();
    rev = await publish(pages, authorization);
    await hearing;
    told.push(performance.now() - from);
  });
  const perPage = difference(heard, operations.publish);
  for (const name of Object.keys(perPage)) perPage[name] = Math.round((perPage[name] / OPEN_PAGES) * 1e5) / 1e5;
  assert.equal(perPage.frames_out, 1, "every page is told once");
  await Promise.all(listening.map((socket) => socket.close()));
  // The requests of each page then: the new config, the new stylesheet.
  const now = (await pages.ask("acme.localhost", "GET", "/v1/edge/config")).json();
  const apply = await cost(system, pages, 300, async () => {
    for (const path of [now.config, now.stylesheet]) await pages.ask("acme.localhost", "GET", path);
  });
  operations.publish_per_open_page = Object.fromEntries(Object.keys(perPage).map((name) => [name, rounded(perPage[name] + apply[name])]));

  say("the HTTP server alone: an empty Worker");
  const empty = new Pages(system.ports.empty);
  const ping = () => empty.ask("localhost", "GET", "/", { expect: 200 });
  await cost(system, empty, 500, ping);
  const http = await cost(system, empty, 1_000, ping);
  await system.stop();

  say("cold isolates");
  const cold = [];
  for (let n = 0; n < 5; n++) {
    const fresh = await startSystem(bench, world);
    // Its own isolate of objects is asked for counts first; the functions are as cold as they are after a deployment.
    await fresh.counts();
    const client = new Pages(fresh.port);
    cold.push(await cost(fresh, client, 1, async () => (await client.first(hosts[n])).socket.close()));
    await fresh.stop();
  }
  operations.cold_view = mean(cold);

  let byBrowser;
  if (process.env.CHROMIUM_BIN) {
    say("what Chromium asks for");
    const watched = await startSystem(bench, world, { recorded: true });
    byBrowser = await recorded(bench, process.env.CHROMIUM_BIN, watched, "acme.localhost");
    assert.deepEqual(byBrowser, asked, "the pages of this measurement ask for what a browser asks for");
    await watched.stop();
  }
  return {
    ...surroundings(),
    command: "./scripts/scale --measure",
    tenants: TENANTS,
    open_pages: OPEN_PAGES,
    asked,
    asked_checked_with_chromium: Boolean(byBrowser),
    operations,
    parts,
    bytes,
    publish_told_all_ms: rounded(told.sort((a, b) => a - b)[2]),
    http_server_cpu_ms_per_request: http.cpu_ms,
  };
}

/** All that docs/scale.json has of this machine. */
export async function measure() {
  try {
    const found = await measured();
    console.table(found.operations);
    return found;
  } finally {
    await clean();
  }
}
