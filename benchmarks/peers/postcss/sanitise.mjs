// A PostCSS plugin that refuses what docs/custom-css.md refuses, and puts every selector under `.livery`.
import { AT_RULES, MAX, SCRIPT_PROPERTIES } from "./rules.mjs";
import { scopeSelectors } from "./scope.mjs";
import { plain, refusedIn } from "./values.mjs";

/** Everything that is refused of a sheet: `{ line, column, rule }` each. */
export class Refused extends Error {
  constructor(faults) {
    super(faults.map(({ line, column, rule }) => `${line}:${column} ${rule}`).join("\n"));
    this.faults = faults;
  }
}

const UTF8 = /^"utf-8"$/i;

class Check {
  faults = [];
  rules = 0;
  declarations = 0;

  refuse(node, rule) {
    const { line = 1, column = 1 } = node.source?.start ?? {};
    if (this.faults.length < MAX.faults) this.faults.push({ line, column, rule });
  }

  /** `nested`: there is a style rule around. `frames`: the rules in here are keyframes, whose selectors are percentages. */
  inside(container, depth, nested, frames) {
    if (depth > MAX.blockDepth) return this.refuse(container, "nesting_too_deep");
    // A copy: an accepted `@charset` is removed, and so are comments.
    for (const node of container.nodes.slice()) {
      if (node.type === "comment") {
        if (/<\/|<!/.test(node.text)) this.refuse(node, "markup_refused");
        node.remove();
      } else if (node.type === "decl") this.declaration(node, container);
      else if (node.type === "rule") this.rule(node, depth, nested, frames);
      else this.atRule(node, depth, nested);
    }
  }

  rule(node, depth, nested, frames) {
    if (++this.rules > MAX.rules) return this.refuse(node, "too_many_rules");
    if (!frames) {
      const { selector, refused } = scopeSelectors(node.selector, nested);
      for (const rule of refused) this.refuse(node, rule);
      node.selector = selector;
    } else if (!/^(?:from|to|[\d.]+%)(?:\s*,\s*(?:from|to|[\d.]+%))*$/i.test(node.selector.trim())) this.refuse(node, "syntax_error");
    this.inside(node, depth + 1, true, false);
  }

  atRule(node, depth, nested) {
    const name = plain(node.name);
    if (name === "charset" && node.source.start.offset === 0 && UTF8.test(node.params)) return void node.remove();
    if (name === "import" || name === "charset" || name === "namespace") return this.refuse(node, `${name}_refused`);
    if (!AT_RULES.has(name)) return this.refuse(node, "at_rule_refused");
    if (++this.rules > MAX.rules) return this.refuse(node, "too_many_rules");
    for (const rule of refusedIn(node.params, { mayCompare: name === "media" || name === "container" })) this.refuse(node, rule);
    if (node.nodes) this.inside(node, depth + 1, nested, name.endsWith("keyframes"));
  }

  declaration(node, container) {
    if (++this.declarations > MAX.declarations) return this.refuse(node, "too_many_declarations");
    if (container.type === "root") return this.refuse(node, "syntax_error");
    const name = plain(node.prop);
    if (SCRIPT_PROPERTIES.has(name)) this.refuse(node, "script_refused");
    if (name === "unicode-range") this.refuse(node, "unicode_range_refused");
    if (name === "composes") this.refuse(node, "selector_unsupported");
    if (name === "position" && !/^(?:static|relative|absolute|sticky|-webkit-sticky|inherit|initial|unset|revert|revert-layer)$/.test(plain(node.value))) this.refuse(node, "position_fixed_refused");
    if (name === "z-index" && !/^(?:auto|inherit|initial|unset|revert|revert-layer)$/.test(plain(node.value))) {
      if (!/^[+-]?\d+$/.test(node.value) || Math.abs(Number(node.value)) > MAX.zIndex) this.refuse(node, "z_index_out_of_range");
    }
    for (const rule of refusedIn(node.value)) this.refuse(node, rule);
  }
}

export const sanitise = () => ({
  postcssPlugin: "sanitise",
  Once(root) {
    const check = new Check();
    if (root.source.input.css.length > MAX.bytes) check.refuse(root, "too_large");
    else check.inside(root, 0, false, false);
    if (check.faults.length) throw new Refused(check.faults);
  },
});
sanitise.postcss = true;
