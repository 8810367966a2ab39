//! What the first compound of a selector matches: the root, elements inside it, or both.

use lightningcss::{
    selector::{Component, Selector},
    values::ident::Ident,
};

/// The style rule around a rule: what `&` may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parent {
    /// There is none.
    None,
    /// `&` stands for elements inside the root only.
    Inside,
    /// `&` may stand for the root itself.
    MaybeRoot,
}

/// The class of the widget's root.
const ROOT_CLASS: &str = "livery";

/// The attribute that only the root has.
const ROOT_ATTRIBUTE: &str = "data-theme";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The root, or (as `&` in a nested rule) an element that is in scope already.
    Rooted {
        maybe_root: bool,
    },
    Free,
    /// Some alternatives of an `:is()` are the root and some are not.
    Mixed,
}

pub(super) fn root<'i>() -> Component<'i> {
    Component::Class(Ident(ROOT_CLASS.into()))
}

pub(super) fn is_root(component: &Component<'_>) -> bool {
    matches!(component, Component::Class(class) if class.as_ref() == ROOT_CLASS)
}

/// Whether a compound names the document in a way that is not the root's own.
pub(super) fn names_document(compound: &[Component<'_>], parent: Parent) -> bool {
    compound.iter().any(|component| is_document(component, parent))
}

fn is_document(component: &Component<'_>, parent: Parent) -> bool {
    match component {
        Component::Root | Component::Scope | Component::Host(_) => true,
        Component::Nesting => parent == Parent::None,
        Component::LocalName(name) => {
            ["html", "body"].iter().any(|element| name.lower_name.as_ref().eq_ignore_ascii_case(element))
        }
        _ => false,
    }
}

/// A compound in which everything that names the document is replaced by the root.
pub(super) fn to_root<'i>(compound: &[Component<'i>], parent: Parent) -> Vec<Component<'i>> {
    let mut mapped: Vec<Component<'i>> = Vec::with_capacity(compound.len());
    let mut rooted = is_bare_root_attribute(compound);
    for component in compound {
        if let Component::Host(Some(host)) = component {
            mapped.extend(host.iter_raw_match_order().cloned());
        }
        if is_document(component, parent) || is_root(component) {
            rooted = true;
            continue;
        }
        mapped.push(match component {
            Component::Is(list) => Component::Is(each_to_root(list, parent)),
            Component::Where(list) => Component::Where(each_to_root(list, parent)),
            Component::Any(prefix, list) => Component::Any(*prefix, each_to_root(list, parent)),
            // In `:not()` a bare attribute is a condition and does not name the root.
            Component::Negation(list) if list.iter().any(|selector| names_root(selector, parent)) => {
                Component::Negation(each_to_root(list, parent))
            }
            other => other.clone(),
        });
    }
    if rooted {
        // `*` before a class adds nothing; a type selector, if there is one, has to be first.
        mapped.retain(|component| *component != Component::ExplicitUniversalType);
        let place = usize::from(matches!(mapped.first(), Some(Component::LocalName(_) | Component::Nesting)));
        mapped.insert(place.min(mapped.len()), root());
    }
    mapped
}

fn names_root(selector: &Selector<'_>, parent: Parent) -> bool {
    names_document(selector.iter_raw_match_order().as_slice(), parent)
}

fn each_to_root<'i>(list: &[Selector<'i>], parent: Parent) -> Box<[Selector<'i>]> {
    list.iter()
        .map(|selector| {
            if selector.has_combinator() || selector.has_pseudo_element() {
                return selector.clone();
            }
            let compound = selector.iter_raw_match_order().as_slice();
            Selector::from(to_root(compound, parent))
        })
        .collect()
}

/// `[data-theme=dark]` alone or with pseudo-classes: on any other element it could never match.
fn is_bare_root_attribute(compound: &[Component<'_>]) -> bool {
    let is_root_attribute = |component: &Component<'_>| match component {
        Component::AttributeInNoNamespaceExists { local_name_lower, .. } => {
            local_name_lower.as_ref() == ROOT_ATTRIBUTE
        }
        Component::AttributeInNoNamespace { local_name, .. } => local_name.as_ref() == ROOT_ATTRIBUTE,
        _ => false,
    };
    compound.iter().any(is_root_attribute)
        && !compound.iter().any(|component| {
            matches!(
                component,
                Component::LocalName(_) | Component::Class(_) | Component::ID(_) | Component::Nesting
            )
        })
}

pub(super) fn anchor(compound: &[Component<'_>], parent: Parent) -> Anchor {
    if compound.iter().any(is_root) {
        return Anchor::Rooted { maybe_root: true };
    }
    if compound.contains(&Component::Nesting) {
        return Anchor::Rooted { maybe_root: parent == Parent::MaybeRoot };
    }
    let mut found = Anchor::Free;
    for component in compound {
        let (Component::Is(list) | Component::Where(list) | Component::Any(_, list)) = component else {
            continue;
        };
        match list_anchor(list, parent) {
            Anchor::Free => {}
            Anchor::Mixed => return Anchor::Mixed,
            rooted => found = rooted,
        }
    }
    found
}

fn list_anchor(list: &[Selector<'_>], parent: Parent) -> Anchor {
    let anchors: Vec<Anchor> = list
        .iter()
        .map(|selector| match selector.has_combinator() {
            // A path from the root to something inside matches the same below one more `.livery `.
            true => Anchor::Free,
            false => anchor(selector.iter_raw_match_order().as_slice(), parent),
        })
        .collect();
    let rooted = anchors.iter().filter(|anchor| matches!(anchor, Anchor::Rooted { .. })).count();
    if anchors.contains(&Anchor::Mixed) || (rooted > 0 && rooted < anchors.len()) {
        return Anchor::Mixed;
    }
    if rooted == 0 {
        return Anchor::Free;
    }
    Anchor::Rooted { maybe_root: anchors.contains(&Anchor::Rooted { maybe_root: true }) }
}
