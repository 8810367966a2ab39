//! The first reading: every token of the sheet, escapes resolved, before lightningcss sees it.
//!
//! It refuses what is dangerous wherever it stands (URLs, functions, markup), bounds depth and counts so that the real
//! parser can't be made to recurse or to multiply its work, and takes an inventory that [`super::inventory`] later
//! compares with the tree: what the parser left out without a word is found there.

use super::{
    bounds::{MAX_BLOCK_DEPTH, MAX_DECLARATIONS, MAX_RULES},
    faults::{Faults, Place, quoted},
    value::ValueScan,
};
use crate::fault::Refusal;
use cssparser::{ParseError, Parser, ParserInput, Token};
use std::collections::BTreeMap;

/// What stands in one `{}`, counted in tokens.
#[derive(Debug, Default, Clone)]
pub(super) struct Block {
    /// Name and place of every declaration, in order.
    pub declarations: Vec<(String, Place)>,
    /// Rules directly inside.
    pub rules: usize,
    /// Selectors inside the `:is()`, `:not()`, `:has()`, … of the prelude, at every depth.
    pub listed_selectors: usize,
}

/// Every block of the sheet by the place where its prelude starts, and the sheet itself as a block without one.
#[derive(Debug, Default)]
pub(super) struct Inventory {
    pub top: Block,
    pub blocks: BTreeMap<Place, Block>,
}

impl Inventory {
    /// Where `property` is declared for the `nth` time (from 0) in or after the block that starts at `at`; `at` itself
    /// when the scan has not seen it.
    pub fn place_of(&self, property: &str, nth: usize, at: Place) -> Place {
        let declared = self.blocks.range(at..).flat_map(|(_, block)| &block.declarations);
        declared.filter(|(name, _)| name == property).nth(nth).map_or(at, |(_, place)| *place)
    }
}

/// The at-rules that are accepted, lower-case.
#[rustfmt::skip]
pub(super) const AT_RULES: &[&str] = &[
    "media", "supports", "container", "layer", "starting-style", "font-face", "keyframes", "-webkit-keyframes",
    "-moz-keyframes", "-o-keyframes",
];

/// Reads all tokens. What was refused is in `faults`; `None` when the sheet must not be given to the parser at all.
pub(super) fn scan(css: &str, faults: &mut Faults) -> Option<Inventory> {
    let mut input = ParserInput::new(css);
    let mut parser = Parser::new(&mut input);
    let mut scan =
        Scan { css, faults, inventory: Inventory::default(), rules: 0, declarations: 0, parseable: true };
    let top = scan.block(&mut parser, 0, BlockKind::Sheet);
    scan.inventory.top = top;
    scan.parseable.then_some(scan.inventory)
}

/// What may stand in a block.
#[derive(Clone, Copy, PartialEq, Eq)]
enum BlockKind {
    Sheet,
    Rules,
}

struct Scan<'c, 'f> {
    css: &'c str,
    faults: &'f mut Faults,
    inventory: Inventory,
    rules: usize,
    declarations: usize,
    /// False once a bound that protects the parser is broken.
    parseable: bool,
}

/// A statement that is being read: an at-rule, a rule, or a declaration, which is known only at its end.
struct Statement {
    at: Place,
    /// Name of the at-rule, lower-case.
    at_rule: Option<String>,
    /// The first token, when it is an identifier: perhaps a property.
    name: Option<String>,
    has_colon: bool,
    tokens: usize,
    listed_selectors: usize,
}

impl Statement {
    fn is_custom_property(&self) -> bool {
        self.has_colon && self.name.as_ref().is_some_and(|name| name.starts_with("--"))
    }

    /// `<` is an operator in a media or container query, and nowhere else.
    fn may_compare(&self) -> bool {
        matches!(self.at_rule.as_deref(), Some("media" | "container"))
    }
}

impl Scan<'_, '_> {
    fn block(&mut self, parser: &mut Parser<'_, '_>, depth: usize, kind: BlockKind) -> Block {
        let mut block = Block::default();
        let mut statement: Option<Statement> = None;
        loop {
            let at = Place::from(parser.current_source_location());
            let Ok(token) = parser.next_including_whitespace_and_comments().cloned() else { break };
            let ends_at_semicolon = kind == BlockKind::Rules
                || statement.as_ref().is_some_and(|current| current.at_rule.is_some());
            match (&token, &mut statement) {
                (Token::WhiteSpace(_), _) => {}
                (Token::Comment(text), _) => self.comment(text, at),
                (Token::Semicolon, _) if ends_at_semicolon => {
                    self.end_statement(statement.take(), &mut block);
                }
                (Token::CurlyBracketBlock, Some(current)) if current.is_custom_property() => {
                    self.value(parser, &token, at, current);
                }
                (Token::CurlyBracketBlock, _) => {
                    let current = statement.take().unwrap_or_else(|| self.begin(&Token::Semicolon, at));
                    self.nested(parser, depth, current, &mut block);
                }
                (_, None) => {
                    let mut first = self.begin(&token, at);
                    self.value(parser, &token, at, &mut first);
                    statement = Some(first);
                }
                (Token::AtKeyword(_), Some(_)) => {
                    self.faults.push(
                        at,
                        Refusal::SyntaxError,
                        "an at-rule stands in the middle of something else",
                    );
                }
                (_, Some(current)) => {
                    current.has_colon |= current.tokens == 1 && token == Token::Colon;
                    current.tokens += 1;
                    self.value(parser, &token, at, current);
                }
            }
            if !self.parseable {
                break;
            }
        }
        self.end_statement(statement, &mut block);
        block
    }

