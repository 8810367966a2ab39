import type { HostOptions, HostView } from "../../protocol.ts";
import type { Chat } from "../chat.ts";
import { fill, type Locale } from "../locale.ts";
import { isThemeChoice, readPosition, type Config } from "../release.ts";
import { chooseWords, type Words } from "../texts.ts";
import { Banner } from "./banner.ts";
import { Composer } from "./composer.ts";
import { element } from "./element.ts";
import { Header } from "./header.ts";
import { Launcher } from "./launcher.ts";
import { Messages } from "./messages.ts";
import { Metrics } from "./metrics.ts";

const PRODUCT = "Livery";
const LEAVING = 180;

export interface WidgetState {
  config: Config;
  locale: Locale;
  options: HostOptions;
  view: HostView;
}

export interface WidgetEvents {
  opened: (open: boolean) => void;
  seen: () => void;
}

/** Everything the visitor sees: the launcher, and the panel that takes its place. */
export class Widget {
  open = false;
  readonly metrics = new Metrics();
  private readonly launcher: Launcher;
  private readonly header: Header;
  private readonly messages: Messages;
  private readonly composer: Composer;
  private readonly banner = new Banner();
  private readonly footer = element("p", { class: "livery-footer" });
  private readonly panel: HTMLElement;
  private words: Words;
  private leaving: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly chat: Chat,
    private state: WidgetState,
    private readonly events: WidgetEvents,
  ) {
    this.words = chooseWords(state.config.texts, state.config.name, state.locale);
    this.launcher = new Launcher(() => this.show(true, true));
    this.header = new Header(() => this.show(false, true));
    this.messages = new Messages(
      (key) => chat.retry(key),
      () => void chat.earlier(),
    );
    this.composer = new Composer((text) => chat.send(text));
    this.panel = element(
      "section",
      { class: "livery-panel", id: "livery-panel", role: "dialog", "aria-labelledby": "livery-title", hidden: true },
      this.header.root,
      this.messages.root,
      this.banner.root,
      this.composer.root,
      this.footer,
    );
    document.body.append(this.launcher.root, this.panel);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing && this.open) this.show(false, true);
    });
    document.body.dataset["state"] = "closed";
    this.configure(state);
  }

  /** Gives a text that could not be sent back to the composer. */
  restore(text: string): boolean {
    return this.composer.restore(text);
  }

  configure(state: WidgetState): void {
    this.state = state;
    const { config, locale, options, view } = state;
    const { documentElement: root, body } = document;
    root.lang = locale.tag;
    root.dir = locale.dir;
    const theme = isThemeChoice(options.theme) ? options.theme : config.themeMode;
    body.dataset["theme"] = theme === "auto" ? (view.dark ? "dark" : "light") : theme;
    body.dataset["position"] = readPosition(options.position) ?? config.position;
    body.dataset["narrow"] = String(view.narrow);
    const { size } = options;
    body.dataset["size"] = typeof size === "string" ? size : "standard";
    for (const axis of ["width", "height"] as const) {
      const length = typeof size === "object" ? size[axis] : undefined;
      if (typeof length === "number" && length > 0) body.style.setProperty("--livery-" + axis, length + "px");
      else body.style.removeProperty("--livery-" + axis);
    }
    this.words = chooseWords(config.texts, config.name, locale);
    this.header.update(config, this.words);
    this.composer.update(locale, this.words);
    this.footer.replaceChildren();
    if (this.words.footer !== "") this.footer.append(element("span", {}, this.words.footer));
    if (config.poweredBy) this.footer.append(element("span", { class: "livery-powered" }, fill(locale.strings.poweredBy, { name: PRODUCT })));
    this.footer.hidden = this.footer.childElementCount === 0;
    this.render();
  }

  /** What the chat holds now. */
  render(): void {
    const { config, locale } = this.state;
    if (this.open) this.chat.read();
    const { greeting, open, title } = this.words;
    const team = config.name || title;
    this.messages.update(this.chat.thread, this.chat.hasEarlier, greeting, team, locale);
    this.banner.update(navigator.onLine ? this.chat.notice : "offline", locale);
    this.launcher.update(locale, open, this.open ? 0 : this.chat.unread, this.open);
  }

  show(open: boolean, focus: boolean): void {
    if (open === this.open) {
      if (open && focus) this.composer.focus();
      return;
    }
    this.open = open;
    clearTimeout(this.leaving);
    const { body } = document;
    if (open) {
      this.panel.hidden = false;
      body.dataset["state"] = "open";
      this.render();
      this.messages.toEnd();
      if (focus) this.composer.focus();
      this.events.seen();
      this.events.opened(true);
      return;
    }
    const hadFocus = this.panel.contains(document.activeElement);
    body.dataset["state"] = "leaving";
    this.render();
    // The iframe shrinks only once the panel has left it, else it would be cut.
    this.leaving = setTimeout(
      () => {
        this.panel.hidden = true;
        body.dataset["state"] = "closed";
        if (hadFocus || focus) this.launcher.root.focus({ preventScroll: true });
        this.events.opened(false);
      },
      matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : LEAVING,
    );
  }
}
