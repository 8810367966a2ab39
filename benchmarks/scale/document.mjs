// docs/scale.md from docs/scale.json, the prices and the assumptions. The same bytes for the same input.
import { ASSUMPTIONS, TENANTS, values } from "./assumptions.mjs";
import { LEVERS, saved } from "./levers.mjs";
import { bill, limits, peaks, sum, usage } from "./model.mjs";
import { LIMITS, OBJECT_GIGABYTES, POSTGRES, PRICES, READ_ON } from "./prices.mjs";

const grouped = (value, digits = 0) => value.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
/** A figure in two or three significant digits. k, M, G: thousand, million, billion. */
const short = (value) => {
  for (const [name, size] of [["G", 1e9], ["M", 1e6], ["k", 1e4]]) {
    if (value < size) continue;
    const scaled = value / (name === "k" ? 1e3 : size);
    return `${scaled < 10 ? Number(scaled.toPrecision(2)) : grouped(scaled)} ${name}`;
  }
  return value < 10 ? String(Number(value.toPrecision(2))) : grouped(value);
};
const dollars = (value) => `$${grouped(value)}`;
const figure = (value) => String(Math.round(value * 100) / 100);
const table = (head, rows) => [head, head.map((_, n) => (n === 0 ? "---" : "---:")), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
const plainTable = (head, rows) => [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
/** A power of ten as one. */
const power = (value) => (Number.isInteger(Math.log10(value)) ? `10${[...`${Math.log10(value)}`].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]).join("")}` : short(value));
const steps = TENANTS.map((count) => `${power(count)} tenants`);

const OPERATIONS = {
  first_view: "first page view of a visit",
  later_view: "later page view of that visit",
  cold_view: "first page view, all isolates cold",
  files_unread: "· in addition, if the isolate does not have the tenant's files",
  renewal: "· in addition, if KV's documents are over a minute old",
  poll: "safety poll of a page, every 5 minutes",
  held: "a long poll, where the network blocks WebSockets",
  conversation: "a new conversation",
  message: "a message, delivered to its page",
  publish: "a change of the draft and a publish",
  publish_per_open_page: "· in addition for each open page",
};
const COLUMNS = { requests: "Worker requests", kv_reads: "KV reads", kv_writes: "KV writes", object_requests: "object requests", frames_out: "frames out", sql_trips: "SQL trips", sql_rows_read: "rows read", sql_rows_written: "written", object_rows_written: "written in objects", cpu_ms: "CPU ms" };

const PEOPLE = {
  kvKey: {
    name: "writes to one KV key a second, the biggest tenant's",
    felt: "None: a refused write is dropped; the isolate that tried it has SQL's answer, and the others read SQL too until a write succeeds",
    today: "tolerated",
    next: "write only what changed, else once an hour (below)",
  },
  d1Size: { name: "GB in one D1 database", felt: "Writes fail", today: "**Postgres on Workers** is implemented: [postgres-on-workers.md](postgres-on-workers.md)", next: "on D1: tenants split over several databases. Not implemented; neither is deletion of old releases and messages" },
  d1Time: { name: "ms of D1's one thread a second", felt: "Sessions and messages wait, then fail", today: "**Postgres on Workers** is implemented", next: "on D1: fewer round trips (below), several databases, read replicas. Not implemented" },
  hubSockets: {
    name: "sockets at the biggest tenant's hub (ours; the platform's is 32,768)",
    felt: "Further pages are refused with close code 4013 and poll every 30 s",
    today: "bounded; pages over it poll",
    next: "**sharded hubs**: several objects per large tenant, all notified by a publish. Not implemented",
  },
  hubRequests: { name: "requests a second to the biggest tenant's hub", felt: "Sockets open late", today: "bounded by the platform", next: "**sharded hubs**. Not implemented" },
  counterRequests: {
    name: "requests a second to the biggest tenant's counter",
    felt: "Messages wait",
    today: "one request per message; from 8 a second on **leases**: an isolate gets units in advance",
    next: "nothing: leases are implemented",
  },
  connections: { name: "Hyperdrive's connections in use", felt: "Round trips wait for a connection", today: "one Hyperdrive, one transaction per round trip", next: "a second Hyperdrive over read replicas. Not implemented" },
  postgres: { name: "round trips a second to the largest Postgres listed", felt: "Round trips wait", today: "one database", next: "fewer round trips (below), then replicas, then tenants split over databases. The last two are not implemented" },
};

/** How many D1 databases are needed for the load and the data. */
const databases = (limits) => Math.ceil(Math.max(...limits.filter(({ name }) => name.startsWith("d1")).map(({ load, limit }) => load / limit)));

export function document({ measured }) {
  const a = values();
  const { operations, bytes } = measured;
  const months = TENANTS.map((count) => ({ count, used: usage(count, measured, a), peak: peaks(count, measured, a), limits: limits(count, measured, a) }));
  for (const month of months) month.bill = bill(month.used, a);
  const total = months.map(({ bill: { platform, postgres } }) => sum(platform) + sum(postgres));

  const lines = months[0].bill.platform.map(({ name }, n) => [name, ...months.map(({ bill }) => (bill.platform[n].quantity === undefined ? "" : `${short(bill.platform[n].quantity)}: `) + dollars(bill.platform[n].dollars))]);
  // Lines below ten dollars in each column are one.
  const isSmall = (n) => months.every(({ bill }) => bill.platform[n].dollars < 10);
  const rest = ["plan and the rest", ...months.map(({ bill }) => dollars(sum(bill.platform.filter((_, n) => isSmall(n)))))];
  const shown = [...lines.filter((_, n) => !isSmall(n)), rest];
  const of = (kind, n, name) => [name ?? months[0].bill[kind][n].name, ...months.map(({ bill }) => `${short(bill[kind][n].quantity)}: ${dollars(bill[kind][n].dollars)}`)];
  const machines = ["Postgres", ...months.map(({ bill }) => `${bill.postgres[0].name.replace("Postgres, ", "")}: ${dollars(bill.postgres[0].dollars)}`)];
  const cost = [
    ...shown,
    machines,
    of("postgres", 1),
    ["**a month**", ...total.map((each) => `**${dollars(each)}**`)],
    ["**per 1,000 page views**", ...total.map((each) => `**$${((each / a.pageViews) * 1000).toFixed(4)}**`)],
    ["D1 in place of Postgres, and how many databases it would take", ...months.map(({ bill, limits }) => `${dollars(sum(bill.d1))}, ${databases(limits)}`)],
  ];

  const atPeak = (name, pick) => [name, ...months.map(({ peak }) => short(pick(peak)))];
  const busiest = [
    atPeak("Worker requests a second", (p) => p.requests),
    atPeak("KV reads a second", (p) => p.kv_reads),
    atPeak("SQL trips a second", (p) => p.sql_trips),
    atPeak("object requests a second", (p) => p.object_requests),
    atPeak("open pages", (p) => p.open_pages),
    ["biggest tenant: share of all views", ...months.map(({ peak }) => `${(peak.biggest.share * 100).toFixed(1)} %`)],
  ];

  const met = (metAt) => (metAt === 0 ? "always" : Number.isFinite(metAt) ? short(metAt) : "never");
  const bounds = Object.keys(PEOPLE).map((name) => {
    const each = months.map(({ limits }) => limits.find((limit) => limit.name === name));
    return [PEOPLE[name].name, short(each[0].limit), ...each.map(({ load, limit, metAt }) => `${load > limit ? `**${short(load)}**` : short(load)}; ${met(metAt)}`)];
  });
  const when = ({ metAt }) => (metAt === 0 ? "with any number of views, because tenants and a year of their releases fill it" : `from ${met(metAt)} views a month on`);
  const first = (limits, ...passed) => limits.find(({ name }) => !passed.includes(name));
  const firsts = months.map(({ limits }, n) => {
    const [felt, next, after] = [first(limits, "kvKey"), first(limits, "kvKey", "d1Size"), first(limits, "kvKey", "d1Size", "d1Time")];
    return `- **${steps[n]}.** First: ${PEOPLE.kvKey.name}, ${when(first(limits.filter(({ name }) => name === "kvKey")))}; that has no effect on users. First with an effect: **${PEOPLE[felt.name].name}**, ${when(felt)}. Then ${PEOPLE[next.name].name}, ${when(next)}. Postgres removes both, and the next is **${PEOPLE[after.name].name}**, ${when(after)}.`;
  });
  const held = months.map(({ used }) => 1 - (used.object_requests * a.objectMillis * OBJECT_GIGABYTES) / 1000 / used.object_gigabyte_seconds);
  const pings = ((a.pageViews * a.secondsOpen) / 30 / 20 / 1e6) * PRICES.objectRequests.price;

  const levers = LEVERS.map((lever) => [lever.name, ...TENANTS.map((count) => dollars(saved(lever, count, measured, a).dollars)), `${Math.round(saved(lever, TENANTS.at(-1), measured, a).trips * 100)} %`]);
  const price = ({ included, per, price }) => `$${price} per ${per === 1 ? "GB" : "million"} over ${short(included)}`;
  const prices = [
    ["Workers", `$${PRICES.plan.price} a month; requests ${price(PRICES.requests)}; CPU ms ${price(PRICES.cpuMillis)}. A service binding is no request`, PRICES.requests.source],
    ["KV", `reads ${price(PRICES.kvReads)}; writes ${price(PRICES.kvWrites)}; storage ${price(PRICES.kvGigabytes)}. ${LIMITS.kvWritesPerKeyAndSecond.value} write a second per key`, PRICES.kvReads.source],
    ["Objects", `requests ${price(PRICES.objectRequests)}; GB-seconds ${price(PRICES.objectGigabyteSeconds)}, ${OBJECT_GIGABYTES * 1000} MB each while active; rows written ${price(PRICES.objectRowsWritten)}; frames out and automatic pongs: nothing. Soft ${grouped(LIMITS.objectRequestsPerSecond.value)} requests a second`, PRICES.objectRequests.source],
    ["D1", `rows read ${price(PRICES.d1RowsRead)}; written ${price(PRICES.d1RowsWritten)}; storage ${price(PRICES.d1Gigabytes)}. ${LIMITS.d1Gigabytes.value} GB a database, one query at a time`, PRICES.d1RowsRead.source],
    ["Postgres (assumed: one public list)", `Hyperdrive: nothing, about ${LIMITS.hyperdriveConnections.value} connections per configuration (${LIMITS.hyperdriveConnections.source}). ` + POSTGRES.plans.map(({ name, price }) => `${name} ${dollars(price)}`).join("; ") + `; $${POSTGRES.gigabyte} per GB`, POSTGRES.source],
  ];

  return `# Scale: what a month costs, and which limit is reached first

Computed by \`./scripts/scale\` from [scale.json](scale.json), which \`./scripts/scale --measure\` writes, and from the assumptions below. Do not edit: change \`benchmarks/scale\`.

${power(a.pageViews)} page views a month cost ${total.map((each, n) => `${dollars(each)} with ${steps[n]}`).join(", ")}. With more tenants for the same number of views, each copy in KV is used less often before it is
renewed, so KV writes become the largest item. One D1 database is enough for none of the three; Postgres on Workers is implemented, and is enough for all of them under the assumptions below. k, M and G are a thousand, a million, a billion.

## What one operation needs from the platform

Measured on ${measured.date} (${measured.machine}; workerd ${measured.versions.workerd}; commit ${measured.commit}): the built functions in one workerd, ${measured.tenants} tenants, and a store, a
database and objects that count their calls. ${measured.asked_checked_with_chromium ? "The requests of a page were compared with those of the real widget in Chromium, one by one." : ""} Calls over service bindings are not counted as requests.

${table(["", ...Object.values(COLUMNS)], Object.entries(OPERATIONS).map(([name, words]) => [words, ...Object.keys(COLUMNS).map((column) => figure(operations[name][column]))]))}

A later view: ${Object.entries({ session: "the session", socket: "the socket", conversations: "the list of conversations" }).map(([name, words]) => `${words} ${figure(measured.parts[name].cpu_ms)} ms and ${measured.parts[name].sql_trips} trips`).join(", ")}. Stored: ${grouped(bytes.sql_bytes_per_tenant)} octets of SQL per tenant, ${grouped(bytes.sql_bytes_per_message)} per
message, ${grouped(bytes.sql_bytes_per_publish)} per publish; ${grouped(bytes.kv_bytes_per_tenant)} of KV per tenant. The last of ${grouped(measured.open_pages)} open pages was notified of a publish ${Math.round(measured.publish_told_all_ms)} ms after the draft was read, its change and compiling included.

## What is assumed

${table(["", "value"], Object.values(ASSUMPTIONS).map(([value, words]) => [words, short(value)]))}

## A month at ${power(a.pageViews)} page views

${table(["quantity: cost", ...steps], cost)}

The ${(a.withoutSocket * 100).toFixed(0)} % of pages that get no socket cause nearly all of the objects' GB-seconds (${held.map((share) => `${Math.floor(share * 100)} %`).join(", ")}): a hub with a waiting request stays active, one with sockets only hibernates. D1 would be the cheaper database by far
if tenants were split over several; that is not implemented.

${table([`at the peak, ${a.peak} × the mean`, ...steps], busiest)}

## Which limit is reached first

The load at the peak, bold where it is over the limit; then the page views a month at which the load reaches the limit.

${table(["limit", "value", ...steps], bounds)}

${firsts.join("\n")}

${plainTable(["limit", "effect", "today", "next"], Object.values(PEOPLE).map(({ name, felt, today, next }) => [name, felt, today, next]))}

An object is placed near the first request for its tenant. That sets no limit but a latency: a page far from it gets its frames later. **Location hints** are not implemented.
A change and publish makes ${operations.publish.sql_trips} round trips to SQL in its three requests, far below the platform's limit of ${grouped(LIMITS.subrequests.value)} subrequests.

## What would lower the bill

Each change by itself, dollars a month with Postgres; the last column is the share of SQL round trips that it saves. Postgres comes in three sizes, so saving round trips saves a whole step (${dollars(POSTGRES.plans[2].price - POSTGRES.plans[1].price)} between the largest two), or none.

${table(["change", ...steps, "trips"], levers)}

## Prices

Public prices of the Workers Paid plan, read on ${READ_ON} in stored copies of these pages, of different ages: check the live pages before you rely on a figure.

${plainTable(["", "price and limits used", "source"], prices)}

## Limits of this model

- CPU time is that of the whole workerd on a shared machine: HTTP (an empty Worker takes ${figure(measured.http_server_cpu_ms_per_request)} ms a request), its connections to store and database, and the objects' disk are included. The platform bills the isolates' part only, so the figure is an upper bound.
- Rows and round trips were counted over SQLite as D1 counts them. Over Postgres the round trips are the same; the CPU time of the function \`postgres\` was not measured.
- KV's renewals are counted once per tenant and minute: a lower bound. A write takes up to a minute to be seen elsewhere. Until then each isolate that finds the old document reads SQL, once a minute, and writes too: for a tenant that is busy everywhere up to ${grouped((a.isolates / 60) * operations.renewal.sql_trips)} round trips a second more.
- Teams' answers, sign-ins, mail, logs, custom hostnames and the plan of the zone are not included. Every visit starts with an empty browser cache.
- The price list says that pings which the runtime answers are not charged. If they were charged as incoming frames, twenty to a request, they would cost ${dollars(pings)}.
- Operations were counted with one visitor at a time, except publishes. Requests per second and connections are computed; this load has never been run.
`;
}
