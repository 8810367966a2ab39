//! Which selectors are accepted: none that could read what visitors write or which pages they have visited.

use super::{
    bounds::{MAX_SELECTOR_PARTS, MAX_SELECTORS_PER_RULE},
    faults::{Faults, Place, quoted},
};
use crate::fault::Refusal;
use lightningcss::selector::{Component, PseudoClass, PseudoElement, Selector, SelectorList};

/// Attributes whose value a selector may test: the widget's own states, never text of a visitor or of a link.
#[rustfmt::skip]
const READABLE_ATTRIBUTES: &[&str] = &[
    "class", "dir", "lang", "role", "type", "disabled", "hidden", "open", "checked", "readonly", "required", "multiple",
    "data-theme", "data-state", "data-side", "data-position", "tabindex", "contenteditable", "draggable",
];

pub(super) fn check_selectors(selectors: &SelectorList<'_>, at: Place, faults: &mut Faults) {
    if selectors.0.len() > MAX_SELECTORS_PER_RULE {
        let reason =
            format!("the rule has {} selectors; the limit is {MAX_SELECTORS_PER_RULE}", selectors.0.len());
        faults.push(at, Refusal::TooManySelectors, reason);
    }
    for selector in &selectors.0 {
        let parts = parts(selector);
        if parts > MAX_SELECTOR_PARTS {
            let reason = format!("a selector has {parts} parts; the limit is {MAX_SELECTOR_PARTS}");
            faults.push(at, Refusal::SelectorTooComplex, reason);
        }
        check_selector(selector, at, faults);
    }
}

fn check_selector(selector: &Selector<'_>, at: Place, faults: &mut Faults) {
    for component in selector.iter_raw_match_order() {
        if let Some((rule, reason)) = refused_component(component) {
            faults.push(at, rule, reason);
        }
        for inner in inner_selectors(component) {
            check_selector(inner, at, faults);
        }
    }
}

/// The selectors in the brackets of a component.
pub(super) fn inner_selectors<'a, 'i>(component: &'a Component<'i>) -> &'a [Selector<'i>] {
    match component {
        Component::Is(list)
        | Component::Where(list)
        | Component::Negation(list)
        | Component::Any(_, list)
        | Component::Has(list) => list,
        Component::NthOf(of) => of.selectors(),
        Component::Host(Some(host)) => std::slice::from_ref(host),
        _ => &[],
    }
}

fn parts(selector: &Selector<'_>) -> usize {
    let inside = |component| inner_selectors(component).iter().map(parts).sum::<usize>();
    selector.iter_raw_match_order().map(|component| 1 + inside(component)).sum()
}

fn refused_component(component: &Component<'_>) -> Option<(Refusal, String)> {
    match component {
        Component::ExplicitAnyNamespace
        | Component::ExplicitNoNamespace
        | Component::DefaultNamespace(_)
        | Component::Namespace(..) => {
            Some((Refusal::NamespaceRefused, "selectors take no namespace here".into()))
        }
        Component::AttributeInNoNamespace { local_name, .. } => refused_attribute(local_name.as_ref()),
        Component::AttributeOther(other) => match &other.namespace {
            Some(_) => Some((Refusal::NamespaceRefused, "selectors take no namespace here".into())),
            None => refused_attribute(other.local_name.as_ref()),
        },
        Component::Slotted(_) | Component::Part(_) => Some((
            Refusal::SelectorUnsupported,
            "the widget has no shadow tree; use its .livery-* classes".into(),
        )),
        Component::NonTSPseudoClass(class) => refused_pseudo_class(class),
        Component::PseudoElement(element) => refused_pseudo_element(element),
        _ => None,
    }
}

fn refused_attribute(name: &str) -> Option<(Refusal, String)> {
    let is_state = name.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("aria-"));
    if is_state || READABLE_ATTRIBUTES.iter().any(|known| name.eq_ignore_ascii_case(known)) {
        return None;
    }
    let name = name.to_ascii_lowercase();
    let reason =
        format!("the value of {} may not be asked for: rules per value can read it out", quoted(&name));
    Some((Refusal::AttributeSelectorRefused, reason))
}

fn refused_pseudo_class(class: &PseudoClass<'_>) -> Option<(Refusal, String)> {
    let unsupported =
        |name: &str| Some((Refusal::SelectorUnsupported, format!("{} is not accepted", quoted(name))));
    match class {
        PseudoClass::Visited => {
            Some((Refusal::VisitedRefused, "`:visited` asks where the visitor has been; use `:link`".into()))
        }
        PseudoClass::Custom { name } if !name.starts_with('-') => unsupported(&format!(":{name}")),
        PseudoClass::CustomFunction { name, .. } => unsupported(&format!(":{name}()")),
        PseudoClass::Local { .. } | PseudoClass::Global { .. } => unsupported(":local and :global"),
        _ => None,
    }
}

fn refused_pseudo_element(element: &PseudoElement<'_>) -> Option<(Refusal, String)> {
    match element {
        PseudoElement::After
        | PseudoElement::Before
        | PseudoElement::FirstLine
        | PseudoElement::FirstLetter
        | PseudoElement::DetailsContent
        | PseudoElement::Selection(_)
        | PseudoElement::Placeholder(_)
        | PseudoElement::Marker
        | PseudoElement::Backdrop(_)
        | PseudoElement::FileSelectorButton(_)
        | PseudoElement::WebKitScrollbar(_) => None,
        PseudoElement::Custom { name } if name.starts_with('-') => None,
        _ => Some((Refusal::SelectorUnsupported, "this pseudo-element is not accepted".into())),
    }
}
