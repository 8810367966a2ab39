import type { Notice } from "../chat.ts";
import type { Locale } from "../locale.ts";
import { element } from "./element.ts";
import { icon } from "./icon.ts";

export class Banner {
  private readonly text = element("p", { class: "livery-banner-text" });
  readonly root = element("div", { class: "livery-banner", role: "status", hidden: true }, icon("notice"), this.text);

  update(notice: Notice | "offline", locale: Locale): void {
    const text = notice === undefined ? "" : locale.strings[notice];
    // Written only when it changes, else a screen reader would say it again.
    if (this.text.textContent !== text) this.text.textContent = text;
    this.root.hidden = notice === undefined;
    this.root.classList.toggle("livery-banner--error", notice === "refused");
  }
}
