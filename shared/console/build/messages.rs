//! Fluent message files to Rust: `team-title = Team` becomes `fn team_title(self) -> &'static str`.
//!
//! Fluent's own runtime parses its files at start, which on Spin is each request, and looks messages up by name, so that
//! a missing one shows only when its page does. Here a message that one language lacks, or that has other arguments in
//! one, does not build; one that no page uses is dead code, which the lints refuse.

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement, Variant, VariantKey},
    parser,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

type Messages<'s> = BTreeMap<&'s str, Message<&'s str>>;
/// Arguments in the order in which the English message has them; whether a message chooses by its number.
type Arguments<'s> = Vec<(&'s str, bool)>;

pub fn compile(english: &str, japanese: &str) -> Result<String, String> {
    let (en, ja) = (read("en", english)?, read("ja", japanese)?);
    let names: BTreeSet<_> = en.keys().chain(ja.keys()).copied().collect();
    // Written for the compiler: style is for people.
    let mut code = String::from("#[allow(clippy::single_char_add_str)]\nimpl Words {\n");
    for name in names {
        let lacks = |language| format!("messages/{language}.ftl lacks `{name}`");
        let english = value(en.get(name).ok_or_else(|| lacks("en"))?)?;
        let japanese = value(ja.get(name).ok_or_else(|| lacks("ja"))?)?;
        let mut arguments = Arguments::new();
        collect(english, &mut arguments)?;
        let mut others = Arguments::new();
        collect(japanese, &mut others)?;
        let names =
            |of: &Arguments<'_>| of.iter().map(|(name, _)| (*name).to_owned()).collect::<BTreeSet<_>>();
        if names(&arguments) != names(&others) {
            return Err(format!("`{name}` has other arguments in Japanese than in English"));
        }
        for (argument, counted) in others {
            note(&mut arguments, argument, counted);
        }
        function(&mut code, name, &arguments, english, japanese)?;
    }
    code.push_str("}\n");
    Ok(code)
}

fn read<'s>(language: &str, source: &'s str) -> Result<Messages<'s>, String> {
    let resource = parser::parse(source)
        .map_err(|(_, faults)| format!("messages/{language}.ftl does not parse: {faults:?}"))?;
    let mut messages = Messages::new();
    for entry in resource.body {
        match entry {
            Entry::Message(message) => {
                let name = message.id.name;
                if messages.insert(name, message).is_some() {
                    return Err(format!("messages/{language}.ftl has `{name}` twice"));
                }
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            other => return Err(format!("messages/{language}.ftl: not used here: {other:?}")),
        }
    }
    Ok(messages)
}

fn value<'m, 's>(message: &'m Message<&'s str>) -> Result<&'m Pattern<&'s str>, String> {
    match &message.value {
        Some(value) if message.attributes.is_empty() => Ok(value),
        _ => Err(format!("`{}` is to have a value and no attributes", message.id.name)),
    }
}

fn note<'s>(arguments: &mut Arguments<'s>, name: &'s str, counted: bool) {
    match arguments.iter_mut().find(|(known, _)| *known == name) {
        Some((_, known)) => *known |= counted,
        None => arguments.push((name, counted)),
    }
}

fn collect<'s>(pattern: &Pattern<&'s str>, into: &mut Arguments<'s>) -> Result<(), String> {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            // `{ "" }`: how Fluent writes that there is nothing to say.
            Expression::Inline(InlineExpression::StringLiteral { .. }) => {}
            Expression::Inline(InlineExpression::VariableReference { id }) => {
                note(into, id.name, false);
            }
            Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
                note(into, id.name, true);
                for variant in variants {
                    collect(&variant.value, into)?;
                }
            }
            other => return Err(format!("not used here: {other:?}")),
        }
    }
    Ok(())
}

fn function(
    code: &mut String,
    name: &str,
    arguments: &Arguments<'_>,
    english: &Pattern<&str>,
    japanese: &Pattern<&str>,
) -> Result<(), String> {
    let rust = name.replace('-', "_");
    if arguments.is_empty() {
        let (english, japanese) = (plain(english), plain(japanese));
        let _ = writeln!(
            code,
            "pub(crate) const fn {rust}(self) -> &'static str {{ match self.0 {{ Locale::En => {english:?}, Locale::Ja => {japanese:?} }} }}"
        );
        return Ok(());
    }
    let _ = write!(code, "pub(crate) fn {rust}(self");
    for (argument, counted) in arguments {
        let kind = if *counted { "impl Count" } else { "impl Display" };
        let _ = write!(code, ", {argument}: {kind}");
    }
    code.push_str(") -> String {\n");
    for (argument, _) in arguments.iter().filter(|(_, counted)| *counted) {
        let _ = writeln!(code, "let {argument} = {argument}.count();");
    }
    code.push_str("let mut text = String::new();\nmatch self.0 {\nLocale::En => {\n");
    write_pattern(code, english, "en")?;
    code.push_str("}\nLocale::Ja => {\n");
    write_pattern(code, japanese, "ja")?;
    code.push_str("}\n}\ntext\n}\n");
    Ok(())
}

fn plain(pattern: &Pattern<&str>) -> String {
    let text = |element: &PatternElement<&str>| match element {
        PatternElement::TextElement { value } => (*value).to_owned(),
        PatternElement::Placeable { .. } => String::new(),
    };
    pattern.elements.iter().map(text).collect()
}

fn write_pattern(code: &mut String, pattern: &Pattern<&str>, language: &str) -> Result<(), String> {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => {
                let _ = writeln!(code, "text.push_str({value:?});");
            }
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::StringLiteral { value }),
            } => {
                let _ = writeln!(code, "text.push_str({value:?});");
            }
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::VariableReference { id }),
            } => {
                let _ = writeln!(code, "put(&mut text, &{});", id.name);
            }
            PatternElement::Placeable {
                expression:
                    Expression::Select { selector: InlineExpression::VariableReference { id }, variants },
            } => {
                if let [only] = variants.as_slice() {
                    write_pattern(code, &only.value, language)?;
                    continue;
                }
                let _ = writeln!(code, "match {} {{", id.name);
                // Rust takes the first arm that fits, so what fits all comes last.
                let (default, special): (Vec<_>, Vec<_>) =
                    variants.iter().partition(|variant| variant.default);
                for variant in special.into_iter().chain(default) {
                    let _ = writeln!(code, "{} => {{", arm(variant, language)?);
                    write_pattern(code, &variant.value, language)?;
                    code.push_str("}\n");
                }
                code.push_str("}\n");
            }
            other @ PatternElement::Placeable { .. } => return Err(format!("not used here: {other:?}")),
        }
    }
    Ok(())
}

/// The plural categories of CLDR that whole numbers have: `one` and `other` in English, `other` in Japanese.
fn arm(variant: &Variant<&str>, language: &str) -> Result<String, String> {
    match (&variant.key, variant.default) {
        (VariantKey::Identifier { name: "other" }, true) => Ok("_".into()),
        (VariantKey::Identifier { name: "one" }, false) if language == "en" => Ok("1".into()),
        (VariantKey::NumberLiteral { value }, false) => Ok((*value).into()),
        (key, _) => Err(format!("no such plural in `{language}`: {key:?}")),
    }
}
