// As much of a browser page as the loader touches, so that the built file itself can be run in it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";

const source = readFileSync(join(process.env.LIVERY_WIDGET_DIST, "loader.js"), "utf8");

export const BASE = "https://chat.acme.test";

/** `answers`: what the session endpoint answers, one after another; the last one stays. */
export function fakePage({ config, stub = [], storage = new Map(), answers = [{ status: 201 }], narrow = false } = {}) {
  const page = { frames: [], warnings: [], requests: [], timers: [], uncaught: [], storage };
  const style = () => {
    const rules = {};
    return { rules, setProperty: (name, value) => void (rules[name] = String(value)) };
  };
  const body = {
    appendChild(frame) {
      page.frames.push(frame);
      frame.isConnected = true;
    },
  };
  const window = {
    URL,
    JSON,
    console: { warn: (text) => page.warnings.push(text) },
    chatWidgetConfig: config,
    localStorage: {
      getItem: (key) => {
        if (storage === null) throw new Error("blocked");
        return storage.get(key) ?? null;
      },
      setItem: (key, value) => storage.set(key, value),
      removeItem: (key) => storage.delete(key),
    },
    matchMedia: (query) => ({ matches: narrow && query.includes("max-width"), onchange: null }),
    requestIdleCallback: (run) => run(),
    addEventListener: () => {},
    removeEventListener: () => {},
    setTimeout: (run, wait = 0, ...rest) => page.timers.push({ run: () => run(...rest), wait }),
    clearTimeout: (id) => id && (page.timers[id - 1] = undefined),
    MessageChannel: class {
      port1 = { postMessage: (data) => page.toEmbed.push(JSON.parse(JSON.stringify(data))), close() {} };
      port2 = { isPort: true };
      constructor() {
        page.port = this.port1;
        page.toEmbed = [];
      }
    },
    fetch: async (url, init) => {
      page.requests.push({ url, init, body: JSON.parse(init.body) });
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer instanceof Error) throw answer;
      const number = page.requests.length;
      const text = answer.body ?? { session_token: "st" + number, expires_in: 900, visitor_token: "vt" + number };
      answer.before?.();
      return { ok: answer.status < 300, status: answer.status, json: async () => text, headers: new Headers(answer.headers) };
    },
    // As in a browser, what the document has stands on its prototype.
    document: Object.create({
      currentScript: { src: BASE + "/widget.js" },
      readyState: "complete",
      documentElement: { lang: "ja" },
      activeElement: null,
      body,
      scripts: [],
      createElement: () => {
        const frame = { style: style(), focus() {}, remove: () => ((frame.isConnected = false), (frame.removed = true)) };
        frame.contentWindow = { postMessage: (data, origin, ports) => (page.hello = { data, origin, ports }) };
        return frame;
      },
    }),
  };
  window.window = window;
  if (stub) {
    window.Livery = function (...args) {
      (window.Livery.q = window.Livery.q || []).push(args);
    };
    for (const args of stub) window.Livery(...args);
  }
  const context = vm.createContext(window);
  page.window = window;
  page.load = () => vm.runInContext(source, context);
  page.settle = async () => {
    for (let i = 0; i < 60; i++) await Promise.resolve();
  };
  /** Runs the timers that are set now, those that wait at most so long. */
  page.tick = async (longest = Infinity) => {
    for (const [index, timer] of page.timers.entries()) {
      if (!timer || timer.wait > longest) continue;
      page.timers[index] = undefined;
      try {
        timer.run();
      } catch (error) {
        page.uncaught.push(error);
      }
    }
    await page.settle();
  };
  page.hear = (data) => page.port.onmessage({ data });
  /** The whole way up to a widget that says it is ready. */
  page.boot = async () => {
    page.load();
    await page.settle();
    page.frames.at(-1).onload();
    page.hear({ t: "layout", closed: [104, 104], open: [424, 684], position: "bottom-left", title: "Acme" });
    page.hear({ t: "ready" });
    return page;
  };
  return page;
}
