import type { Locale } from "../locale.ts";
import type { Thread } from "../thread.ts";
import { renderBubble } from "./bubble.ts";
import { element } from "./element.ts";
import { icon } from "./icon.ts";
import { timeline, type Entry } from "./timeline.ts";

const NEAR_END = 80;

/** The conversation: a log that a screen reader follows politely, and that stays at its end unless the visitor scrolled away. */
export class Messages {
  private readonly earlier = element("button", { type: "button", class: "livery-earlier", hidden: true });
  private readonly list = element("div", { class: "livery-list" });
  private readonly log = element("div", { class: "livery-messages", role: "log", "aria-live": "polite", tabindex: "0" }, this.earlier, this.list);
  private readonly jump = element("button", { type: "button", class: "livery-jump", hidden: true }, icon("down"), element("span"));
  readonly root = element("div", { class: "livery-conversation" }, this.log, this.jump);
  private nodes = new Map<string, { node: HTMLElement; shape: string }>();
  private count = 0;
  private first: string | undefined;
  private pinned = true;

  constructor(
    private readonly onRetry: (key: string) => void,
    onEarlier: () => void,
  ) {
    this.earlier.addEventListener("click", onEarlier);
    this.jump.addEventListener("click", () => this.toEnd());
    this.log.addEventListener("scroll", () => {
      this.pinned = this.atEnd();
      if (this.pinned) this.jump.hidden = true;
    });
    // A banner or a taller composer takes room from below: the last message must not go behind it.
    new ResizeObserver(() => this.pinned && this.toEnd()).observe(this.log);
  }

  update(thread: Thread, hasEarlier: boolean, greeting: string, team: string, locale: Locale): void {
    const { strings } = locale;
    this.log.setAttribute("aria-label", strings.messages);
    this.earlier.textContent = strings.earlier;
    this.jump.lastElementChild!.textContent = strings.newMessages;
    const stick = this.pinned;
    const fromEnd = this.log.scrollHeight - this.log.scrollTop;
    const prepended = this.earlier.hidden !== !hasEarlier || this.first !== thread.messages[0]?.id;
    this.earlier.hidden = !hasEarlier;

    const entries = timeline(thread.messages, thread.drafts);
    this.reconcile(entries, hasEarlier ? "" : greeting, team, locale);

    const count = thread.messages.length + thread.drafts.length;
    const own = thread.drafts.length > 0 && count > this.count;
    if (stick || own) this.toEnd();
    else if (prepended) this.log.scrollTop = this.log.scrollHeight - fromEnd;
    else if (count > this.count) this.jump.hidden = false;
    this.count = count;
  }

  toEnd(): void {
    this.log.scrollTop = this.log.scrollHeight;
    this.jump.hidden = true;
    this.pinned = true;
  }

  private atEnd(): boolean {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_END;
  }

  /** Keeps the nodes of entries that did not change: a screen reader announces additions only, and a selection survives. */
  private reconcile(entries: Entry[], greeting: string, team: string, locale: Locale): void {
    const kept = new Map<string, { node: HTMLElement; shape: string }>();
    let at: ChildNode | null = this.list.firstChild;
    const put = (key: string, shape: string, make: () => HTMLElement) => {
      const old = this.nodes.get(key);
      const node = old && old.shape === shape ? old.node : make();
      kept.set(key, { node, shape });
      if (at === node) at = node.nextSibling;
      else this.list.insertBefore(node, at);
    };
    if (greeting !== "") {
      const bubble = { key: "greeting", author: "team", text: greeting, created_at: "", state: "sent", head: true, tail: true } as const;
      put("greeting", greeting + locale.tag + team, () => renderBubble(bubble, locale, team, this.onRetry));
    }
    for (const entry of entries) {
      if (entry.is === "day") put(entry.key, locale.tag + dayName(entry.day, locale), () => renderDay(entry.day, locale));
      else put(entry.key, JSON.stringify(entry.bubble) + locale.tag + team, () => renderBubble(entry.bubble, locale, team, this.onRetry));
    }
    for (const [key, { node }] of this.nodes) if (kept.get(key)?.node !== node) node.remove();
    this.nodes = kept;
    const first = entries.find((entry) => entry.is === "bubble");
    this.first = first?.key;
  }
}

function renderDay(day: Date, locale: Locale): HTMLElement {
  return element("div", { class: "livery-day" }, element("span", {}, dayName(day, locale)));
}

function dayName(day: Date, locale: Locale): string {
  const today = new Date();
  today.setHours(0, 0, 0, 0);
  // Rounded, since a day of a clock change is not 24 hours long.
  const ago = Math.round((today.getTime() - day.getTime()) / 86_400_000);
  if (ago === 0) return locale.strings.today;
  if (ago === 1) return locale.strings.yesterday;
  const year = today.getFullYear() === day.getFullYear() ? undefined : ("numeric" as const);
  return new Intl.DateTimeFormat(locale.tag, { month: "long", day: "numeric", ...(year && { year }) }).format(day);
}
