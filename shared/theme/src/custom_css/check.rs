//! Decides on the parsed rules: which at-rules, selectors and properties are accepted, and puts selectors in scope.

use super::{
    anchor::Parent,
    bounds::MAX_Z_INDEX,
    faults::{Faults, Place, quoted},
    scan::Inventory,
    scope::scope_selectors,
    selector::check_selectors,
};
use crate::fault::Refusal;
use lightningcss::{
    declaration::DeclarationBlock,
    properties::{
        Property, PropertyId,
        custom::{CustomPropertyName, Token, TokenList, TokenOrValue},
        position::{Position, ZIndex},
    },
    rules::{
        CssRule, CssRuleList, Location,
        font_face::{FontFaceProperty, FontFaceRule},
    },
};
use std::collections::BTreeMap;

/// Properties that run code or load other documents in some browser, lower-case.
const SCRIPT_PROPERTIES: &[&str] = &["behavior", "-ms-behavior", "-moz-binding"];

pub(super) fn check_and_scope(rules: &mut CssRuleList<'_>, inventory: &Inventory<'_>, faults: &mut Faults) {
    let mut check = Check { inventory, faults, seen: BTreeMap::new() };
    check.rules(rules, Parent::None, Place { line: 0, column: 1 });
}

struct Check<'a> {
    inventory: &'a Inventory<'a>,
    faults: &'a mut Faults,
    /// How often a property that may be refused was found in the block that starts at a place: lightningcss does not keep
    /// the places of declarations.
    seen: BTreeMap<(Place, &'static str), usize>,
}

impl Check<'_> {
    /// `parent` is the style rule around, if there is one, `block` where the block of these rules starts. The depth was
    /// bounded by the scan.
    fn rules(&mut self, rules: &mut CssRuleList<'_>, parent: Parent, block: Place) {
        for rule in &mut rules.0 {
            match rule {
                CssRule::Style(style) => {
                    let at = style.loc.into();
                    check_selectors(&style.selectors, at, self.faults);
                    let inside = scope_selectors(&mut style.selectors, parent, at, self.faults);
                    self.declarations(&mut style.declarations, at);
                    self.rules(&mut style.rules, inside, at);
                }
                CssRule::NestedDeclarations(between) => {
                    self.declarations(&mut between.declarations, block);
                }
                CssRule::Media(rule) => self.rules(&mut rule.rules, parent, rule.loc.into()),
                CssRule::Supports(rule) => self.rules(&mut rule.rules, parent, rule.loc.into()),
                CssRule::Container(rule) => self.rules(&mut rule.rules, parent, rule.loc.into()),
                CssRule::LayerBlock(rule) => self.rules(&mut rule.rules, parent, rule.loc.into()),
                CssRule::StartingStyle(rule) => self.rules(&mut rule.rules, parent, rule.loc.into()),
                CssRule::Keyframes(keyframes) => {
                    for keyframe in &mut keyframes.keyframes {
                        self.declarations(&mut keyframe.declarations, keyframes.loc.into());
                    }
                }
                CssRule::FontFace(face) => self.font_face(face),
                CssRule::LayerStatement(_) | CssRule::Ignored => {}
                refused => self.refused_rule(refused),
            }
        }
    }

    /// The scan has refused these by name already; this is a second check.
    fn refused_rule(&mut self, rule: &CssRule<'_>) {
        let (at, rule): (Option<Location>, Refusal) = match rule {
            CssRule::Import(rule) => (Some(rule.loc), Refusal::ImportRefused),
            CssRule::Namespace(rule) => (Some(rule.loc), Refusal::NamespaceRefused),
            CssRule::Unknown(rule) => (Some(rule.loc), Refusal::AtRuleRefused),
            CssRule::Page(rule) => (Some(rule.loc), Refusal::AtRuleRefused),
            CssRule::Property(rule) => (Some(rule.loc), Refusal::AtRuleRefused),
            CssRule::Scope(rule) => (Some(rule.loc), Refusal::AtRuleRefused),
            CssRule::CounterStyle(rule) => (Some(rule.loc), Refusal::AtRuleRefused),
            CssRule::FontPaletteValues(rule) => (Some(rule.loc), Refusal::AtRuleRefused),
            CssRule::FontFeatureValues(rule) => (Some(rule.loc), Refusal::AtRuleRefused),
            CssRule::MozDocument(rule) => (Some(rule.loc), Refusal::AtRuleRefused),
            CssRule::Nesting(rule) => (Some(rule.loc), Refusal::AtRuleRefused),
            CssRule::Viewport(rule) => (Some(rule.loc), Refusal::AtRuleRefused),
            CssRule::CustomMedia(rule) => (Some(rule.loc), Refusal::AtRuleRefused),
            CssRule::ViewTransition(rule) => (Some(rule.loc), Refusal::AtRuleRefused),
            CssRule::PositionTry(rule) => (Some(rule.loc), Refusal::AtRuleRefused),
            _ => (None, Refusal::AtRuleRefused),
        };
        let at = at.map_or(Place { line: 0, column: 1 }, Place::from);
        if !self.faults.has(at) {
            self.faults.push(at, rule, "this at-rule is not accepted here");
        }
    }

    fn declarations(&mut self, block: &mut DeclarationBlock<'_>, at: Place) {
        for property in block.declarations.iter_mut().chain(&mut block.important_declarations) {
            trim_end(property);
            let Some(name) = watched(property) else { continue };
            let nth = self.seen.entry((at, name)).or_default();
            if let Some((rule, reason)) = refused_property(name, property) {
                let at = self.inventory.place_of(name, *nth, at);
                self.faults.push(at, rule, reason);
            }
            *nth += 1;
        }
    }

    fn font_face(&mut self, face: &FontFaceRule<'_>) {
        for property in &face.properties {
            let named = |name: &str| matches!(property, FontFaceProperty::Custom(custom) if custom.name.as_ref().eq_ignore_ascii_case(name));
            if matches!(property, FontFaceProperty::UnicodeRange(_)) || named("unicode-range") {
                let at = self.inventory.place_of("unicode-range", 0, face.loc.into());
                let reason =
                    "fonts loaded per character tell a server what is on the page; leave unicode-range out";
                self.faults.push(at, Refusal::UnicodeRangeRefused, reason);
            }
        }
    }
}

