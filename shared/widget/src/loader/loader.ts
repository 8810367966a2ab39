import { HELLO, type FrameSize, type Position, type ToEmbed, type ToHost } from "../protocol.ts";
import { createFrame, placeFrame } from "./frame.ts";
import { Listeners, type Listener } from "./listeners.ts";
import { forEmbed, type Options } from "./options.ts";
import { scriptOrigin } from "./origin.ts";
import { Storage } from "./storage.ts";
import { Sessions, type Refusal, type Session } from "./session.ts";

type Command = (...rest: any[]) => void;
interface Entry {
  (name: string, ...rest: unknown[]): void;
  q?: { push(args: ArrayLike<unknown>): unknown } | ArrayLike<unknown>[];
  /** Set by the loader, never by the stub: a second copy of the script sees it and leaves. */
  up?: 1;
}

const page = window as unknown as { Livery?: Entry; chatWidgetConfig?: Options };
const EMBED_PATIENCE = 20_000;
const SUSPENDED_WAIT = 300_000;
const READ = ":read";

function start(base: string): Entry {
  const listeners = new Listeners();
  const storage = new Storage(new URL(base).host);
  const sessions = new Sessions(base, storage);
  const narrow = matchMedia("(max-width:480px),(max-height:480px)");
  const dark = matchMedia("(prefers-color-scheme:dark)");

  let options: Options = { ...page.chatWidgetConfig };
  let frame: HTMLIFrameElement | undefined;
  let port: MessagePort | undefined;
  let layout: { closed: FrameSize; open: FrameSize; position: Position } | undefined;
  let ready = false;
  let open = false;
  let wanted = false;
  let focus = false;
  let hidden = false;
  let opener: Element | null = null;
  let warned = false;
  // Counts boots and shutdowns: an answer that belongs to an earlier one is dropped.
  let life = 0;
  let booted = false;
  let renewal: ReturnType<typeof setTimeout> | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;

  const tell = (message: ToEmbed) => port && port.postMessage(message);
  const view = () => ({ narrow: narrow.matches, dark: dark.matches });

  const place = () =>
    frame &&
    placeFrame(frame, {
      size: layout ? layout[open ? "open" : "closed"] : [0, 0],
      position: layout ? layout.position : "bottom-right",
      zIndex: options.zIndex || 2147483000,
      visible: ready && (open || !(hidden || options.hideLauncher)),
      full: open && narrow.matches,
    });

  const look = () => {
    place();
    tell({ t: "view", view: view() });
  };

  const fail = (refusal: Refusal) => {
    remove();
    if (!warned) console.warn("[Livery] " + refusal.code + ": " + (refusal.detail || "the chat is not available"));
    warned = true;
    listeners.emit("error", refusal);
    // A suspension may be lifted while the page stays open.
    const mine = life;
    if (refusal.code === "tenant_suspended") setTimeout(() => mine === life && commands.boot!(), SUSPENDED_WAIT * (1 + Math.random()));
  };

  const renew = (boot: boolean) => {
    const mine = life;
    sessions.mint().then(
      (session: Session) => {
        if (mine !== life) return;
        clearTimeout(renewal);
        renewal = setTimeout(renew, Math.max(15, session.expires_in * 0.8) * 1000, false);
        boot ? embed(session) : tell({ t: "session", session: session.session_token });
      },
      (refusal: Refusal) => {
        if (mine !== life) return;
        // A refusal ends the widget; a server that is out of reach only ends the first attempt.
        if (boot || refusal.status === 403 || refusal.status === 404) fail(refusal);
        else tell({ t: "session", session: null });
      },
    );
  };

  const embed = (session: Session) => {
    const mine = (frame = createFrame(base));
    let token = session.session_token;
    patience = setTimeout(fail, EMBED_PATIENCE, { code: "embed_unavailable", status: 0, detail: "" });
    mine.onload = () => {
      const channel = new MessageChannel();
      port && port.close();
      port = channel.port1;
      port.onmessage = hear;
      mine.contentWindow!.postMessage(HELLO, base, [channel.port2]);
      tell({
        t: "init",
        session: token,
        options: forEmbed(options),
        view: view(),
        read: storage.read(READ),
        lang: document.documentElement.lang,
        open: wanted,
        focus,
      });
    };
    place();
    document.body.appendChild(mine);
  };

  const hear = ({ data }: MessageEvent<ToHost>) => {
    if (data.t === "layout") {
      layout = data;
      frame!.title = data.title;
      place();
    } else if (data.t === "ready") {
      clearTimeout(patience);
      const first = !ready;
      ready = true;
      place();
      if (first) {
        listeners.emit("ready", {});
        const { autoOpen } = options;
        const mine = life;
        // Covering a phone's whole screen unasked is never what the visitor came for.
        if (autoOpen && !narrow.matches) setTimeout(() => mine === life && show(true, false), +autoOpen > 1 ? +autoOpen : 0);
      }
    } else if (data.t === "open") {
      if (open === data.open) return;
      open = wanted = data.open;
      place();
      if (!open && opener && document.activeElement === frame) (opener as HTMLElement).focus();
      if (!open) opener = null;
      listeners.emit(open ? "open" : "close", {});
    } else if (data.t === "read") {
      storage.write(READ, data.read);
    } else if (data.t === "session") {
      renew(false);
    } else if (data.t === "event") {
      listeners.emit(data.type, data.data);
    } else if (data.t === "stop") {
      fail({ code: data.code, status: 0, detail: "" });
    }
  };

  const show = (now: boolean, byVisitor: boolean) => {
    wanted = now;
    focus = byVisitor;
    if (now && byVisitor && ready && !open) {
      opener = document.activeElement;
      frame!.focus();
    }
    tell({ t: "open", open: now, focus });
  };

  // Another page of this visitor wrote down how far they have read.
  const heed = ({ key, newValue }: StorageEvent) => {
    if (key === storage.name(READ) && newValue) tell({ t: "read", read: newValue });
  };

  const remove = () => {
    life++;
    booted = ready = open = wanted = false;
    clearTimeout(renewal);
    clearTimeout(patience);
    removeEventListener("storage", heed);
    narrow.onchange = dark.onchange = null;
    if (window.visualViewport) visualViewport!.onresize = null;
    port && port.close();
    frame && frame.remove();
    frame = port = layout = undefined;
  };

  const commands: Record<string, Command> = {
    boot(more?: Options) {
      Object.assign(options, more);
      if (frame && !frame.isConnected) remove();
      if (booted) return;
      booted = true;
      const mine = ++life;
      addEventListener("storage", heed);
      narrow.onchange = dark.onchange = look;
      if (window.visualViewport) visualViewport!.onresize = place;
      const idle = () => {
        const go = () => mine === life && renew(true);
        "requestIdleCallback" in window ? requestIdleCallback(go, { timeout: 2000 }) : setTimeout(go, 1);
      };
      document.readyState === "complete" ? idle() : addEventListener("load", idle, { once: true });
    },
    // Kept for this page only until sessions can carry it; the documentation says so.
    identify(identity: unknown) {
      options.identity = identity;
    },
    open: () => show(true, true),
    close: () => show(false, true),
    toggle: () => show(!wanted, true),
    show() {
      hidden = false;
      place();
    },
    hide() {
      hidden = true;
      show(false, false);
      place();
    },
    update(more?: Options) {
      Object.assign(options, more);
      place();
      tell({ t: "options", options: forEmbed(options) });
    },
    on(type: string, listener: Listener) {
      listeners.on(type, listener);
      // A listener that is added late is still told that the widget is ready.
      if (type === "ready" && ready) listener({}, type);
    },
    off: (type: string, listener?: Listener) => listeners.off(type, listener),
    shutdown() {
      remove();
      delete options.identity;
      sessions.forget();
      storage.write(READ);
      listeners.clear();
    },
  };

  const entry: Entry = (name, ...rest) => {
    const command = Object.prototype.hasOwnProperty.call(commands, name) && commands[name];
    command ? command(...rest) : console.warn("[Livery] unknown command: " + name);
  };
  entry.up = 1;
  // A stub to which the page kept a reference goes on pushing here.
  entry.q = { push: (args: ArrayLike<unknown>) => entry(...(Array.from(args) as [string])) };
  return entry;
}

const before = page.Livery;
const base = scriptOrigin();
if (base && !before?.up) {
  const entry = (page.Livery = start(base));
  // Booting first only schedules: a queued `shutdown` or `boot` with options still comes in time.
  if (page.chatWidgetConfig?.autoBoot !== false) entry("boot");
  for (const args of Array.from((before?.q as ArrayLike<unknown>[]) || [])) entry(...(Array.from(args) as [string]));
}
