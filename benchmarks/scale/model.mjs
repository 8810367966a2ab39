// From the cost of one operation to the cost of a month, and to the limits that are reached. Arithmetic only.
import { BOUNDS } from "./assumptions.mjs";
import { LIMITS, OBJECT_GIGABYTES, POSTGRES, PRICES } from "./prices.mjs";

export const MONTH_SECONDS = 30 * 24 * 3600;

/** What `quantity` units cost a month at a price `{ included, per, price }`. */
export const charge = (quantity, { included, per, price }) => (Math.max(0, quantity - included) / per) * price;

const harmonics = new Map();
/**
 * Zipf's law over `count` tenants as bins `{ tenants, share }`, `share` being that of each tenant in the bin. The first thousand have a
 * bin each; after that a bin is a hundredth of its rank wide, over which the share hardly changes.
 */
export function zipf(count, exponent) {
  const name = `${count} ${exponent}`;
  if (harmonics.has(name)) return harmonics.get(name);
  const bins = [];
  for (let rank = 1; rank <= count; ) {
    const tenants = Math.min(rank <= 1000 ? 1 : Math.floor(rank / 100), count - rank + 1);
    let weight = 0;
    for (let n = rank; n < rank + tenants; n++) weight += n ** -exponent;
    bins.push({ tenants, share: weight / tenants });
    rank += tenants;
  }
  const total = bins.reduce((sum, { tenants, share }) => sum + tenants * share, 0);
  for (const bin of bins) bin.share /= total;
  harmonics.set(name, bins);
  return bins;
}

/** How often a second an interval of `seconds` begins, if the first event after its end begins the next and events come `rate` times a second. */
export const renewals = (rate, seconds) => (rate === 0 ? 0 : 1 / (seconds + 1 / rate));

/** Share of time in which at least one activity is in progress, if `mean` independent ones are in progress on average. */
export const busy = (mean) => 1 - Math.exp(-mean);

/** How often an event of every `period` seconds happens while a page is open, for `mean` seconds on average. */
export const timesWhileOpen = (period, mean) => 1 / (Math.exp(period / mean) - 1);

/** How many of the most popular tenants' visitors find what an isolate has room for `kept` tenants of. */
export function shareOfFirst(bins, kept) {
  let [left, share] = [kept, 0];
  for (const bin of bins) {
    const taken = Math.min(left, bin.tenants);
    share += taken * bin.share;
    left -= taken;
  }
  return share;
}

/** How many of each operation a month has. */
export function counts(tenants, a, bytes, bounds = BOUNDS) {
  const bins = zipf(tenants, a.zipf);
  const cold = a.pageViews * a.coldViews;
  const visits = a.pageViews / a.viewsPerVisit;
  const later = a.pageViews - visits;
  const poll = a.pageViews * timesWhileOpen(bounds.pollSeconds, a.secondsOpen);
  const lookUps = visits * a.lookUpsFirstView + later * a.lookUpsLaterView + poll;
  const rate = (amount, share) => (amount * share) / MONTH_SECONDS;
  const sum = (each) => bins.reduce((total, { tenants, share }) => total + tenants * each(share), 0);
  // Each isolate has its own memory of a site; the documents in KV are shared by all.
  const unremembered = sum((share) => MONTH_SECONDS * a.isolates * renewals(rate(lookUps, share) / a.isolates, bounds.siteSeconds));
  const renewed = (seconds) => sum((share) => MONTH_SECONDS * renewals(rate(a.pageViews, share), seconds));
  const kept = bounds.fileBytes / bytes.kv_bytes_per_tenant;
  return {
    first_view: visits - cold,
    cold_view: cold,
    later_view: later,
    poll,
    held: (a.pageViews * a.withoutSocket * a.secondsOpen) / a.heldSeconds,
    conversation: a.pageViews * a.conversationsPerView,
    message: a.pageViews * a.messagesPerView,
    publish: tenants * a.publishesPerTenant,
    // A publish reaches the pages of its own tenant: over all tenants, as many as are open.
    publish_per_open_page: (a.publishesPerTenant * a.pageViews * a.secondsOpen) / MONTH_SECONDS,
    renewal: renewed(bounds.documentSeconds),
    document_writes: renewed(bounds.writeSeconds),
    files_unread: visits * (1 - shareOfFirst(bins, kept)),
    unremembered,
    lookUps,
  };
}

