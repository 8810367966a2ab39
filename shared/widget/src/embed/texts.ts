import type { Locale } from "./locale.ts";
import { isObject } from "./release.ts";

const NAMES = ["title", "greeting", "placeholder", "header", "footer", "launcher_label", "close_label", "send_label"] as const;
type Name = (typeof NAMES)[number];

/** The tenant's own words. Missing: it chose none. Empty: it wants none. */
export type Texts = Partial<Record<Name, string>>;

/**
 * The default texts of a theme. A tenant that has not changed these did not choose English:
 * its visitors get the same words in their own language.
 */
const UNCHOSEN: Texts = {
  title: "Chat with us",
  greeting: "Hello! How can we help you?",
  placeholder: "Write a message…",
  launcher_label: "Open chat",
  close_label: "Close chat",
  send_label: "Send",
};

export function readTexts(value: unknown): Texts {
  const texts: Texts = {};
  const given = isObject(value) ? value : {};
  for (const name of NAMES) {
    const text = given[name];
    if (typeof text === "string" && text !== UNCHOSEN[name]) texts[name] = text.trim();
  }
  return texts;
}

/** The words that are shown: the tenant's where it chose some, else the locale's. An empty text hides its element. */
export interface Words {
  title: string;
  greeting: string;
  placeholder: string;
  header: string;
  footer: string;
  open: string;
  close: string;
  send: string;
}

export function chooseWords(texts: Texts, name: string, { strings }: Locale): Words {
  return {
    title: texts.title || name || strings.title,
    greeting: texts.greeting ?? strings.greeting,
    placeholder: texts.placeholder ?? strings.placeholder,
    header: texts.header ?? "",
    footer: texts.footer ?? "",
    // A button without a name is of no use to those who cannot see it: empty does not count here.
    open: texts.launcher_label || strings.open,
    close: texts.close_label || strings.close,
    send: texts.send_label || strings.send,
  };
}
