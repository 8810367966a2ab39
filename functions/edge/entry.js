// The Worker's entry. What the isolate has at hand is answered before anything of the asynchronous entry is made: no instance, no
// promise, no body copied out of wasm. Everything else goes the way that worker-build made.
import Entry from "./build/index.js";

const { answerAtOnce } = Entry.prototype;

export default {
  fetch(request, env, ctx) {
    if (request.method === "GET") {
      try {
        const answer = answerAtOnce(request.url, request.headers.get("if-none-match"));
        if (answer) return answer;
      } catch (fault) {
        // A trap leaves the memory of wasm in an unknown state: the entry below starts it anew before it answers.
        console.error(fault);
        if (fault instanceof WebAssembly.RuntimeError) globalThis.__worker_init_state.criticalError = true;
      }
    }
    return new Entry(ctx, env).fetch(request);
  },
};
