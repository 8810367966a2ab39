// A declaration's value or an at-rule's prelude: which functions it calls and what it would fetch.
import valueParser from "postcss-value-parser";
import { FUNCTIONS, IMAGE_CHOICES, MAX } from "./rules.mjs";

/** Names as a browser reads them: escapes resolved, lower-case. */
export function plain(name) {
  const resolved = name.includes("\\") ? name.replace(/\\(?:([0-9a-f]{1,6})\s?|([\s\S]))/gi, (_, hex, character) => (hex ? String.fromCodePoint(Math.min(parseInt(hex, 16), 0x10ffff)) : character)) : name;
  return resolved.toLowerCase();
}

const ASSET = /^\/a\/(?:[a-z0-9_-][a-z0-9._-]*)(?:\/[a-z0-9_-][a-z0-9._-]*)*$/i;
const RASTER = /^data:image\/(?:png|jpeg|gif|webp|avif)(?:;base64)?,[a-z0-9+/=%_.~-]+$/i;

function refusedUrl(written) {
  const url = (written.includes("\\") ? plain(written) : written).replace(/[\t\n\r]/g, "").trim();
  if (ASSET.test(url)) return;
  if (/^(?:javascript|vbscript|livescript|mocha):/i.test(url)) return "script_refused";
  if (/^data:/i.test(url)) return url.length > MAX.dataUrl || !RASTER.test(url) ? "data_url_refused" : undefined;
  return "foreign_url";
}

/** Every rule that a value breaks. `mayCompare`: in a query `<` is an operator. */
export function refusedIn(value, { mayCompare = false } = {}) {
  const refused = [];
  if (!mayCompare && value.includes("<")) refused.push("markup_refused");
  if (value.includes("\\") && plain(value).includes("<")) refused.push("markup_refused");
  // A plain word calls nothing.
  if (!value.includes("(") && !/progid|@/i.test(value)) return refused;
  const look = (nodes, depth, choosesImage) => {
    if (depth > MAX.valueDepth) return refused.push("nesting_too_deep");
    for (const node of nodes) {
      if (node.type === "word" && /^(?:progid|@)/.test(plain(node.value))) refused.push("script_refused");
      if (node.type === "string" && choosesImage) {
        const rule = refusedUrl(node.value);
        if (rule) refused.push(rule);
      }
      if (node.unclosed) refused.push("syntax_error");
      if (node.type !== "function") continue;
      const name = plain(node.value);
      if (name === "url") {
        const inside = node.nodes.filter(({ type }) => type !== "space");
        const rule = inside.length === 1 && (inside[0].type === "string" || inside[0].type === "word") ? refusedUrl(inside[0].value) : "foreign_url";
        if (rule) refused.push(rule);
        continue;
      }
      if (name === "attr") {
        const [first, ...rest] = node.nodes.filter(({ type }) => type !== "space");
        const harmless = first?.type === "word" && /^(?:title$|data-|aria-)/.test(plain(first.value));
        if (!harmless || !(rest.length === 0 || (rest.length === 2 && rest[0].type === "div" && rest[1].type === "string"))) refused.push("attr_refused");
        continue;
      }
      if (name === "expression") refused.push("script_refused");
      else if (name !== "" && !FUNCTIONS.has(name)) refused.push("function_refused");
      else if (choosesImage && (name === "var" || name === "env")) refused.push("function_refused");
      look(node.nodes, depth + 1, (choosesImage || IMAGE_CHOICES.has(name)) && name !== "type");
    }
  };
  look(valueParser(value).nodes, 0, false);
  return refused;
}
