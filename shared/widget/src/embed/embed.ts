import type { HostOptions, HostView, ToEmbed, ToHost } from "../protocol.ts";
import { Api } from "./api.ts";
import { events } from "./carrier/events.ts";
import { longPoll } from "./carrier/long_poll.ts";
import { socket } from "./carrier/socket.ts";
import { Chat } from "./chat.ts";
import { readFrame } from "./frames.ts";
import { Live } from "./live.ts";
import { chooseLocale } from "./locale.ts";
import { Poll } from "./poll.ts";
import { Publication } from "./publication.ts";
import { readConfig, readPosition, type Config } from "./release.ts";
import { Session } from "./session.ts";
import { chooseWords } from "./texts.ts";
import { Widget } from "./view/widget.ts";

const ACTIVE_POLL = 5_000;
/** After a hello the server sends the missed releases; if none arrives within this time, they are polled. */
const CATCH_UP = 3_000;
const FIRST_SYNC = 2_500;

type Init = Extract<ToEmbed, { t: "init" }>;

/** From the loader's first message on, this page runs as long as its port is open. */
function run(port: MessagePort, init: Init): void {
  const tell = (message: ToHost) => port.postMessage(message);
  const tellEvent = (type: string, data: unknown) => tell({ t: "event", type, data });

  let config: Config = readConfig(embeddedConfig());
  let options: HostOptions = init.options;
  let view: HostView = init.view;
  let unread = -1;

  const session = new Session(init.session, () => tell({ t: "session" }));
  const api = new Api(session);
  const locale = () => chooseLocale(options.locale, init.lang, ...navigator.languages);
  const state = () => ({ config, locale: locale(), options, view });

  const chat = new Chat(api, {
    changed: () => refresh(),
    arrived: (messages) => {
      for (const { id, author, created_at } of messages) tellEvent("message", { id, author, created_at });
    },
    read: (read) => tell({ t: "read", read }),
    returned: (text) => widget.restore(text),
  });
  const widget = new Widget(chat, state(), {
    opened: (open) => {
      tell({ t: "open", open });
      if (open && !chat.isLoaded) void chat.sync();
    },
    seen: () => tellUnread(),
  });

  const refresh = () => {
    widget.render();
    tellUnread();
  };
  const tellUnread = () => {
    const count = widget.open ? 0 : chat.unread;
    if (count === unread) return;
    unread = count;
    tellEvent("unread", { count });
  };
  const tellLayout = () => {
    const position = readPosition(options.position) ?? config.position;
    const { title } = chooseWords(config.texts, config.name, locale());
    tell({ t: "layout", ...widget.metrics.measure(), position, title });
  };
  const configure = () => {
    widget.configure(state());
    tellLayout();
  };

  const publication = new Publication(
    config.rev,
    (next) => {
      config = next;
      configure();
      tellEvent("release", { rev: next.rev });
    },
    () => tellEvent("error", { code: "release_failed", status: 0, detail: "" }),
  );
  const poll = new Poll({
    onRelease: (release) => publication.offer(release),
    onDegradedRound: () => void chat.sync(),
  });
  const suspended = () => {
    live.stop();
    poll.stop();
    clearInterval(active);
    tell({ t: "stop", code: "tenant_suspended" });
  };
  const live = new Live({
    host: location.host,
    secure: location.protocol === "https:",
    carriers: { websocket: socket, sse: events, poll: longPoll },
    rev: () => publication.rev,
    bearer: () => session.bearer,
    renew: (stale) => session.renew(stale),
    standing: () => api.standing(),
    onText: (text) => {
      const meaning = readFrame(text, publication.rev);
      if (meaning.is === "release") publication.offer(meaning.release);
      else if (meaning.is === "message") chat.receive(meaning.conversation, meaning.message);
      else if (meaning.is === "suspended") suspended();
      else if (meaning.is === "hello") {
        // A new hello instead of a continuation: fetch the messages that were sent while the channel was disconnected.
        chat.resume();
        setTimeout(() => publication.rev < meaning.rev && void poll.round(), CATCH_UP);
      }
    },
    onCarrier: (works) => {
      degraded = !works;
      poll.standIn(degraded);
      if (works) chat.sendStranded();
    },
    onSuspended: suspended,
  });
  let degraded = false;
  // Without a live channel, a visitor who looks at the conversation gets answers as fast as a reasonable polling rate allows.
  const active = setInterval(() => {
    if (degraded && widget.open && document.visibilityState === "visible") void chat.sync();
  }, ACTIVE_POLL);

  port.onmessage = ({ data }: MessageEvent<ToEmbed>) => {
    switch (data.t) {
      case "session":
        session.receive(data.session);
        break;
      case "options":
        options = data.options;
        configure();
        break;
      case "view":
        view = data.view;
        configure();
        break;
      case "read":
        chat.restoreRead(data.read);
        break;
      case "open":
        widget.show(data.open, data.focus);
        break;
      default:
        break;
    }
  };

  addEventListener("online", () => {
    refresh();
    chat.resume();
    live.wake();
  });
  addEventListener("offline", refresh);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && live.wake());
  // An open connection would keep the customer's page out of the back-forward cache.
  addEventListener("pagehide", () => live.stop());
  addEventListener("pageshow", (event) => event.persisted && live.start());

  chat.restoreRead(init.read);
  tellLayout();
  tell({ t: "ready" });
  if (init.open) widget.show(true, init.focus);
  // The first fetch is made at the server's hello: made before it, a message in between would be missed.
  live.start();
  setTimeout(() => chat.isLoaded || void chat.sync(), FIRST_SYNC);
  poll.start();
}

function embeddedConfig(): unknown {
  try {
    return JSON.parse(document.getElementById("livery-config")?.textContent ?? "");
  } catch {
    return undefined;
  }
}

/** Accepts a message only from the page around this one, only once, and only for the port that it transfers. */
function awaitLoader(): void {
  const hear = (event: MessageEvent) => {
    const port = event.ports[0];
    if (event.source !== window.parent || window.parent === window || event.data?.livery !== 1 || !port) return;
    removeEventListener("message", hear);
    port.onmessage = ({ data }: MessageEvent<ToEmbed>) => {
      if (data.t === "init") run(port, data);
    };
  };
  addEventListener("message", hear);
}

awaitLoader();
