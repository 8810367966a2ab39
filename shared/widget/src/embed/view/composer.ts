import { fill, type Locale } from "../locale.ts";
import { LONGEST_TEXT, textLength } from "../message.ts";
import type { Words } from "../texts.ts";
import { element } from "./element.ts";
import { icon } from "./icon.ts";

const COUNT_FROM = LONGEST_TEXT - 400;
const TALLEST = 140;
/** Pasted along unseen; the server refuses them. Line breaks and tabs may stay. */
const CONTROL = /(?![\n\r\t])\p{Cc}/gu;

export class Composer {
  readonly input = element("textarea", { class: "livery-input", rows: "1", id: "livery-input", "aria-describedby": "livery-count", autocomplete: "off" });
  private readonly count = element("span", { class: "livery-count", id: "livery-count", "aria-live": "polite" });
  private readonly sendButton = element("button", { type: "submit", class: "livery-send" }, icon("send"));
  readonly root = element(
    "form",
    { class: "livery-composer", novalidate: true },
    element("div", { class: "livery-field" }, this.input, this.sendButton),
    this.count,
  );
  private locale: Locale | undefined;

  constructor(private readonly onSend: (text: string) => void) {
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.input.addEventListener("input", () => this.measure());
    // The iframe grows after the panel has opened, and a phone turns: the same text then takes other lines.
    let width = 0;
    new ResizeObserver(() => {
      if (width === this.input.clientWidth) return;
      width = this.input.clientWidth;
      this.measure();
    }).observe(this.input);
    this.input.addEventListener("keydown", (event) => {
      // The Enter that accepts a Japanese conversion must not send; 229 is how older Safari tells.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.submit();
    });
  }

  update(locale: Locale, words: Words): void {
    this.locale = locale;
    this.input.placeholder = words.placeholder;
    this.input.setAttribute("aria-label", locale.strings.input);
    this.sendButton.setAttribute("aria-label", words.send);
    this.measure();
  }

  /** Gives a text back to the visitor. Answers `false`, and does nothing, when another one is being written. */
  restore(text: string): boolean {
    if (this.input.value.trim() !== "") return false;
    this.input.value = text;
    this.measure();
    return true;
  }

  focus(): void {
    this.input.focus({ preventScroll: true });
  }

  private measure(): void {
    const { input, locale } = this;
    const length = textLength(input.value.trim());
    this.sendButton.disabled = length === 0 || length > LONGEST_TEXT;
    this.count.hidden = length < COUNT_FROM;
    this.count.classList.toggle("livery-count--over", length > LONGEST_TEXT);
    input.setAttribute("aria-invalid", String(length > LONGEST_TEXT));
    if (locale && length >= COUNT_FROM) {
      const { strings, tag } = locale;
      const n = new Intl.NumberFormat(tag).format(Math.abs(LONGEST_TEXT - length));
      this.count.textContent = fill(length > LONGEST_TEXT ? strings.tooLong : strings.left, { n });
    } else this.count.textContent = "";
    input.style.setProperty("height", "auto");
    if (input.scrollHeight > 0) {
      input.style.setProperty("height", Math.min(TALLEST, input.scrollHeight) + "px");
      input.style.setProperty("overflow-y", input.scrollHeight > TALLEST ? "auto" : "hidden");
    }
  }

  private submit(): void {
    const text = this.input.value.replace(CONTROL, "").trim();
    const length = textLength(text);
    if (length === 0 || length > LONGEST_TEXT) return;
    this.input.value = "";
    this.measure();
    // Also after a click on the button, which is now disabled and would leave the focus nowhere.
    this.focus();
    this.onSend(text);
  }
}
