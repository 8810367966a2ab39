//! Whether the parser kept everything.
//!
//! Even in strict mode lightningcss silently drops a bad declaration in `@font-face`, a bad keyframe, and a bad
//! selector inside `:is()`, `:where()` and `:nth-child(… of …)`. Dropped CSS is not dangerous, but the customer
//! would not know why it has no effect, so the counts of the token scan and of the tree must agree.

use super::{
    faults::{Faults, Place, quoted},
    scan::{Block, Inventory},
};
use crate::fault::Refusal;
use lightningcss::{
    declaration::DeclarationBlock,
    rules::{CssRule, CssRuleList},
    selector::{Component, Selector},
};

/// The counts of the tree for a block that the scan saw.
#[derive(Default)]
struct Kept {
    declarations: usize,
    rules: usize,
    listed_selectors: usize,
}

pub(super) fn compare(rules: &CssRuleList<'_>, inventory: &Inventory<'_>, faults: &mut Faults) {
    let kept = kept_rules(rules);
    compare_block(&kept, &inventory.top, None, inventory, faults);
    compare_rules(rules, inventory, faults);
}

fn compare_rules(rules: &CssRuleList<'_>, inventory: &Inventory<'_>, faults: &mut Faults) {
    for rule in &rules.0 {
        let (at, kept) = match rule {
            CssRule::Style(style) => {
                let mut kept = kept_rules(&style.rules);
                kept.declarations += count(&style.declarations);
                kept.listed_selectors = style.selectors.0.iter().map(listed_selectors).sum();
                compare_rules(&style.rules, inventory, faults);
                (style.loc, kept)
            }
            CssRule::FontFace(face) => {
                (face.loc, Kept { declarations: face.properties.len(), ..Kept::default() })
            }
            // A keyframe with a bad declaration is dropped as a whole, so counting keyframes is enough.
            CssRule::Keyframes(keyframes) => {
                (keyframes.loc, Kept { rules: keyframes.keyframes.len(), ..Kept::default() })
            }
            other => {
                let Some((loc, nested)) = nested_rules(other) else { continue };
                compare_rules(nested, inventory, faults);
                (loc, kept_rules(nested))
            }
        };
        match inventory.block_at(at.into()) {
            Some(seen) => compare_block(&kept, seen, Some(at.into()), inventory, faults),
            None => faults.push(
                at.into(),
                Refusal::SyntaxError,
                "the rule is not read the same way by all browsers",
            ),
        }
    }
}

/// `start` is where the block's prelude starts; there is none around the whole sheet.
fn compare_block(
    kept: &Kept,
    seen: &Block,
    start: Option<Place>,
    inventory: &Inventory<'_>,
    faults: &mut Faults,
) {
    let at = start.unwrap_or(Place { line: 0, column: 1 });
    if kept.declarations != seen.declarations {
        let reason = format!(
            "{} of {} declarations are understood ({}); mend or remove the others",
            kept.declarations,
            seen.declarations,
            quoted(&inventory.names_in(start, 8).join(", ")),
        );
        faults.push(at, Refusal::SyntaxError, reason);
    }
    if kept.rules != seen.rules {
        let reason = format!(
            "{} of {} rules in here are understood; mend or remove the others",
            kept.rules, seen.rules
        );
        faults.push(at, Refusal::SyntaxError, reason);
    }
    if kept.listed_selectors != seen.listed_selectors {
        let reason =
            "a selector inside :is(), :not(), :where() or :has() is not understood; mend or remove it";
        faults.push(at, Refusal::SyntaxError, reason);
    }
}

/// Rules directly in a list; the declarations between nested rules count as declarations.
fn kept_rules(rules: &CssRuleList<'_>) -> Kept {
    let mut kept = Kept::default();
    for rule in &rules.0 {
        match rule {
            CssRule::NestedDeclarations(between) => kept.declarations += count(&between.declarations),
            _ => kept.rules += 1,
        }
    }
    kept
}

fn count(declarations: &DeclarationBlock<'_>) -> usize {
    declarations.declarations.len() + declarations.important_declarations.len()
}

/// The rules inside an at-rule that groups rules, with the at-rule's place.
pub(super) fn nested_rules<'a, 'i>(
    rule: &'a CssRule<'i>,
) -> Option<(lightningcss::rules::Location, &'a CssRuleList<'i>)> {
    match rule {
        CssRule::Media(rule) => Some((rule.loc, &rule.rules)),
        CssRule::Supports(rule) => Some((rule.loc, &rule.rules)),
        CssRule::Container(rule) => Some((rule.loc, &rule.rules)),
        CssRule::LayerBlock(rule) => Some((rule.loc, &rule.rules)),
        CssRule::StartingStyle(rule) => Some((rule.loc, &rule.rules)),
        _ => None,
    }
}

/// Selectors inside list pseudo-classes, at every depth.
pub(super) fn listed_selectors(selector: &Selector<'_>) -> usize {
    selector.iter_raw_match_order().map(listed_in).sum()
}

fn listed_in(component: &Component<'_>) -> usize {
    let list: &[Selector<'_>] = match component {
        Component::Is(list)
        | Component::Where(list)
        | Component::Negation(list)
        | Component::Any(_, list)
        | Component::Has(list) => list,
        Component::NthOf(of) => of.selectors(),
        Component::Host(Some(host)) => return listed_selectors(host),
        _ => return 0,
    };
    list.len() + list.iter().map(listed_selectors).sum::<usize>()
}
