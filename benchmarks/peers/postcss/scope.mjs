// Selectors: which are accepted, and how each is limited to `.livery`.
import parser from "postcss-selector-parser";
import { MAX, OLD_PSEUDO_ELEMENTS, PSEUDO_CLASSES, PSEUDO_ELEMENTS, READABLE_ATTRIBUTES } from "./rules.mjs";
import { plain } from "./values.mjs";

const root = () => parser.className({ value: "livery" });
const isRoot = (node) => node.type === "class" && node.value === "livery";
const isDocument = (node, nested) =>
  (node.type === "tag" && /^(?:html|body)$/i.test(node.value)) || (node.type === "pseudo" && /^:(?:root|host|scope)$/i.test(node.value)) || (node.type === "nesting" && !nested);
const isListOf = (node) => node.type === "pseudo" && /^:(?:is|where|-webkit-any|-moz-any)$/i.test(node.value);

function refusedNode(node) {
  switch (node.type) {
    case "attribute": {
      if (node.namespace) return "namespace_refused";
      const name = plain(node.attribute);
      return !node.operator || READABLE_ATTRIBUTES.has(name) || name.startsWith("aria-") ? undefined : "attribute_selector_refused";
    }
    case "tag":
    case "universal":
      return node.namespace === undefined || node.namespace === "" ? undefined : "namespace_refused";
    case "pseudo": {
      const element = node.value.startsWith("::");
      const name = plain(node.value.replace(/^::?/, ""));
      if (name === "visited") return "visited_refused";
      if (name.startsWith("-")) return;
      if (element || OLD_PSEUDO_ELEMENTS.has(name)) return PSEUDO_ELEMENTS.has(name) ? undefined : "selector_unsupported";
      return PSEUDO_CLASSES.has(name) ? undefined : "selector_unsupported";
    }
    case "comment":
      return node.value.includes("<") ? "markup_refused" : undefined;
    default:
  }
}

/** Compounds of a selector from left to right, each with the combinator before it. */
function compounds(selector) {
  const parts = [{ combinator: undefined, nodes: [] }];
  for (const node of selector.nodes) {
    if (node.type === "combinator") parts.push({ combinator: node, nodes: [] });
    else parts.at(-1).nodes.push(node);
  }
  return parts;
}

const isBareRootAttribute = (nodes) =>
  nodes.some((node) => node.type === "attribute" && node.attribute === "data-theme") && !nodes.some(({ type }) => type === "tag" || type === "class" || type === "id" || type === "nesting");

/** What a compound names: the root, something in scope already, or anything. */
function anchorOf(nodes, nested) {
  if (nodes.some((node) => isRoot(node) || isDocument(node, nested)) || isBareRootAttribute(nodes)) return "root";
  if (nodes.some(({ type }) => type === "nesting")) return "inside";
  for (const list of nodes.filter(isListOf)) {
    const anchors = list.nodes.map((selector) => (compounds(selector).length > 1 ? "free" : anchorOf(selector.nodes, nested)));
    const rooted = anchors.filter((anchor) => anchor === "root").length;
    if (rooted > 0 && rooted < anchors.length) return "mixed";
    if (rooted > 0) return "root";
  }
  return "free";
}

/** Replaces everything in a compound that names the document by the root. */
function toRoot(selector, nodes, nested) {
  const named = nodes.filter((node) => isDocument(node, nested) || isRoot(node));
  const bare = isBareRootAttribute(nodes);
  for (const list of nodes.filter((node) => isListOf(node) || /^:not$/i.test(node.value ?? ""))) {
    for (const inner of list.nodes) if (compounds(inner).length === 1 && (!/^:not$/i.test(list.value) || inner.nodes.some((node) => isDocument(node, nested)))) toRoot(inner, inner.nodes.slice(), nested);
  }
  if (named.length === 0 && !bare) return;
  const first = nodes[0];
  selector.insertBefore(first, root());
  for (const node of named) node.remove();
}

function scoped(selector, nested) {
  const parts = compounds(selector);
  const anchor = anchorOf(parts[0].nodes, nested);
  if (anchor === "mixed") return "selector_escapes_scope";
  if (anchor === "root") {
    const before = selector.nodes.find((node) => node.type === "combinator")?.value.trim();
    if (before === "+" || before === "~") return "selector_escapes_scope";
    // `html body .x`: one root is enough.
    for (const part of parts.slice(1)) {
      const combinator = part.combinator.value.trim();
      if ((combinator !== "" && combinator !== ">") || anchorOf(part.nodes, nested) !== "root") break;
      for (const node of part.nodes) if (isDocument(node, nested) || isRoot(node)) node.remove();
      part.combinator.remove();
    }
    toRoot(selector, parts[0].nodes, nested);
  } else if (anchor === "free" && !nested) {
    selector.prepend(parser.combinator({ value: " " }));
    selector.prepend(root());
  }
}

/** `{ selector, refused }` of a rule's selector list. `nested`: in another rule, which is in scope. */
export function scopeSelectors(text, nested) {
  const refused = [];
  let tree;
  try {
    tree = parser().astSync(text);
  } catch {
    return { selector: text, refused: ["syntax_error"] };
  }
  if (tree.nodes.length > MAX.selectors) refused.push("too_many_selectors");
  for (const selector of tree.nodes) {
    let parts = 0;
    selector.walk((node) => {
      if (node.type !== "selector") parts++;
      const rule = refusedNode(node);
      if (rule) refused.push(rule);
    });
    if (parts > MAX.parts) refused.push("selector_too_complex");
    // White space around a selector is no combinator.
    selector.spaces.before = selector.spaces.after = "";
    const rule = scoped(selector, nested);
    if (rule) refused.push(rule);
  }
  return { selector: [...new Set(tree.nodes.map(String))].join(","), refused };
}