    fn begin(&mut self, first: &Token<'_>, at: Place) -> Statement {
        let at_rule = match first {
            Token::AtKeyword(name) => Some(name.to_ascii_lowercase()),
            _ => None,
        };
        let name = match first {
            Token::Ident(name) => Some(name.to_ascii_lowercase()),
            _ => None,
        };
        if let Some(at_rule) = &at_rule {
            self.at_rule(at_rule, at);
        }
        Statement { at, at_rule, name, has_colon: false, tokens: 1, listed_selectors: 0 }
    }

    fn nested(&mut self, parser: &mut Parser<'_, '_>, depth: usize, statement: Statement, block: &mut Block) {
        block.rules += 1;
        self.rules += 1;
        if self.rules > MAX_RULES {
            self.stop(
                statement.at,
                Refusal::TooManyRules,
                format!("the limit is {MAX_RULES} rules in a sheet"),
            );
        } else if depth == MAX_BLOCK_DEPTH {
            let reason = format!("blocks may be nested {MAX_BLOCK_DEPTH} deep");
            self.stop(statement.at, Refusal::NestingTooDeep, reason);
        } else {
            let inner: Result<Block, ParseError<'_, ()>> =
                parser.parse_nested_block(|nested| Ok(self.block(nested, depth + 1, BlockKind::Rules)));
            if let Ok(mut inner) = inner {
                // `@supports selector(:is(…))` asks, it does not select.
                inner.listed_selectors =
                    if statement.at_rule.is_none() { statement.listed_selectors } else { 0 };
                self.inventory.blocks.insert(statement.at, inner);
            }
        }
    }

    fn has_room_for_rule(&mut self, at: Place) -> bool {
        self.rules += 1;
        if self.rules > MAX_RULES {
            self.stop(at, Refusal::TooManyRules, format!("the limit is {MAX_RULES} rules in a sheet"));
        }
        self.rules <= MAX_RULES
    }

    fn end_statement(&mut self, statement: Option<Statement>, block: &mut Block) {
        let Some(statement) = statement else { return };
        if statement.at_rule.as_deref() == Some("charset") {
            // Either refused or about to be taken away by the parser.
        } else if statement.at_rule.is_some() {
            block.rules += 1;
            self.has_room_for_rule(statement.at);
        } else {
            // A declaration, or something broken that counts as one: the parser must not leave that out either.
            self.declarations += 1;
            if self.declarations > MAX_DECLARATIONS {
                let reason = format!("the limit is {MAX_DECLARATIONS} declarations in a sheet");
                self.stop(statement.at, Refusal::TooManyDeclarations, reason);
            }
            block.declarations.push((statement.name.unwrap_or_default(), statement.at));
        }
    }

    fn value(
        &mut self,
        parser: &mut Parser<'_, '_>,
        token: &Token<'_>,
        at: Place,
        statement: &mut Statement,
    ) {
        let mut value = ValueScan::new(self.faults, statement.may_compare());
        value.token(parser, token, at);
        statement.listed_selectors += value.listed_selectors;
        self.parseable &= value.parseable;
    }

    fn at_rule(&mut self, name: &str, at: Place) {
        let (rule, reason) = match name {
            known if AT_RULES.contains(&known) => return,
            "import" => {
                (Refusal::ImportRefused, "@import fetches another sheet; paste its rules here".to_owned())
            }
            "namespace" => {
                (Refusal::NamespaceRefused, "@namespace changes what every selector means".to_owned())
            }
            "charset" if self.opens_with_utf8_charset(at) => return,
            "charset" => (
                Refusal::CharsetRefused,
                "only `@charset \"utf-8\";` as the very first characters is accepted".to_owned(),
            ),
            other => {
                (Refusal::AtRuleRefused, format!("{} is not accepted here", quoted(&format!("@{other}"))))
            }
        };
        self.faults.push(at, rule, reason);
    }

    /// What published sheets begin with; the parser takes it away, and sheets are served as UTF-8 in any case.
    fn opens_with_utf8_charset(&self, at: Place) -> bool {
        const UTF8: &str = "@charset \"utf-8\";";
        at == Place { line: 0, column: 1 }
            && self.css.get(..UTF8.len()).is_some_and(|start| start.eq_ignore_ascii_case(UTF8))
    }

    fn comment(&mut self, text: &str, at: Place) {
        if text.contains("</") || text.contains("<!") {
            self.faults.push(
                at,
                Refusal::MarkupRefused,
                "the comment holds markup that could end a style element",
            );
        }
    }

    fn stop(&mut self, at: Place, rule: Refusal, reason: String) {
        self.parseable = false;
        self.faults.push(at, rule, reason);
    }
}
