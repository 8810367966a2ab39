import type { Config } from "../release.ts";
import type { Words } from "../texts.ts";
import { element } from "./element.ts";
import { icon } from "./icon.ts";

export class Header {
  private readonly logo = element("img", { class: "livery-logo", alt: "" });
  private readonly initial = element("span", { class: "livery-initial", "aria-hidden": "true" });
  private readonly title = element("h1", { class: "livery-title", id: "livery-title" });
  private readonly subtitle = element("p", { class: "livery-subtitle" });
  private readonly close = element("button", { type: "button", class: "livery-close" }, icon("close"));
  readonly root = element(
    "header",
    { class: "livery-header" },
    this.logo,
    this.initial,
    element("div", { class: "livery-headline" }, this.title, this.subtitle),
    this.close,
  );

  constructor(onClose: () => void) {
    this.close.addEventListener("click", onClose);
    // A logo that does not load leaves the initial in its place, not a broken picture.
    this.logo.addEventListener("error", () => this.showLogo(false));
    this.logo.addEventListener("load", () => this.showLogo(true));
  }

  update(config: Config, words: Words): void {
    this.title.textContent = words.title;
    this.subtitle.textContent = words.header;
    this.subtitle.hidden = words.header === "";
    this.close.setAttribute("aria-label", words.close);
    this.initial.textContent = [...(config.name || words.title)][0]?.toLocaleUpperCase() ?? "";
    if (config.logo === undefined) {
      this.logo.removeAttribute("src");
      this.showLogo(false);
    } else if (this.logo.getAttribute("src") !== config.logo) {
      this.showLogo(false);
      this.logo.src = config.logo;
    }
  }

  private showLogo(shown: boolean): void {
    this.logo.hidden = !shown;
    this.initial.hidden = shown;
  }
}
