import type { Position, ThemeChoice } from "../protocol.ts";
import { readTexts, type Texts } from "./texts.ts";

/** Which immutable files the tenant's published brand is made of. */
export interface Release {
  rev: number;
  stylesheet: string;
  config: string;
}

export interface Config extends Release {
  name: string;
  texts: Texts;
  logo: string | undefined;
  poweredBy: boolean;
  themeMode: ThemeChoice;
  position: Position;
}

const STYLESHEET = /^\/b\/[A-Za-z0-9_-]{43}\.css$/;
const CONFIG = /^\/w\/[A-Za-z0-9_-]{43}\.json$/;
const POSITIONS: readonly string[] = ["bottom-right", "bottom-left", "top-right", "top-left"];

type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

/** Reads a release out of a frame or an answer; anything that is not one of our own immutable paths is no release. */
export function readRelease(value: unknown): Release | undefined {
  if (!isObject(value)) return undefined;
  const { rev, stylesheet, config } = value;
  if (!Number.isSafeInteger(rev) || (rev as number) < 0) return undefined;
  if (typeof stylesheet !== "string" || !STYLESHEET.test(stylesheet)) return undefined;
  if (typeof config !== "string" || !CONFIG.test(config)) return undefined;
  return { rev: rev as number, stylesheet, config };
}

/** A corner by its name. Themes write `bottom_right`, pages write `bottom-right`. */
export function readPosition(value: unknown): Position | undefined {
  const name = typeof value === "string" ? value.replace("_", "-") : "";
  return POSITIONS.includes(name) ? (name as Position) : undefined;
}

export function isThemeChoice(value: unknown): value is ThemeChoice {
  return value === "auto" || value === "light" || value === "dark";
}

/** Reads the config document. A field that is missing or of another shape takes its plain default: a visitor still gets a chat. */
export function readConfig(value: unknown, release?: Release): Config {
  const source = isObject(value) ? value : {};
  const assets = isObject(source["assets"]) ? source["assets"] : {};
  const layout = isObject(source["layout"]) ? source["layout"] : {};
  const own = release ?? {
    rev: Number.isSafeInteger(source["rev"]) ? (source["rev"] as number) : 0,
    stylesheet: typeof source["stylesheet"] === "string" ? source["stylesheet"] : "",
    config: typeof source["config"] === "string" ? source["config"] : "",
  };
  return {
    ...own,
    name: typeof source["name"] === "string" ? source["name"] : "",
    texts: readTexts(source["texts"]),
    logo: imageAddress(assets["logo"]),
    poweredBy: source["powered_by"] !== false,
    themeMode: isThemeChoice(source["theme_mode"]) ? source["theme_mode"] : "auto",
    position: readPosition(layout["position"]) ?? "bottom-right",
  };
}

/** What the document's `img-src` would load as well: our own paths, https, and inline images. */
function imageAddress(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  return /^(\/(?![/\\])|https:\/\/|data:image\/)/.test(value) ? value : undefined;
}
