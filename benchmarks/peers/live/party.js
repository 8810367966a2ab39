// partyserver with hibernation on: a room that sends to all sockets, and one that also stores what it sends, as a hub of Livery does.
import { Server, getServerByName } from "partyserver";

export class Room extends Server {
  static options = { hibernate: true };

  async onRequest(request) {
    const frame = await request.text();
    if (new URL(request.url).searchParams.has("kept")) {
      const { rev, stylesheet, config } = JSON.parse(frame);
      const { sql } = this.ctx.storage;
      sql.exec("CREATE TABLE IF NOT EXISTS releases (rev INTEGER PRIMARY KEY, stylesheet TEXT NOT NULL, config TEXT NOT NULL)");
      sql.exec("INSERT INTO releases (rev, stylesheet, config) VALUES (?, ?, ?)", rev, stylesheet, config);
      sql.exec("DELETE FROM releases WHERE rev <= ?", rev - 64);
    }
    this.broadcast(frame);
    return Response.json(null);
  }
}

export default {
  async fetch(request, env) {
    const room = await getServerByName(env.Room, "acme");
    return room.fetch(request);
  },
};
