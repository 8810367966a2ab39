//! One value or prelude, token by token, with everything in its brackets.

use super::{
    bounds::{MAX_BRACKET_TOKENS, MAX_VALUE_DEPTH},
    faults::{Faults, Place, quoted},
    fetch::check_url,
    functions::{FunctionKind, function_kind},
};
use crate::fault::Refusal;
use cssparser::{ParseError, Parser, Token};

pub(super) struct ValueScan<'f> {
    faults: &'f mut Faults,
    may_compare: bool,
    may_hold_markup: bool,
    /// Selectors inside the list pseudo-classes found so far.
    pub listed_selectors: usize,
    /// False once a bound that protects the parser is exceeded.
    pub parseable: bool,
}

/// The brackets around a token.
#[derive(Clone, Copy)]
struct Brackets {
    depth: usize,
    /// Inside `image-set()`, at any depth.
    chooses_image: bool,
    /// Directly inside `type()`, whose string names a MIME type.
    names_type: bool,
}

impl<'f> ValueScan<'f> {
    /// `may_compare`: where `<` is an operator. `may_hold_markup`: false if the sheet has neither that character nor an
    /// escape.
    pub fn new(faults: &'f mut Faults, may_compare: bool, may_hold_markup: bool) -> Self {
        Self { faults, may_compare, may_hold_markup, listed_selectors: 0, parseable: true }
    }

    /// One token outside all brackets, and what is in the brackets that it opens.
    pub fn token(&mut self, parser: &mut Parser<'_, '_>, token: &Token<'_>, at: Place) {
        self.inside(parser, token, at, Brackets { depth: 0, chooses_image: false, names_type: false });
    }

    fn inside(&mut self, parser: &mut Parser<'_, '_>, token: &Token<'_>, at: Place, around: Brackets) {
        match token {
            Token::Comment(text) if text.contains("</") || text.contains("<!") => {
                self.markup(at, "the comment holds markup that could end a style element");
            }
            Token::Ident(name) if name.eq_ignore_ascii_case("progid") => {
                self.faults.push(at, Refusal::ScriptRefused, "progid: filters run code in old browsers");
            }
            Token::Ident(text) | Token::Hash(text) | Token::IDHash(text) => self.text(text, at),
            Token::Dimension { unit, .. } => self.text(unit, at),
            Token::QuotedString(text) => {
                self.text(text, at);
                if around.chooses_image && !around.names_type {
                    self.url(text, at);
                }
            }
            Token::UnquotedUrl(url) => {
                self.text(url, at);
                self.url(url, at);
            }
            Token::Delim('<') if !self.may_compare => self.markup(at, "a less-than sign has no meaning here"),
            Token::CDO | Token::CDC => self.markup(at, "an HTML comment is not CSS; write /* … */"),
            Token::AtKeyword(name) if around.depth > 0 => {
                let reason = format!("{} stands in the middle of a value", quoted(&format!("@{name}")));
                self.faults.push(at, Refusal::SyntaxError, reason);
            }
            Token::BadUrl(_) | Token::BadString(_) => {
                self.faults.push(at, Refusal::SyntaxError, "a string or url() is broken off");
            }
            Token::CloseCurlyBracket | Token::CloseParenthesis | Token::CloseSquareBracket => {
                self.faults.push(at, Refusal::SyntaxError, "a bracket is closed that was not opened");
            }
            Token::Function(name) => {
                self.text(name, at);
                self.function(parser, name, at, around);
            }
            Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock => {
                self.brackets(parser, at, around, None);
            }
            _ => {}
        }
    }

    fn function(&mut self, parser: &mut Parser<'_, '_>, name: &str, at: Place, around: Brackets) {
        let kind = function_kind(name);
        match kind {
            FunctionKind::Plain | FunctionKind::ImageChoice => {}
            FunctionKind::Reference if !around.chooses_image => {}
            FunctionKind::Reference => {
                let reason = "a reference may not choose an image: the URL must stand here in full";
                self.faults.push(at, Refusal::FunctionRefused, reason);
            }
            FunctionKind::Url => return self.url_function(parser, at),
            FunctionKind::Attr => return self.attr_function(parser, at),
            FunctionKind::Script => {
                self.faults.push(at, Refusal::ScriptRefused, "expression() runs code in old browsers");
            }
            FunctionKind::Unknown => {
                let reason = format!("the function {} is not on the list of accepted ones", quoted(name));
                self.faults.push(at, Refusal::FunctionRefused, reason);
            }
        }
        self.brackets(parser, at, around, Some((name, kind)));
    }

