// What is assumed and not measured. Change a figure here, run `./scripts/scale`, read docs/scale.md.
export const TENANTS = [1e3, 1e5, 1e6];

/** `[value, what it is]` */
export const ASSUMPTIONS = {
  pageViews: [1e9, "page views a month, of all tenants"],
  viewsPerVisit: [4, "page views per visit; the browser's cache is empty at the first, which is more than is true of people who come back"],
  secondsOpen: [90, "mean time that a page stays open, exponentially distributed"],
  peak: [3, "busiest hour against the mean"],
  zipf: [1, "exponent of Zipf's law, by which views fall on tenants"],
  conversationsPerView: [0.004, "conversations begun per page view: 1.6 % of visits"],
  messagesPerView: [0.02, "visitors' messages per page view: five in a conversation"],
  publishesPerTenant: [2, "publishes per tenant and month"],
  monthsKept: [12, "months that messages are kept; nothing deletes them today"],
  lookUpsFirstView: [2, "times that the first view of a visit has the edge ask after its site: the loader; over 2 s later, the iframe"],
  lookUpsLaterView: [1, "the same for a later view: the iframe"],
  coldViews: [0.002, "share of page views that start isolates of their own"],
  isolates: [300, "isolates of the edge that visitors are spread over"],
  withoutSocket: [0.01, "share of page views whose network lets no WebSocket through: they listen by held requests"],
  heldSeconds: [25, "how long one such request is held at the hub, which stays active for it"],
  objectMillis: [3, "wall-clock time of one request in an object"],
  d1MillisPerStatement: [0.5, "time of one statement in D1, all of them being look-ups by key or single inserts"],
  postgresTripsPerCore: [1500, "round trips per second that a core of Postgres carries, each a transaction of its own"],
  postgresMillisPerTrip: [5, "how long a round trip holds one of Hyperdrive's connections"],
  objectKilobytes: [20, "storage of one object: an empty database is 12 KB (the platform's FAQ)"],
};

export const values = () => Object.fromEntries(Object.entries(ASSUMPTIONS).map(([name, [value]]) => [name, value]));

/** Bounds of Livery's own that the model meets. */
export const BOUNDS = {
  /** `MAX_SOCKETS` of the hub. */
  hubSockets: 20_000,
  /** `SITE_FRESH_MILLIS` of the edge's memory. */
  siteSeconds: 2,
  /** `FACE_FRESH_MILLIS`: how old a document in KV may be. */
  documentSeconds: 60,
  /** How old it is when it is written anew: it is written whenever SQL was asked. */
  writeSeconds: 60,
  /** `MAX_FILE_BYTES` of the edge's memory. */
  fileBytes: 16 * 1024 * 1024,
  /** The widget's safety poll. */
  pollSeconds: 300,
};
