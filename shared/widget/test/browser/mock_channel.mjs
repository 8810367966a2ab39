// The mock's live channel without sockets: the frames so far, for each request, as a stream or a long poll.
const HELD_FOR = 25_000;

/** `state.events`: "work", "withheld" (as behind a proxy that buffers) or "missing"; `state.polls`: whether polls are served. */
export function mockChannel(state) {
  const told = [];
  const wakes = new Set();
  const streams = new Set();
  const after = (from, visitor) => told.slice(from).filter((each) => !each.visitor || each.visitor === visitor).map(({ frame }) => frame);
  /** What a client that comes is told first. */
  const greeting = (url, cursor) => {
    if (/^\d+$/.test(cursor ?? "")) return undefined;
    const missed = Number(url.searchParams.get("since")) < state.rev ? [{ type: "snapshot", ...state.release }] : [];
    return [{ type: "hello", rev: state.rev }, ...missed];
  };

  function stream(response, url, cursor, visitor) {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.flushHeaders();
    if (state.events === "withheld") return;
    let at = Number(cursor) || 0;
    const greeted = greeting(url, cursor);
    if (greeted) at = told.length;
    const write = (frames) => response.write(frames.map((frame) => `id: ${at}\ndata: ${JSON.stringify(frame)}\n\n`).join("") || ":\n\n");
    response.write("retry: 2000\n\n");
    const hear = () => {
      const from = at;
      at = told.length;
      write(after(from, visitor));
    };
    if (greeted) write(greeted);
    else hear();
    wakes.add(hear);
    streams.add(response);
    response.on("close", () => (wakes.delete(hear), streams.delete(response)));
  }

  function poll(response, url, cursor, visitor) {
    const answer = (data) => {
      response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" });
      response.end(JSON.stringify({ data, cursor: String(told.length) }));
    };
    const greeted = greeting(url, cursor);
    const hear = () => {
      const frames = after(Number(cursor), visitor);
      if (frames.length > 0) done(frames);
    };
    const done = (frames) => {
      wakes.delete(hear);
      clearTimeout(late);
      answer(frames);
    };
    if (greeted) return answer(greeted);
    const late = setTimeout(() => done([]), HELD_FOR);
    wakes.add(hear);
    response.on("close", () => (wakes.delete(hear), clearTimeout(late)));
    hear();
  }

  return {
    tell(frame, visitor) {
      told.push({ frame, visitor });
      for (const wake of [...wakes]) wake();
    },
    /** Answers, or says that this is not served. */
    serve(request, response, url, visitor) {
      const wanted = request.headers.accept?.includes("text/event-stream") ? "events" : "polls";
      if (wanted === "events" ? state.events === "missing" : !state.polls) return false;
      const cursor = request.headers["last-event-id"] ?? url.searchParams.get("cursor");
      (wanted === "events" ? stream : poll)(response, url, cursor, visitor);
      return true;
    },
    /** Breaks off every stream, as a network does. */
    breakOff: () => streams.forEach((response) => response.destroy()),
    listeners: () => wakes.size,
  };
}
