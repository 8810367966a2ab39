// The entry of every Worker, in place of worker-build's own. That one makes an instance and three proxies per request, so that wasm can be
// restarted after a trap; here they are made only after a trap.
import Entry from "./index.js";

export * from "./index.js";

const { answerAtOnce, fetch } = Entry.prototype;
/** worker-build's own note that wasm has trapped: its memory is in an unknown state. */
const state = globalThis.__worker_init_state;
const trapped = (fault) => {
  if (fault instanceof WebAssembly.RuntimeError) state.criticalError = true;
};

// Futures of Rust are polled from microtasks. The runtime's own `queueMicrotask` takes several microseconds, a resolved promise takes less
// than one.
const settled = Promise.resolve();
globalThis.queueMicrotask = (task) => void settled.then(task);
addEventListener("unhandledrejection", ({ reason }) => trapped(reason));

export default {
  fetch(request, env, ctx) {
    // This one restarts wasm before it answers.
    if (state.criticalError) return new Entry(ctx, env).fetch(request);
    try {
      // Only the edge has answers in memory. For those nothing is awaited and no body is copied out of wasm.
      if (answerAtOnce && request.method === "GET") {
        const answer = answerAtOnce(request.url, request.headers.get("if-none-match"));
        if (answer) return answer;
      }
      return fetch.call({ env, ctx }, request);
    } catch (fault) {
      trapped(fault);
      throw fault;
    }
  },
};
