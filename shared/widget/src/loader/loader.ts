import { HELLO, LARGEST_CLOSED, LARGEST_OPEN, type FrameSize, type Position, type ToEmbed, type ToHost } from "../protocol.ts";
import { createFrame, placeFrame, viewport, within } from "./frame.ts";
import { Listeners, type Listener } from "./listeners.ts";
import { forEmbed, type Options } from "./options.ts";
import { scriptOrigin } from "./origin.ts";
import { fromScript, native, page } from "./page.ts";
import { Storage } from "./storage.ts";
import { Sessions, type Refusal, type Session } from "./session.ts";

type Command = (...rest: any[]) => void;
interface Entry {
  (...call: unknown[]): void;
  /** Calls that came before the loader, each as an array or an `arguments` object. */
  q?: { push(call: Iterable<unknown>): unknown };
  /** Set by the loader, never by the stub: a second copy of the script sees it and leaves. */
  up?: 1;
}

const EMBED_PATIENCE = 20_000;
const SUSPENDED_WAIT = 300_000;
const READ = ":read";

function start(base: string, options: Options): Entry {
  const listeners = new Listeners();
  const storage = new Storage(new URL(base).host);
  const sessions = new Sessions(base, storage);
  const narrow = matchMedia("(max-width:480px),(max-height:480px)");
  const dark = matchMedia("(prefers-color-scheme:dark)");

  let frame: HTMLIFrameElement | undefined;
  let port: MessagePort | undefined;
  let layout: { closed: FrameSize; open: FrameSize; position: Position } | undefined;
  let ready = false;
  let open = false;
  let wanted = false;
  let focus = false;
  let hidden = false;
  let opener: HTMLElement | null = null;
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

  const end = (code: string) => fail({ code, status: 0, detail: "" });

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
    patience = setTimeout(end, EMBED_PATIENCE, "embed_unavailable");
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
        lang: page.documentElement.lang,
        open: wanted,
        focus,
      });
    };
    place();
    page.body.appendChild(mine);
  };

  const hear = ({ data }: MessageEvent<ToHost>) => {
    if (!data) return;
    if (data.t === "layout") {
      layout = { closed: within(LARGEST_CLOSED, data.closed), open: within(LARGEST_OPEN, data.open), position: ("" + data.position) as Position };
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
      if (!open && opener && page.activeElement === frame) native(opener).focus();
      if (!open) opener = null;
      listeners.emit(open ? "open" : "close", {});
    } else if (data.t === "read") {
      storage.write(READ, data.read);
    } else if (data.t === "session") {
      renew(false);
    } else if (data.t === "event") {
      listeners.emit(data.type, data.data);
    } else if (data.t === "stop") {
      end(data.code);
    }
  };

  const show = (now: boolean, byVisitor: boolean) => {
    wanted = now;
    focus = byVisitor;
    if (now && byVisitor && ready && !open) {
      opener = page.activeElement as HTMLElement | null;
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
    viewport.onresize = null;
    port && port.close();
    frame && frame.remove();
    frame = port = layout = undefined;
  };

  const commands: Record<string, Command> = {
    // `constructor` and its like are no commands.
    __proto__: null as never,
    boot(more?: Options) {
      Object.assign(options, more);
      if (frame && !frame.isConnected) remove();
      if (booted) return;
      booted = true;
      const mine = ++life;
      addEventListener("storage", heed);
      narrow.onchange = dark.onchange = look;
      viewport.onresize = place;
      const idle = () => {
        const go = () => mine === life && renew(true);
        typeof requestIdleCallback === "function" ? requestIdleCallback(go, { timeout: 2000 }) : setTimeout(go, 1);
      };
      page.readyState === "complete" ? idle() : addEventListener("load", idle, { once: true });
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
    const command = commands[name as string];
    command ? command(...rest) : console.warn("[Livery] unknown command: " + name);
  };
  entry.up = 1;
  // A stub to which the page kept a reference goes on pushing here.
  entry.q = { push: (call) => entry(...call) };
  return entry;
}

const known = fromScript("Livery");
// A page may have written an element of that name to the property itself.
const { up, q = [] } = (typeof known === "function" ? known : {}) as Entry;
const base = scriptOrigin();
if (base && !up) {
  // A copy of an element, or of a frame's window, has no options.
  const options: Options = { ...(fromScript("chatWidgetConfig") as Options | undefined) };
  const entry = ((window as any).Livery = start(base, options));
  // Booting first only schedules: a queued `shutdown` or `boot` with options still comes in time.
  if (options.autoBoot !== false) entry("boot");
  for (const call of q as Iterable<unknown>[]) entry(...call);
}
