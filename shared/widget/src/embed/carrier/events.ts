import { createParser } from "eventsource-parser";
import { ask, refusal } from "./asked.ts";
import type { Carrier, Line, Loss } from "./carrier.ts";

/** The server's first word follows its head at once: where it does not come, something on the way holds it back. */
const FIRST_WORD_WITHIN = 6_000;
/** The server speaks every 15 seconds; two beats and a half without a word, and it is gone. */
const SILENT_FOR = 38_000;
const MAX_EVENT_CHARS = 256 * 1024;

/** Server-sent events, read by `fetch`: the browser's own EventSource can send no header. */
export function events(line: Line): Carrier {
  const stop = new AbortController();
  let deadline: ReturnType<typeof setTimeout> | undefined;
  let heardAt = 0;

  const close = () => {
    clearTimeout(deadline);
    stop.abort();
  };
  const lost = (loss: Loss) => {
    if (stop.signal.aborted) return;
    close();
    line.onLost(loss);
  };
  const expect = (within: number, otherwise: Loss) => {
    clearTimeout(deadline);
    deadline = setTimeout(() => lost(otherwise), within);
  };
  const parser = createParser({
    maxBufferSize: MAX_EVENT_CHARS,
    onEvent: ({ id, data }) => {
      line.onText(data);
      if (id !== undefined) line.onCursor(id);
    },
    onError: (error) => error.type === "max-buffer-size-exceeded" && lost("failed"),
  });
  const listen = async (): Promise<Loss> => {
    const response = await ask(line, "text/event-stream", "", line.cursor, stop.signal);
    const refused = await refusal(response, stop.signal);
    if (refused) return refused;
    if (!response.body || !response.headers.get("content-type")?.startsWith("text/event-stream")) return "failed";
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return "ended";
      if (stop.signal.aborted) return "failed";
      if (heardAt === 0) line.onOpen();
      heardAt = Date.now();
      expect(SILENT_FOR, "failed");
      parser.feed(decoder.decode(value, { stream: true }));
    }
  };

  expect(FIRST_WORD_WITHIN, "withheld");
  listen().then(lost, () => lost("failed"));
  return {
    close,
    // A stream can't be asked whether it is there; after a missed beat it is taken up anew, from where it was.
    probe: () => Date.now() - heardAt > SILENT_FOR / 2 && lost("ended"),
  };
}
