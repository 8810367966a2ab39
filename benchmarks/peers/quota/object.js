// The counter of Livery, in JavaScript: the same tables, statements, order of writes and memory.
import { DurableObject } from "cloudflare:workers";

const RESERVATION_MILLIS = 24 * 3_600_000;
const FORGET_EVERY = 128;

export class QuotaCounter extends DurableObject {
  #sql;
  #counters = new Map();
  #untilForgetting = 0;

  constructor(ctx, env) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS counters (meter TEXT NOT NULL, period INTEGER NOT NULL, used INTEGER NOT NULL, PRIMARY KEY (meter, period));
      CREATE TABLE IF NOT EXISTS reservations (
        meter TEXT NOT NULL, period INTEGER NOT NULL, id TEXT NOT NULL, units INTEGER NOT NULL,
        state TEXT NOT NULL, made_at INTEGER NOT NULL, PRIMARY KEY (meter, period, id))`);
  }

  /** `["granted" | "repeated" | "exceeded", used]`. Awaits nothing, so no other call comes in between. */
  reserve(meter, period, limit, units, id) {
    const now = Date.now();
    if (this.#untilForgetting-- === 0) {
      this.#untilForgetting = FORGET_EVERY;
      this.#sql.exec(
        "DELETE FROM reservations WHERE rowid IN (SELECT rowid FROM reservations ORDER BY rowid LIMIT ?) AND made_at < ?",
        2 * FORGET_EVERY,
        now - RESERVATION_MILLIS,
      );
    }
    const key = `${meter}/${period}`;
    let used = this.#counters.get(key);
    if (used === undefined) {
      used = this.#sql.exec("SELECT used FROM counters WHERE meter = ? AND period = ?", meter, period).toArray()[0]?.used ?? 0;
      this.#counters.set(key, used);
    }
    const after = used + units;
    if (after > limit) {
      const held = this.#sql.exec("SELECT 1 FROM reservations WHERE meter = ? AND period = ? AND id = ? AND state <> 'released'", meter, period, id).toArray().length > 0;
      return [held ? "repeated" : "exceeded", used];
    }
    try {
      this.#write(meter, period, after);
      const fresh = !this.#sql.exec(
        `INSERT INTO reservations (meter, period, id, units, state, made_at) VALUES (?, ?, ?, ?, 'held', ?)
         ON CONFLICT (meter, period, id) DO UPDATE SET units = excluded.units, state = 'held', made_at = excluded.made_at
         WHERE state = 'released' RETURNING 1`,
        meter, period, id, units, now,
      ).next().done;
      if (!fresh) {
        this.#write(meter, period, used);
        return ["repeated", used];
      }
    } catch (fault) {
      this.#counters.clear();
      throw fault;
    }
    this.#counters.set(key, after);
    return ["granted", after];
  }

  #write(meter, period, used) {
    this.#sql.exec(
      "INSERT INTO counters (meter, period, used) VALUES (?, ?, ?) ON CONFLICT (meter, period) DO UPDATE SET used = excluded.used",
      meter, period, used,
    );
  }

  /** The same by `fetch`, with the request in the URL and the answer in a header. */
  fetch(request) {
    const [, , , meter, period, limit, units, id] = request.url.split("/");
    const [outcome, used] = this.reserve(meter, Number(period), Number(limit), Number(units), id);
    return new Response(null, { headers: { outcome: `${outcome} ${used}` } });
  }

  /** A call that does nothing, to measure its cost. */
  nothing() {
    return ["granted", 1];
  }
}