const LOOKING_UP = ["first_view", "cold_view", "later_view", "poll"];

/** The usage of a month, in the units that are billed or limited. */
export function usage(tenants, measured, a, bounds = BOUNDS) {
  const { operations, bytes } = measured;
  const n = counts(tenants, a, bytes, bounds);
  const total = {};
  for (const [name, operation] of Object.entries(operations)) {
    if (!(name in n)) continue;
    for (const [what, each] of Object.entries(operation)) total[what] = (total[what] ?? 0) + n[name] * each;
  }
  // In the measurement every view looked its site up once, and found it forgotten.
  const perLookUp = operations.poll.kv_reads;
  for (const name of LOOKING_UP) total.kv_reads -= n[name] * perLookUp;
  total.kv_reads += n.unremembered * perLookUp;
  total.kv_writes += (n.document_writes - n.renewal) * operations.renewal.kv_writes;
  const open = (a.pageViews * a.secondsOpen) / MONTH_SECONDS;
  const held = (share) => busy(open * a.withoutSocket * share);
  const activeSeconds =
    (total.object_requests * a.objectMillis) / 1000 + MONTH_SECONDS * zipf(tenants, a.zipf).reduce((sum, bin) => sum + bin.tenants * held(bin.share), 0);
  const GB = 1e9;
  const published = n.publish * a.monthsKept;
  return {
    ...total,
    counts: n,
    open_pages: open,
    object_gigabyte_seconds: activeSeconds * OBJECT_GIGABYTES,
    sql_gigabytes: (tenants * bytes.sql_bytes_per_tenant + n.message * a.monthsKept * bytes.sql_bytes_per_message + published * bytes.sql_bytes_per_publish) / GB,
    kv_gigabytes: ((tenants + published) * bytes.kv_bytes_per_tenant) / GB,
    // A hub and a counter each.
    object_gigabytes: (tenants * 2 * a.objectKilobytes * 1000) / GB,
  };
}

/** Lines of the bill: `[{ name, quantity, dollars }]` of the platform, of D1, of Postgres. */
export function bill(used, a) {
  const line = (name, quantity, price) => ({ name, quantity, dollars: charge(quantity, price) });
  const platform = [
    { name: "plan", dollars: PRICES.plan.price },
    line("Worker requests", used.requests, PRICES.requests),
    line("CPU milliseconds", used.cpu_ms, PRICES.cpuMillis),
    line("KV reads", used.kv_reads, PRICES.kvReads),
    line("KV writes", used.kv_writes, PRICES.kvWrites),
    line("KV storage, GB", used.kv_gigabytes, PRICES.kvGigabytes),
    line("object requests", used.object_requests, PRICES.objectRequests),
    line("object GB-seconds", used.object_gigabyte_seconds, PRICES.objectGigabyteSeconds),
    line("object rows read", used.object_rows_read, PRICES.objectRowsRead),
    line("object rows written", used.object_rows_written, PRICES.objectRowsWritten),
    line("object storage, GB", used.object_gigabytes, PRICES.objectGigabytes),
  ];
  const d1 = [
    line("D1 rows read", used.sql_rows_read, PRICES.d1RowsRead),
    line("D1 rows written", used.sql_rows_written, PRICES.d1RowsWritten),
    line("D1 storage, GB", used.sql_gigabytes, PRICES.d1Gigabytes),
  ];
  const { plan, machines } = postgres((perSecond(used.sql_trips) * a.peak) / a.postgresTripsPerCore);
  const machine = { name: `Postgres, ${machines} × ${plan.name}`, quantity: machines, dollars: machines * plan.price };
  const storage = { name: "Postgres storage, GB", quantity: used.sql_gigabytes, dollars: machines * used.sql_gigabytes * POSTGRES.gigabyte };
  return { platform, d1, postgres: [machine, storage] };
}

