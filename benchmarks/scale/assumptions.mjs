// The figures that are assumed, not measured. After changing one, run `./scripts/scale` and read docs/scale.md.
export const TENANTS = [1e3, 1e5, 1e6];

/** `[value, what it is]` */
export const ASSUMPTIONS = {
  pageViews: [1e9, "page views a month, of all tenants"],
  viewsPerVisit: [4, "page views per visit; the browser's cache is taken to be empty at the first, which overestimates for returning visitors"],
  secondsOpen: [90, "mean time that a page stays open, exponentially distributed"],
  peak: [3, "busiest hour, as a multiple of the mean"],
  zipf: [1, "exponent of Zipf's law, by which views are distributed over tenants"],
  conversationsPerView: [0.004, "conversations begun per page view: 1.6 % of visits"],
  messagesPerView: [0.02, "visitors' messages per page view: five in a conversation"],
  publishesPerTenant: [2, "publishes per tenant and month"],
  monthsKept: [12, "months that messages are kept; nothing deletes them today"],
  lookUpsFirstView: [2, "times that the edge looks up the site during the first view of a visit: for the loader and, over 2 s later, for the iframe"],
  lookUpsLaterView: [1, "the same for a later view: the iframe"],
  coldViews: [0.002, "share of page views that start isolates of their own"],
  isolates: [300, "isolates of the edge that visitors are spread over"],
  withoutSocket: [0.01, "share of page views whose network blocks WebSockets: they use long polls"],
  heldSeconds: [25, "how long one such request waits at the hub, which stays active meanwhile"],
  objectMillis: [3, "wall-clock time of one request in an object"],
  d1MillisPerStatement: [0.5, "time of one statement in D1, all of them being look-ups by key or single inserts"],
  postgresTripsPerCore: [1500, "round trips per second that a core of Postgres can do, each a transaction of its own"],
  postgresMillisPerTrip: [5, "how long a round trip uses one of Hyperdrive's connections"],
  objectKilobytes: [20, "storage of one object: an empty database is 12 KB (the platform's FAQ)"],
};

export const values = () => Object.fromEntries(Object.entries(ASSUMPTIONS).map(([name, [value]]) => [name, value]));

/** Livery's own bounds that the model uses. */
export const BOUNDS = {
  /** `MAX_SOCKETS` of the hub. */
  hubSockets: 20_000,
  /** `SITE_FRESH_MILLIS` of the edge's memory. */
  siteSeconds: 2,
  /** `FACE_FRESH_MILLIS`: how old a document in KV may be. */
  documentSeconds: 60,
  /** Its age when it is written again, which is after every read from SQL. */
  writeSeconds: 60,
  /** `MAX_FILE_BYTES` of the edge's memory. */
  fileBytes: 16 * 1024 * 1024,
  /** The widget's safety poll. */
  pollSeconds: 300,
};