/// lightningcss keeps the space before a comment behind a value that it keeps as tokens, and the next round would remove it:
/// that would cost another round for the whole sheet.
fn trim_end(property: &mut Property<'_>) {
    let tokens = match property {
        Property::Unparsed(unparsed) => &mut unparsed.value.0,
        Property::Custom(custom) => &mut custom.value.0,
        _ => return,
    };
    while let [_, .., TokenOrValue::Token(Token::WhiteSpace(_) | Token::Comment(_))] = tokens.as_slice() {
        tokens.pop();
    }
}

/// The name of a property that may be refused, lower-case.
fn watched(property: &Property<'_>) -> Option<&'static str> {
    match property {
        Property::Position(_) => Some("position"),
        Property::ZIndex(_) => Some("z-index"),
        Property::Composes(_) => Some("composes"),
        Property::Unparsed(unparsed) => match &unparsed.property_id {
            PropertyId::Position => Some("position"),
            PropertyId::ZIndex => Some("z-index"),
            PropertyId::Composes => Some("composes"),
            PropertyId::Custom(name) => script_property(name),
            _ => None,
        },
        Property::Custom(custom) => script_property(&custom.name),
        _ => None,
    }
}

fn script_property(name: &CustomPropertyName<'_>) -> Option<&'static str> {
    SCRIPT_PROPERTIES.iter().copied().find(|known| name.as_ref().eq_ignore_ascii_case(known))
}

fn refused_property(name: &str, property: &Property<'_>) -> Option<(Refusal, String)> {
    if SCRIPT_PROPERTIES.contains(&name) {
        return Some((Refusal::ScriptRefused, format!("{} loads code in old browsers", quoted(name))));
    }
    match property {
        Property::Position(Position::Fixed) => Some((Refusal::PositionFixedRefused, FIXED.into())),
        Property::ZIndex(ZIndex::Integer(z)) if z.unsigned_abs() > MAX_Z_INDEX.unsigned_abs() => {
            Some((Refusal::ZIndexOutOfRange, format!("{z} is out of range: -{MAX_Z_INDEX} to {MAX_Z_INDEX}")))
        }
        Property::Unparsed(unparsed) => match unparsed.property_id {
            PropertyId::Position if !is_keyword(&unparsed.value) => {
                Some((Refusal::PositionFixedRefused, FIXED.into()))
            }
            PropertyId::ZIndex if !is_keyword(&unparsed.value) => Some((
                Refusal::ZIndexOutOfRange,
                format!("write a plain number from -{MAX_Z_INDEX} to {MAX_Z_INDEX}, no var() or calc()"),
            )),
            _ => None,
        },
        Property::Composes(_) => {
            Some((Refusal::SelectorUnsupported, "composes belongs to CSS modules".into()))
        }
        _ => None,
    }
}

const FIXED: &str =
    "a fixed layer could cover the widget's own notices; use absolute or sticky, written out, no var()";

/// `inherit`, `unset` and the like: one word that is neither a number nor a `var()`.
fn is_keyword(value: &TokenList<'_>) -> bool {
    matches!(value.0.as_slice(), [TokenOrValue::Token(Token::Ident(word))] if !word.eq_ignore_ascii_case("fixed"))
}