export const perSecond = (monthly) => monthly / MONTH_SECONDS;
export const sum = (lines) => lines.reduce((total, { dollars }) => total + dollars, 0);

/** The smallest machine of the price list that has so many cores, or as many of the largest as it takes. */
export function postgres(cores) {
  const largest = POSTGRES.plans.at(-1);
  const plan = POSTGRES.plans.find((each) => each.cores >= cores) ?? largest;
  return { plan, machines: Math.max(1, Math.ceil(cores / largest.cores)) };
}

/** Requests per second at the peak, of all and of the biggest tenant. */
export function peaks(tenants, measured, a, bounds = BOUNDS) {
  const used = usage(tenants, measured, a, bounds);
  const biggest = zipf(tenants, a.zipf)[0].share;
  const at = (monthly) => perSecond(monthly) * a.peak;
  const { counts: n } = used;
  // Of a message's requests to objects one is the counter's, the others are the hub's.
  const counter = n.message;
  const hub = used.object_requests - counter;
  const lookUps = (at(n.lookUps) * biggest) / a.isolates;
  return {
    requests: at(used.requests),
    kv_reads: at(used.kv_reads),
    sql_trips: at(used.sql_trips),
    sql_statements: at(used.sql_statements),
    object_requests: at(used.object_requests),
    open_pages: used.open_pages * a.peak,
    sql_gigabytes: used.sql_gigabytes,
    biggest: {
      share: biggest,
      views: at(a.pageViews) * biggest,
      hub: at(hub) * biggest,
      counter: at(counter) * biggest,
      sockets: used.open_pages * a.peak * biggest * (1 - a.withoutSocket),
      // A look-up in the second in which the document in KV becomes too old renews it.
      documentWrites: a.isolates * renewals(lookUps, bounds.siteSeconds),
    },
  };
}

/**
 * The limits, each as `{ name, load, limit }` at these page views, and `metAt`: the page views a month at which the load is the limit,
 * `Infinity` where it is not met below a million times as many.
 */
export function limits(tenants, measured, a) {
  const loads = {
    d1Time: { limit: LIMITS.d1MillisPerSecond.value, of: (p) => p.sql_statements * a.d1MillisPerStatement },
    d1Size: { limit: LIMITS.d1Gigabytes.value, of: (p) => p.sql_gigabytes },
    kvKey: { limit: LIMITS.kvWritesPerKeyAndSecond.value, of: (p) => p.biggest.documentWrites },
    hubSockets: { limit: BOUNDS.hubSockets, of: (p) => p.biggest.sockets },
    hubRequests: { limit: LIMITS.objectRequestsPerSecond.value, of: (p) => p.biggest.hub },
    counterRequests: { limit: LIMITS.objectRequestsPerSecond.value, of: (p) => p.biggest.counter },
    connections: { limit: LIMITS.hyperdriveConnections.value, of: (p) => (p.sql_trips * a.postgresMillisPerTrip) / 1000 },
    postgres: { limit: POSTGRES.plans.at(-1).cores * a.postgresTripsPerCore, of: (p) => p.sql_trips },
  };
  const at = (pageViews) => peaks(tenants, measured, { ...a, pageViews });
  return Object.entries(loads)
    .map(([name, { limit, of }]) => ({ name, limit, load: of(at(a.pageViews)), metAt: meeting((views) => of(at(views)), limit) }))
    .sort((one, other) => one.metAt - other.metAt);
}

/** The page views at which a load that grows with them reaches `limit`; 0 if it is over it without any. */
export function meeting(load, limit) {
  let [low, high] = [0, 1e15];
  if (load(1) > limit) return 0;
  if (load(high) < limit) return Infinity;
  for (let n = 0; n < 60; n++) {
    const middle = (low + high) / 2;
    if (load(middle) < limit) low = middle;
    else high = middle;
  }
  return high;
}
