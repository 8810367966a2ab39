import { STRINGS, type Strings } from "./strings/index.ts";

const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);

export interface Locale {
  /** The whole tag, for dates and numbers. */
  tag: string;
  dir: "ltr" | "rtl";
  strings: Strings;
}

/** The first wish that there are strings for, else English. Wishes in order: the page's option, the page's language, the browser's. */
export function chooseLocale(...wishes: (string | undefined)[]): Locale {
  for (const wish of wishes) {
    const tag = canonical(wish);
    const language = tag?.split("-")[0];
    if (tag && language && isSpoken(language)) {
      return { tag, dir: RIGHT_TO_LEFT.has(language) ? "rtl" : "ltr", strings: STRINGS[language] };
    }
  }
  return { tag: "en", dir: "ltr", strings: STRINGS.en };
}

function isSpoken(language: string): language is keyof typeof STRINGS {
  return Object.prototype.hasOwnProperty.call(STRINGS, language);
}

export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

function canonical(wish: string | undefined): string | undefined {
  if (!wish) return undefined;
  try {
    return Intl.getCanonicalLocales(wish.trim().replace(/_/g, "-"))[0];
  } catch {
    return undefined;
  }
}
