//! The generated Rust code; it is not formatted for reading.

use crate::read::Language;
use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};
use std::{collections::BTreeSet, fmt::Write};

/// Arguments in the order in which the English message has them; whether a message chooses by its number.
type Arguments<'s> = Vec<(&'s str, bool)>;

/// The type that has the functions, and what they call.
const WORDS: &str = include_str!("../runtime/words.rs");
const COUNT: &str = include_str!("../runtime/count.rs");

pub fn write(english: &Language<'_>, japanese: &Language<'_>) -> Result<String, String> {
    let names: BTreeSet<_> = english.names().chain(japanese.names()).collect();
    let mut code = String::from("#[allow(clippy::single_char_add_str)]\nimpl Words {\n");
    let mut counts = false;
    for name in names {
        let (english, japanese) = (english.value(name)?, japanese.value(name)?);
        let arguments = arguments(name, english, japanese)?;
        counts |= arguments.iter().any(|(_, counted)| *counted);
        function(&mut code, name, &arguments, english, japanese)?;
    }
    code.push_str("}\n");
    let count = if counts { COUNT } else { "" };
    Ok(format!("{WORDS}\n{count}\n{code}"))
}

fn arguments<'s>(
    name: &str,
    english: &Pattern<&'s str>,
    japanese: &Pattern<&'s str>,
) -> Result<Arguments<'s>, String> {
    let (mut arguments, mut others) = (Arguments::new(), Arguments::new());
    collect(english, &mut arguments)?;
    collect(japanese, &mut others)?;
    let names = |of: &Arguments<'s>| of.iter().map(|(name, _)| *name).collect::<BTreeSet<_>>();
    if names(&arguments) != names(&others) {
        return Err(format!("`{name}` has other arguments in Japanese than in English"));
    }
    for (argument, counted) in others {
        note(&mut arguments, argument, counted);
    }
    Ok(arguments)
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
        let kind = if *counted { "impl Count" } else { "impl std::fmt::Display" };
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
                // Rust takes the first arm that matches, so the catch-all comes last.
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
