import { fill, type Locale } from "../locale.ts";
import { element } from "./element.ts";
import { icon } from "./icon.ts";

export class Launcher {
  readonly root = element("button", { type: "button", class: "livery-launcher", "aria-controls": "livery-panel", "aria-expanded": "false" });
  private readonly badge = element("span", { class: "livery-badge", "aria-hidden": "true", hidden: true });

  constructor(onPress: () => void) {
    this.root.append(icon("chat", true), this.badge);
    this.root.addEventListener("click", onPress);
  }

  update(locale: Locale, label: string, unread: number, open: boolean): void {
    const { strings, tag } = locale;
    const count = new Intl.NumberFormat(tag).format(unread);
    this.root.setAttribute("aria-label", unread > 0 ? fill(strings.openUnread, { n: count }) : label);
    this.root.setAttribute("aria-expanded", String(open));
    this.badge.hidden = unread === 0;
    this.badge.textContent = unread > 9 ? "9+" : count;
  }
}
