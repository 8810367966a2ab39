//! Fluent message files to Rust, for build scripts: `team-title = Team` becomes `fn team_title(self) -> &'static str`.
//!
//! Fluent's own runtime parses its files at start, which on Spin is each request, and looks messages up by name, so that a
//! missing one is noticed only when its page is shown. Here the build fails if a message is missing in one language or has
//! different arguments there; a message that a crate does not use is dead code, which the lints refuse.
//!
//! *In scope*: `messages/{en,ja}.ftl` of a crate, and `common/{en,ja}.ftl` here, which every crate gets in addition.
//! *Out of scope*: the texts of the widget, which are TypeScript: its bundle builds with Node alone, in more languages.

mod code;
mod read;

use std::{env, error::Error, fs, path::Path};

/// One message file.
struct Source<'s> {
    /// Its name in errors.
    path: &'s str,
    text: &'s str,
}

const COMMON: [Source<'static>; 2] = [
    Source { path: "shared/messages/common/en.ftl", text: include_str!("../common/en.ftl") },
    Source { path: "shared/messages/common/ja.ftl", text: include_str!("../common/ja.ftl") },
];

/// Compiles the messages of the package whose build script this is into `messages.rs` in its `OUT_DIR`: the type `Words`
/// with a function for each. The package needs `livery-domain`.
///
/// # Errors
/// A file that cannot be read or parsed, and every difference between the two languages.
#[allow(clippy::print_stdout, reason = "it is how a build script speaks to cargo")]
pub fn build() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=messages");
    let out = env::var("OUT_DIR")?;
    let english = fs::read_to_string("messages/en.ftl")?;
    let japanese = fs::read_to_string("messages/ja.ftl")?;
    let [common_english, common_japanese] = COMMON;
    let code = compile(
        &[common_english, Source { path: "messages/en.ftl", text: &english }],
        &[common_japanese, Source { path: "messages/ja.ftl", text: &japanese }],
    )?;
    fs::write(Path::new(&out).join("messages.rs"), code)?;
    Ok(())
}

fn compile(english: &[Source<'_>], japanese: &[Source<'_>]) -> Result<String, String> {
    code::write(&read::read("en", english)?, &read::read("ja", japanese)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compiled(english: &str, japanese: &str) -> Result<String, String> {
        let source = |path, text| [Source { path, text }];
        compile(&source("en.ftl", english), &source("ja.ftl", japanese))
    }

    #[test]
    fn a_message_becomes_a_function_with_its_arguments_in_the_order_of_the_english_one() {
        let code = compiled(
            "plain = Team\nadded = { $who } joined { $team }",
            "plain = チーム\nadded = { $team }に{ $who }さん",
        );
        let code = code.unwrap();
        assert!(code.contains("const fn plain(self) -> &'static str"), "{code}");
        assert!(
            code.contains(
                "fn added(self, who: impl std::fmt::Display, team: impl std::fmt::Display) -> String"
            ),
            "{code}"
        );
        assert!(!code.contains("trait Count"), "nothing is counted: {code}");
    }

    #[test]
    fn a_message_that_counts_takes_a_number_and_each_language_has_its_own_forms() {
        let english = "people = { $count ->\n    [one] One person\n   *[other] { $count } people\n}";
        let code = compiled(english, "people = { $count } 人").unwrap();
        assert!(code.contains("fn people(self, count: impl Count) -> String"), "{code}");
        assert!(code.contains("trait Count") && code.contains("1 => {"), "{code}");
        let japanese = "people = { $count ->\n    [one] ひとり\n   *[other] { $count } 人\n}";
        let fault = compiled(english, japanese).unwrap_err();
        assert!(fault.starts_with("no such plural in `ja`"), "{fault}");
    }

    #[test]
    fn what_the_languages_do_not_share_does_not_compile() {
        for (english, japanese, wanted) in [
            ("a = A\nb = B", "a = あ", "ja lacks `b`"),
            ("a = A", "a = あ\nb = い", "en lacks `b`"),
            ("a = A { $name }", "a = あ", "`a` has other arguments in Japanese than in English"),
            ("a = A\na = B", "a = あ", "en.ftl: there is `a` already"),
            ("a = A\n    .title = B", "a = あ", "`a` is to have a value and no attributes"),
        ] {
            assert_eq!(compiled(english, japanese), Err(wanted.to_owned()), "{english} {japanese}");
        }
        assert!(compiled("a = { NUMBER($n) }", "a = あ").unwrap_err().starts_with("not used here"));
        assert!(compiled("= A", "a = あ").unwrap_err().starts_with("en.ftl does not parse"));
    }

    #[test]
    fn what_all_crates_say_is_said_by_none_of_them_for_itself() {
        let [english, japanese] = COMMON;
        let own = Source { path: "messages/en.ftl", text: "role-owner = Boss" };
        let said = compile(&[english, own], &[japanese]);
        assert_eq!(said, Err("messages/en.ftl: there is `role-owner` already".to_owned()));
    }
}
