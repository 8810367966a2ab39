// The Durable Object classes as they are built, and what is billed for them counted: requests, rows, frames out.
import * as built from "./entry.js";

const counts = { requests: 0, rowsRead: 0, rowsWritten: 0, sent: 0, made: 0, closed: 0 };

const { send } = WebSocket.prototype;
WebSocket.prototype.send = function (data) {
  counts.sent++;
  return send.call(this, data);
};

// A cursor knows how many rows it has read only when it is finished. Cursors belong to one object, so each object counts its own.
let underway = [];
let watched = false;
const watch = (sql) => {
  if (watched) return;
  watched = true;
  const prototype = Object.getPrototypeOf(sql);
  const { exec } = prototype;
  prototype.exec = function (...args) {
    const cursor = exec.apply(this, args);
    underway.push(cursor);
    return cursor;
  };
};
const settle = () => {
  for (const cursor of underway.splice(0)) {
    counts.rowsRead += cursor.rowsRead;
    counts.rowsWritten += cursor.rowsWritten;
  }
};

const counting = (Class) =>
  class {
    #object;

    constructor(context, env) {
      watch(context.storage.sql);
      counts.made++;
      this.#object = new Class(context, env);
      settle();
    }
    async fetch(request) {
      counts.requests++;
      const answer = await this.#object.fetch(request);
      // A call that runs at the same time in this object is counted in one of the two, exactly once.
      settle();
      return answer;
    }
    async webSocketMessage(...heard) {
      counts.requests += 1 / 20;
      await this.#object.webSocketMessage(...heard);
      settle();
    }
    async webSocketClose(...heard) {
      counts.closed++;
      await this.#object.webSocketClose(...heard);
      settle();
    }
    webSocketError(...heard) {
      return this.#object.webSocketError(...heard);
    }
  };

export const QuotaCounter = counting(built.QuotaCounter);
export const TenantHub = counting(built.TenantHub);
export default { fetch: () => Response.json(counts) };
