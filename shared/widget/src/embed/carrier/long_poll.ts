import { isObject } from "../release.ts";
import { ask, refusal } from "./asked.ts";
import type { Carrier, Line, Loss } from "./carrier.ts";

const WAIT_SECS = 25;
/** The server delays the answer for as long as it was asked to; a request that takes much longer is given up. */
const ANSWER_WITHIN = WAIT_SECS * 1000 + 10_000;
/** Some proxies hold nothing for so long, and a server that is full holds nothing at all: then this is the pause. */
const PAUSE = 5_000;
/** How long one carrier goes on, so that a better one is thought of every few minutes. */
const LIFE = 240_000;

/** One held request after the other. */
export function longPoll(line: Line, random = Math.random): Carrier {
  const stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const close = () => {
    clearTimeout(timer);
    stop.abort();
  };
  const lost = (loss: Loss) => {
    if (stop.signal.aborted) return;
    close();
    line.onLost(loss);
  };
  const listen = async (): Promise<Loss> => {
    let { cursor } = line;
    const from = Date.now();
    for (let askedAt = from, polls = 0; askedAt - from <= LIFE; askedAt = Date.now(), polls++) {
      timer = setTimeout(() => lost("failed"), ANSWER_WITHIN);
      const response = await ask(line, "application/json", "&wait=" + WAIT_SECS, cursor, stop.signal);
      const refused = await refusal(response, stop.signal);
      if (refused) return refused;
      const heard: unknown = await response.json();
      clearTimeout(timer);
      if (stop.signal.aborted || !isObject(heard) || !Array.isArray(heard["data"]) || typeof heard["cursor"] !== "string") return "failed";
      if (polls === 0) line.onOpen();
      for (const frame of heard["data"]) line.onText(JSON.stringify(frame));
      cursor = heard["cursor"];
      line.onCursor(cursor);
      if (heard["data"].length === 0 && Date.now() - askedAt < PAUSE) {
        await new Promise((go) => (timer = setTimeout(go, PAUSE * (0.5 + random()))));
      }
    }
    return "ended";
  };

  listen().then(lost, () => lost("failed"));
  // A request that the network swallowed ends by itself, and the one that stands hears whatever comes.
  return { close, probe: () => undefined };
}
