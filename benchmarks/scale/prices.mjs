// Cloudflare's prices and limits of the Workers Paid plan, from its public documentation. US dollars a month; a price is
// `{ included, per, price }`: `price` for each `per` units over what is included.
const M = 1_000_000;
const docs = "https://developers.cloudflare.com";

/** When the pages below were read, as stored copies of different ages: the live pages take precedence. */
export const READ_ON = "2026-11-21";

export const SOURCES = {
  workers: `${docs}/workers/platform/pricing/`,
  kv: `${docs}/kv/platform/pricing/`,
  kvLimits: `${docs}/kv/platform/limits/`,
  objects: `${docs}/durable-objects/platform/pricing/`,
  objectLimits: `${docs}/durable-objects/platform/limits/`,
  objectState: `${docs}/durable-objects/api/state/`,
  d1: `${docs}/d1/platform/pricing/`,
  d1Limits: `${docs}/d1/platform/limits/`,
  hyperdrive: `${docs}/hyperdrive/platform/limits/`,
  workerLimits: `${docs}/workers/platform/limits/`,
  postgres: "https://fly.io/docs/mpg/",
};

export const PRICES = {
  plan: { price: 5, source: SOURCES.workers },
  // Inbound requests only: a call over a service binding, or to KV, D1 and objects, is no request of a Worker.
  requests: { included: 10 * M, per: M, price: 0.3, source: SOURCES.workers },
  cpuMillis: { included: 30 * M, per: M, price: 0.02, source: SOURCES.workers },
  kvReads: { included: 10 * M, per: M, price: 0.5, source: SOURCES.kv },
  kvWrites: { included: M, per: M, price: 5, source: SOURCES.kv },
  kvGigabytes: { included: 1, per: 1, price: 0.5, source: SOURCES.kv },
  // Outgoing frames cost nothing; nor do pings that the runtime answers by itself.
  objectRequests: { included: M, per: M, price: 0.15, source: SOURCES.objects },
  objectGigabyteSeconds: { included: 400_000, per: M, price: 12.5, source: SOURCES.objects },
  objectRowsRead: { included: 25_000 * M, per: M, price: 0.001, source: SOURCES.objects },
  objectRowsWritten: { included: 50 * M, per: M, price: 1, source: SOURCES.objects },
  objectGigabytes: { included: 5, per: 1, price: 0.2, source: SOURCES.objects },
  d1RowsRead: { included: 25_000 * M, per: M, price: 0.001, source: SOURCES.d1 },
  d1RowsWritten: { included: 50 * M, per: M, price: 1, source: SOURCES.d1 },
  d1Gigabytes: { included: 5, per: 1, price: 0.75, source: SOURCES.d1 },
};

/** Managed Postgres, one public price list (superfly/docs, mpg/index.html.md) as an example. Hyperdrive itself is in the plan, its queries unlimited. */
export const POSTGRES = {
  source: SOURCES.postgres,
  gigabyte: 0.28,
  plans: [
    { name: "2 vCPU, 8 GB", cores: 2, price: 282 },
    { name: "4 vCPU, 32 GB", cores: 4, price: 962 },
    { name: "8 vCPU, 64 GB", cores: 8, price: 1922 },
  ],
};

export const LIMITS = {
  /** One query at a time: 1,000 a second where one takes 1 ms. */
  d1MillisPerSecond: { value: 1000, source: SOURCES.d1Limits },
  d1Gigabytes: { value: 10, source: SOURCES.d1Limits },
  kvWritesPerKeyAndSecond: { value: 1, source: SOURCES.kvLimits },
  objectRequestsPerSecond: { value: 1000, source: SOURCES.objectLimits },
  objectSockets: { value: 32_768, source: SOURCES.objectState },
  objectMegabytes: { value: 128, source: SOURCES.workerLimits },
  objectGigabytes: { value: 10, source: SOURCES.objectLimits },
  hyperdriveConnections: { value: 100, source: SOURCES.hyperdrive },
  subrequests: { value: 10_000, source: SOURCES.workerLimits },
};

/** An object is billed for this much memory while it is active, whatever it uses. */
export const OBJECT_GIGABYTES = 0.128;
