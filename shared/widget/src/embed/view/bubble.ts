import { splitLinks } from "../link.ts";
import type { Locale } from "../locale.ts";
import { element } from "./element.ts";

/** One message, or one that is on its way. */
export interface Bubble {
  key: string;
  author: "visitor" | "team";
  text: string;
  created_at: string;
  state: "sent" | "sending" | "failed";
  /** First or last of a run of the same author: the shape of its corners, and whether the time is shown. */
  head: boolean;
  tail: boolean;
}

export function renderBubble(bubble: Bubble, locale: Locale, team: string, onRetry: (key: string) => void): HTMLElement {
  const { strings } = locale;
  const text = element("p", { class: "livery-text", dir: "auto" });
  for (const piece of splitLinks(bubble.text)) {
    text.append(
      piece.href === undefined
        ? piece.text
        : element("a", { class: "livery-link", href: piece.href, target: "_blank", rel: "noopener noreferrer nofollow" }, piece.text),
    );
  }
  const classes = ["livery-message", "livery-message--" + bubble.author];
  if (bubble.head) classes.push("livery-message--head");
  if (bubble.tail) classes.push("livery-message--tail");
  if (bubble.state !== "sent") classes.push("livery-message--" + bubble.state);
  const author = element("span", { class: "livery-unseen" }, (bubble.author === "visitor" ? strings.you : team) + ": ");
  const root = element("div", { class: classes.join(" ") }, element("div", { class: "livery-bubble" }, author, text));
  const meta = renderMeta(bubble, locale, onRetry);
  if (meta) root.append(meta);
  return root;
}

function renderMeta(bubble: Bubble, locale: Locale, onRetry: (key: string) => void): HTMLElement | undefined {
  const { strings, tag } = locale;
  if (bubble.state === "failed") {
    const retry = element("button", { type: "button", class: "livery-retry" }, strings.retry);
    retry.addEventListener("click", () => onRetry(bubble.key));
    return element("div", { class: "livery-meta livery-meta--failed" }, strings.failed + " ", retry);
  }
  if (!bubble.tail) return undefined;
  if (bubble.state === "sending") return element("div", { class: "livery-meta" }, strings.sending);
  const time = new Date(bubble.created_at);
  if (Number.isNaN(time.getTime())) return undefined;
  const clock = new Intl.DateTimeFormat(tag, { hour: "numeric", minute: "2-digit" }).format(time);
  return element("div", { class: "livery-meta" }, element("time", { datetime: bubble.created_at }, clock));
}