    /// Everything up to the closing bracket; `function` when a function opened it.
    fn brackets(
        &mut self,
        parser: &mut Parser<'_, '_>,
        at: Place,
        around: Brackets,
        function: Option<(&str, FunctionKind)>,
    ) {
        if around.depth == MAX_VALUE_DEPTH {
            self.parseable = false;
            let reason = format!("brackets may be nested {MAX_VALUE_DEPTH} deep");
            return self.faults.push(at, Refusal::NestingTooDeep, reason);
        }
        let within = Brackets {
            depth: around.depth + 1,
            chooses_image: around.chooses_image
                || function.is_some_and(|(_, kind)| kind == FunctionKind::ImageChoice),
            names_type: function.is_some_and(|(name, _)| name.eq_ignore_ascii_case("type")),
        };
        let mut list = function.and_then(|(name, _)| SelectorCount::of(name));
        let mut tokens = 0;
        let _: Result<(), ParseError<'_, ()>> = parser.parse_nested_block(|nested| {
            while self.parseable {
                let at = Place::from(nested.current_source_location());
                let Ok(token) = nested.next_including_whitespace_and_comments().cloned() else { break };
                tokens += 1;
                if tokens > MAX_BRACKET_TOKENS {
                    self.parseable = false;
                    let reason = format!("the limit is {MAX_BRACKET_TOKENS} tokens in one pair of brackets");
                    self.faults.push(at, Refusal::ValueTooLong, reason);
                    break;
                }
                if let Some(list) = &mut list {
                    list.see(&token);
                }
                self.inside(nested, &token, at, within);
            }
            Ok(())
        });
        self.listed_selectors += list.map_or(0, |list| list.selectors());
    }

    /// `url(` with a string; without one the tokenizer gives [`Token::UnquotedUrl`].
    fn url_function(&mut self, parser: &mut Parser<'_, '_>, at: Place) {
        let url: Result<String, ParseError<'_, ()>> = parser.parse_nested_block(|nested| {
            let url = nested.expect_string()?.as_ref().to_owned();
            nested.expect_exhausted()?;
            Ok(url)
        });
        match url {
            Ok(url) => {
                self.text(&url, at);
                self.url(&url, at);
            }
            Err(_) => {
                self.faults.push(at, Refusal::ForeignUrl, "url() takes one plain string and nothing else")
            }
        }
    }

    /// `attr(name)` or `attr(name, "text")`, of attributes that reveal nothing about the visitor.
    fn attr_function(&mut self, parser: &mut Parser<'_, '_>, at: Place) {
        let name: Result<String, ParseError<'_, ()>> = parser.parse_nested_block(|nested| {
            let name = nested.expect_ident()?.to_ascii_lowercase();
            if nested.try_parse(|rest| rest.expect_comma()).is_ok() {
                let text = nested.expect_string()?.as_ref().to_owned();
                self.text(&text, at);
            }
            nested.expect_exhausted()?;
            Ok(name)
        });
        let harmless = |name: &str| name == "title" || name.starts_with("data-") || name.starts_with("aria-");
        if !name.is_ok_and(|name| harmless(&name)) {
            let reason = "attr() may show title, data-* and aria-* as text, with no type";
            self.faults.push(at, Refusal::AttrRefused, reason);
        }
    }

    fn url(&mut self, url: &str, at: Place) {
        if let Err((rule, reason)) = check_url(url) {
            self.faults.push(at, rule, format!("{}: {reason}", quoted(url)));
        }
    }

    fn text(&mut self, text: &str, at: Place) {
        if self.may_hold_markup && text.contains('<') {
            self.markup(at, "a less-than sign, also an escaped one, could end a style element");
        }
    }

    fn markup(&mut self, at: Place, reason: &str) {
        self.faults.push(at, Refusal::MarkupRefused, reason);
    }
}

/// Counts the selectors of a list pseudo-class: browsers and lightningcss drop the ones there that they don't understand.
struct SelectorCount {
    commas: usize,
    is_list: bool,
}

impl SelectorCount {
    fn of(function: &str) -> Option<Self> {
        let is_list = match function.to_ascii_lowercase().as_str() {
            "is" | "where" | "not" | "has" | "-webkit-any" | "-moz-any" => true,
            // A list only after `of`.
            "nth-child" | "nth-last-child" => false,
            _ => return None,
        };
        Some(Self { commas: 0, is_list })
    }

    fn see(&mut self, token: &Token<'_>) {
        match token {
            Token::Comma => self.commas += 1,
            Token::Ident(word) if word.eq_ignore_ascii_case("of") => self.is_list = true,
            _ => {}
        }
    }

    fn selectors(&self) -> usize {
        if self.is_list { self.commas + 1 } else { 0 }
    }
}
