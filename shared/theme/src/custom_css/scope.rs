//! Limits every selector to `.livery`.
//!
//! `.x` becomes `.livery .x`. What names the document (`html`, `body`, `:root`, `:host`, `:scope`, a top-level `&`, and a
//! bare `[data-theme]`, which only the root carries) becomes `.livery` itself. A selector that starts with `.livery` is not
//! changed, so scoping the result again changes nothing. The first compound is then always the root, followed by a
//! descendant or child combinator, so every element that can match is inside the widget.

use super::{
    anchor::{Anchor, Parent, anchor, is_root, names_document, root, to_root},
    faults::{Faults, Place},
};
use crate::fault::Refusal;
use lightningcss::selector::{Combinator, Component, Selector, SelectorList};
use std::collections::HashSet;

/// Puts all selectors of a rule in scope and returns what `&` may match inside the rule.
pub(super) fn scope_selectors(
    selectors: &mut SelectorList<'_>,
    parent: Parent,
    at: Place,
    faults: &mut Faults,
) -> Parent {
    let mut inside = Parent::Inside;
    for selector in &mut selectors.0 {
        if let Some(maybe_root) = in_scope_already(selector) {
            if maybe_root {
                inside = Parent::MaybeRoot;
            }
            continue;
        }
        match scoped(selector, parent) {
            Ok((replacement, maybe_root)) => {
                *selector = replacement;
                if maybe_root {
                    inside = Parent::MaybeRoot;
                }
            }
            Err(reason) => faults.push(at, Refusal::SelectorEscapesScope, reason),
        }
    }
    // `html, body` is one selector by now.
    if !all_differ(&selectors.0) {
        let mut seen = HashSet::new();
        let mut is_first: Vec<bool> = selectors.0.iter().map(|selector| seen.insert(selector)).collect();
        is_first.reverse();
        selectors.0.retain(|_| is_first.pop().unwrap_or(true));
    }
    inside
}

/// Up to this many selectors are compared pairwise: hashing so few takes longer.
const FEW: usize = 16;

/// False also where there are too many to tell without hashing.
fn all_differ(selectors: &[Selector<'_>]) -> bool {
    selectors.len() <= FEW
        && selectors
            .iter()
            .enumerate()
            .all(|(n, one)| !selectors.iter().skip(n + 1).any(|other| other == one))
}

/// Whether a selector that starts with the root, like every one that was compiled before, can match the root itself. `None`:
/// it does not start so, and has to be examined in full.
fn in_scope_already(selector: &Selector<'_>) -> Option<bool> {
    let stored = selector.iter_raw_match_order().as_slice();
    let (first, maybe_root) = match stored.iter().rposition(Component::is_combinator) {
        None => (stored, true),
        Some(place) => {
            if !matches!(
                stored.get(place)?,
                Component::Combinator(Combinator::Descendant | Combinator::Child)
            ) {
                return None;
            }
            (stored.get(place + 1..)?, false)
        }
    };
    let [root, others @ ..] = first else { return None };
    // Brackets may contain names of the document, and its other names are no class, id or attribute.
    let is_plain = |component: &Component<'_>| {
        matches!(
            component,
            Component::Class(_)
                | Component::ID(_)
                | Component::AttributeInNoNamespace { .. }
                | Component::AttributeInNoNamespaceExists { .. }
                | Component::NonTSPseudoClass(_)
        ) && !is_root(component)
    };
    (is_root(root) && others.iter().all(is_plain)).then_some(maybe_root)
}

/// The selector in scope and whether it can match the root itself.
fn scoped<'i>(selector: &Selector<'i>, parent: Parent) -> Result<(Selector<'i>, bool), &'static str> {
    let (compounds, combinators) = split(selector);
    let Some((first, mut rest)) = compounds.split_first() else { return Err("the selector is empty") };
    let mut combinators = combinators.as_slice();
    let mut head = to_root(first, parent);
    // `html body .x`: one root is enough.
    while let ([next, later @ ..], [Combinator::Descendant | Combinator::Child, left @ ..]) =
        (rest, combinators)
    {
        let merged = to_root(next, parent);
        if !names_document(first, parent) || !merged.iter().any(is_root) {
            break;
        }
        head.extend(merged.into_iter().filter(|component| !is_root(component)));
        (rest, combinators) = (later, left);
    }
    let maybe_root = match anchor(&head, parent) {
        Anchor::Mixed => return Err("one :is() names both the page and things inside it; write two rules"),
        Anchor::Free => {
            head.splice(0..0, [root(), Component::Combinator(Combinator::Descendant)]);
            false
        }
        Anchor::Rooted { maybe_root } => {
            if maybe_root
                && matches!(combinators.first(), Some(Combinator::NextSibling | Combinator::LaterSibling))
            {
                return Err("what follows the widget's root is outside of it; style what is inside");
            }
            maybe_root && combinators.iter().all(|combinator| *combinator == Combinator::PseudoElement)
        }
    };
    for (combinator, compound) in combinators.iter().zip(rest) {
        head.push(Component::Combinator(*combinator));
        head.extend(compound.iter().cloned());
    }
    Ok((Selector::from(head), maybe_root))
}

/// Compounds and the combinators between them, from left to right.
fn split<'a, 'i>(selector: &'a Selector<'i>) -> (Vec<&'a [Component<'i>]>, Vec<Combinator>) {
    // lightningcss stores compounds from right to left, and each compound from left to right.
    let stored = selector.iter_raw_match_order().as_slice();
    let mut compounds: Vec<_> = stored.split(Component::is_combinator).collect();
    compounds.reverse();
    let combinators = stored.iter().rev().filter_map(Component::as_combinator).collect();
    (compounds, combinators)
}
