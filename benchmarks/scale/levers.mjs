// What in Livery would lower the bill, each by itself: a change of the measured operations or of a bound, and what it saves.
import { BOUNDS } from "./assumptions.mjs";
import { bill, sum, usage } from "./model.mjs";

const less = (operation, part, share = 1) => Object.fromEntries(Object.entries(operation).map(([name, value]) => [name, value - (part[name] ?? 0) * share]));
const everyView = (operations, change) => ({ ...operations, first_view: change(operations.first_view), cold_view: change(operations.cold_view), later_view: change(operations.later_view) });

export const LEVERS = [
  {
    name: "Write a document to KV when it changed, else once an hour, instead of after every read from SQL",
    change: () => ({ bounds: { ...BOUNDS, writeSeconds: 3600 } }),
  },
  {
    name: "Request conversations only if the visitor has one: the session's answer could say so",
    change: ({ operations, parts }, a) => {
      const without = 1 - a.conversationsPerView * a.viewsPerVisit;
      return { operations: everyView(operations, (view) => less(view, parts.conversations, without)) };
    },
  },
  {
    name: "One SQL round trip for a session, one for a socket, one for a list, instead of two each",
    change: ({ operations, parts }) => {
      const spared = ["session", "socket", "conversations"].reduce((total, name) => total + parts[name].sql_trips - 1, 0);
      return { operations: everyView(operations, (view) => less(view, { sql_trips: spared })) };
    },
  },
  {
    name: "One document in KV for a host with its status and release, instead of one for each of the two",
    change: ({ operations }) => {
      const one = { kv_reads: 1 };
      const renewal = less(operations.renewal, { kv_writes: 1 });
      return { operations: { ...everyView(operations, (view) => less(view, one)), poll: less(operations.poll, one), renewal } };
    },
  },
  {
    name: "No preflight: request a session with a content type that needs none",
    change: ({ operations, parts }) => ({ operations: { ...operations, first_view: less(operations.first_view, parts.preflight), cold_view: less(operations.cold_view, parts.preflight) } }),
  },
];

/** Dollars a month of everything, with Postgres. */
export function monthly(tenants, measured, a, bounds = BOUNDS) {
  const { platform, postgres } = bill(usage(tenants, measured, a, bounds), a);
  return sum(platform) + sum(postgres);
}

/** What a change saves a month, in dollars and in SQL round trips. */
export function saved(lever, tenants, measured, a) {
  const { operations = measured.operations, bounds = BOUNDS } = lever.change(measured, a);
  const changed = { ...measured, operations };
  return {
    dollars: monthly(tenants, measured, a) - monthly(tenants, changed, a, bounds),
    trips: 1 - usage(tenants, changed, a, bounds).sql_trips / usage(tenants, measured, a).sql_trips,
  };
}
