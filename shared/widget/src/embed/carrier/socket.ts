import type { Carrier, Line, Loss } from "./carrier.ts";

const PING_EVERY = 30_000;
const PONG_WITHIN = 10_000;
const CONNECT_WITHIN = 15_000;

const LOSSES: Record<number, Loss> = { 4001: "expired", 4003: "suspended", 4013: "busy" };

/** A WebSocket, kept alive by pings. */
export function socket(line: Line): Carrier {
  let beat: ReturnType<typeof setTimeout> | undefined;
  let deadline: ReturnType<typeof setTimeout> | undefined;
  let greeted = false;
  let live: WebSocket | undefined;

  const close = () => {
    clearTimeout(beat);
    clearTimeout(deadline);
    if (!live) return;
    live.onmessage = live.onclose = null;
    live.close();
    live = undefined;
  };
  const lost = (loss: Loss) => {
    close();
    line.onLost(loss);
  };
  const ping = () => {
    if (live?.readyState !== WebSocket.OPEN) return;
    live.send("ping");
    clearTimeout(deadline);
    deadline = setTimeout(() => lost("failed"), PONG_WITHIN);
    schedulePing();
  };
  const schedulePing = () => {
    clearTimeout(beat);
    beat = setTimeout(ping, PING_EVERY);
  };

  const address = `${line.secure ? "wss" : "ws"}://${line.host}/v1/live?since=${line.rev()}`;
  try {
    live = new WebSocket(address, ["livery.v1", "bearer." + line.token]);
  } catch {
    deadline = setTimeout(() => lost("failed"));
    return { probe: () => undefined, close };
  }
  deadline = setTimeout(() => lost("failed"), CONNECT_WITHIN);
  live.onmessage = ({ data }) => {
    if (typeof data !== "string") return;
    // Any word from the server proves the connection, a pong no more than another.
    clearTimeout(deadline);
    if (!greeted) {
      greeted = true;
      line.onOpen();
      schedulePing();
    }
    if (data !== "pong") line.onText(data);
  };
  // `error` is always followed by `close`.
  live.onclose = ({ code }) => lost(LOSSES[code] ?? "failed");
  return { probe: ping, close };
}
