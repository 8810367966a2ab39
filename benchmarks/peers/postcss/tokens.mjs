// Design tokens as custom properties, each checked against its type.
import valueParser from "postcss-value-parser";

const FUNCTIONS = new Set("rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix calc min max clamp".split(" "));
const LENGTH = /^-?(?:\d+\.?\d*|\.\d+)(?:px|em|rem|ch|ex|vw|vh|vmin|vmax|dvh|dvw|cm|mm|in|pt|pc|q)?$/i;

/** One value of safe characters that calls only functions which compute a value. */
function isConcrete(text) {
  if (/[;{}<\\@!"']|\/\*/.test(text)) return false;
  let known = true;
  const parsed = valueParser(text);
  parsed.walk((node) => {
    if ((node.type === "function" && node.value !== "" && !FUNCTIONS.has(node.value.toLowerCase())) || node.unclosed) known = false;
  });
  return known && parsed.nodes.length === 1;
}

const isFontStack = (text) => text.split(",").every((family) => /^\s*(?:[a-z_-][\w -]*|"[^"<\\]*"|'[^'<\\]*')\s*$/i.test(family));
const isNumber = (text) => /^(?:\d+\.?\d*|\.\d+)$/.test(text);
const isWeight = (text) => /^(?:normal|bold)$/i.test(text) || (isNumber(text) && Number(text) >= 1 && Number(text) <= 1000);
const isColor = (text) => isConcrete(text) && (/^#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.test(text) || /^[a-z]+$/i.test(text) || text.includes("("));
const isLength = (text) => isConcrete(text) && (LENGTH.test(text) || text.includes("("));

function check(path, text) {
  const [group, name] = [path[0], path.at(-1)];
  if (group === "color") return isColor(text);
  if (name === "font_family") return isFontStack(text);
  if (name === "line_height") return isNumber(text);
  if (name.startsWith("font_weight")) return isWeight(text);
  return isLength(text) && (name === "letter_spacing" || !text.startsWith("-"));
}

function property(path) {
  const name = path.at(-1).replaceAll("_", "-");
  return { color: `--livery-color-${name}`, spacing: `--livery-space-${name}`, radius: `--livery-radius-${name}` }[path[0]] ?? `--livery-${name}`;
}

/** The tokens of a theme as rules. Throws with the pointers of invalid ones. */
export function printTokens(tokens) {
  const faults = [];
  const [light, dark] = [["color-scheme:light"], ["color-scheme:dark"]];
  const each = (value, path) => {
    if (typeof value !== "string") return Object.entries(value).forEach(([key, inner]) => each(inner, [...path, key]));
    if (path.at(-1) === "position") return;
    if (!check(path, value)) return faults.push(`/tokens/${path.join("/")}`);
    (path[1] === "dark" ? dark : light).push(`${property(path)}:${value}`);
  };
  each(tokens, []);
  if (faults.length) throw new Error(faults.join("\n"));
  const block = (declarations) => `{${declarations.join(";")}}`;
  return `.livery${block(light)}@media (prefers-color-scheme:dark){.livery:not([data-theme=light])${block(dark)}}.livery[data-theme=dark]${block(dark)}`;
}
