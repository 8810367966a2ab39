//! The first pass: every token of the sheet, with escapes resolved, before lightningcss parses it.
//!
//! It refuses constructs that are dangerous anywhere (URLs, functions, markup), bounds depth and counts so that the real
//! parser can't be made to recurse or to multiply its work, and makes an inventory that [`super::inventory`] later
//! compares with the tree, to find anything that the parser has dropped.

use super::{
    bounds::{MAX_BLOCK_DEPTH, MAX_DECLARATIONS, MAX_RULES},
    faults::{Faults, Place, quoted},
    value::ValueScan,
};
use crate::fault::Refusal;
use cssparser::{CowRcStr, ParseError, Parser, ParserInput, Token};

/// The content of one `{}`, as counted in the tokens.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Block {
    pub declarations: usize,
    /// Rules directly inside.
    pub rules: usize,
    /// Selectors inside the `:is()`, `:not()`, `:has()`, … of the prelude, at every depth.
    pub listed_selectors: usize,
}

/// A declaration, or malformed text that counts as one.
#[derive(Debug)]
struct Declared<'i> {
    /// Where the block around it starts; `None` outside all blocks.
    block: Option<Place>,
    name: Option<CowRcStr<'i>>,
    at: Place,
}

/// Every block of the sheet by the place where its prelude starts, and the sheet itself as a block without one.
#[derive(Debug, Default)]
pub(super) struct Inventory<'i> {
    pub top: Block,
    /// By place, once the scan is done.
    blocks: Vec<(Place, Block)>,
    /// Those of one block in their order. Read only where something is refused.
    declared: Vec<Declared<'i>>,
}

impl Inventory<'_> {
    /// The block whose prelude starts at a place.
    pub fn block_at(&self, at: Place) -> Option<&Block> {
        let found = self.blocks.binary_search_by_key(&at, |(place, _)| *place).ok()?;
        self.blocks.get(found).map(|(_, block)| block)
    }

    /// Where `property` is declared for the `nth` time (from 0) in or after the block that starts at `at`; `at` itself
    /// when the scan has not seen it.
    pub fn place_of(&self, property: &str, nth: usize, at: Place) -> Place {
        let is_meant = |declared: &&Declared<'_>| {
            declared.block.is_some_and(|block| block >= at)
                && declared.name.as_ref().is_some_and(|name| name.eq_ignore_ascii_case(property))
        };
        let mut meant: Vec<_> = self.declared.iter().filter(is_meant).collect();
        meant.sort_by_key(|declared| declared.block);
        meant.get(nth).map_or(at, |declared| declared.at)
    }

    /// The first `most` properties in the block that starts at a place, lower-case; outside all blocks with `None`.
    pub fn names_in(&self, block: Option<Place>, most: usize) -> Vec<String> {
        let inside = self.declared.iter().filter(|declared| declared.block == block);
        let lower = |declared: &Declared<'_>| declared.name.as_ref().map(|name| name.to_ascii_lowercase());
        inside.take(most).map(|declared| lower(declared).unwrap_or_default()).collect()
    }
}

/// The at-rules that are accepted, in lower case.
#[rustfmt::skip]
pub(super) const AT_RULES: &[&str] = &[
    "media", "supports", "container", "layer", "starting-style", "font-face", "keyframes", "-webkit-keyframes",
    "-moz-keyframes", "-o-keyframes",
];

/// Reads all tokens. What was refused is in `faults`; `None` when the sheet must not be given to the parser at all.
pub(super) fn scan<'i>(css: &'i str, faults: &mut Faults) -> Option<Inventory<'i>> {
    let mut input = ParserInput::new(css);
    let mut parser = Parser::new(&mut input);
    let mut scan = Scan {
        css,
        faults,
        may_hold_markup: css.contains(['<', '\\']),
        inventory: Inventory::default(),
        rules: 0,
        declarations: 0,
        parseable: true,
    };
    let top = scan.block(&mut parser, 0, BlockKind::Sheet, None);
    scan.inventory.top = top;
    scan.inventory.blocks.sort_unstable_by_key(|(place, _)| *place);
    scan.parseable.then_some(scan.inventory)
}

/// What a block may contain.
#[derive(Clone, Copy, PartialEq, Eq)]
enum BlockKind {
    Sheet,
    Rules,
}

struct Scan<'i, 'f> {
    css: &'i str,
    faults: &'f mut Faults,
    /// Whether there is a less-than sign anywhere, or an escape that could be one: in most sheets there is neither.
    may_hold_markup: bool,
    inventory: Inventory<'i>,
    rules: usize,
    declarations: usize,
    /// False once a bound that protects the parser is exceeded.
    parseable: bool,
}

/// A statement that is being read: an at-rule, a rule, or a declaration, which is known only at its end.
struct Statement<'i> {
    at: Place,
    /// Name of the at-rule.
    at_rule: Option<CowRcStr<'i>>,
    /// The first token, when it is an identifier: perhaps a property.
    name: Option<CowRcStr<'i>>,
    has_colon: bool,
    tokens: usize,
    listed_selectors: usize,
}

impl Statement<'_> {
    fn is_custom_property(&self) -> bool {
        self.has_colon && self.name.as_ref().is_some_and(|name| name.starts_with("--"))
    }

    /// `<` is an operator in a media or container query, and nowhere else.
    fn may_compare(&self) -> bool {
        self.is_at_rule("media") || self.is_at_rule("container")
    }

    fn is_at_rule(&self, name: &str) -> bool {
        self.at_rule.as_ref().is_some_and(|at_rule| at_rule.eq_ignore_ascii_case(name))
    }
}

impl<'i> Scan<'i, '_> {
    /// Reads a block to its end; `start` is where its prelude starts.
    fn block(
        &mut self,
        parser: &mut Parser<'i, '_>,
        depth: usize,
        kind: BlockKind,
        start: Option<Place>,
    ) -> Block {
        let mut block = Block::default();
        let mut statement: Option<Statement<'i>> = None;
        loop {
            let at = Place::from(parser.current_source_location());
            let token = match parser.next_including_whitespace_and_comments() {
                Ok(Token::WhiteSpace(_)) => continue,
                Ok(token) => token.clone(),
                Err(_) => break,
            };
            let ends_at_semicolon = kind == BlockKind::Rules
                || statement.as_ref().is_some_and(|current| current.at_rule.is_some());
            match (&token, &mut statement) {
                (Token::Comment(text), _) => self.comment(text, at),
                (Token::Semicolon, _) if ends_at_semicolon => {
                    self.end_statement(statement.take(), &mut block, start);
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
        self.end_statement(statement, &mut block, start);
        block
    }

    fn begin(&mut self, first: &Token<'i>, at: Place) -> Statement<'i> {
        let (at_rule, name) = match first {
            Token::AtKeyword(name) => (Some(name.clone()), None),
            Token::Ident(name) => (None, Some(name.clone())),
            _ => (None, None),
        };
        if let Some(at_rule) = &at_rule {
            self.at_rule(&at_rule.to_ascii_lowercase(), at);
        }
        Statement { at, at_rule, name, has_colon: false, tokens: 1, listed_selectors: 0 }
    }

    fn nested(
        &mut self,
        parser: &mut Parser<'i, '_>,
        depth: usize,
        statement: Statement<'i>,
        block: &mut Block,
    ) {
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
            let start = statement.at;
            let inner: Result<Block, ParseError<'_, ()>> = parser.parse_nested_block(|nested| {
                Ok(self.block(nested, depth + 1, BlockKind::Rules, Some(start)))
            });
            if let Ok(mut inner) = inner {
                // `@supports selector(:is(…))` is a condition, not a selector of the sheet.
                inner.listed_selectors =
                    if statement.at_rule.is_none() { statement.listed_selectors } else { 0 };
                self.inventory.blocks.push((start, inner));
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

    fn end_statement(&mut self, statement: Option<Statement<'i>>, block: &mut Block, start: Option<Place>) {
        let Some(statement) = statement else { return };
        if statement.is_at_rule("charset") {
            // Either refused or removed by the parser.
        } else if statement.at_rule.is_some() {
            block.rules += 1;
            self.has_room_for_rule(statement.at);
        } else {
            // A declaration, or malformed text that counts as one: the parser must not drop that either.
            self.declarations += 1;
            if self.declarations > MAX_DECLARATIONS {
                let reason = format!("the limit is {MAX_DECLARATIONS} declarations in a sheet");
                self.stop(statement.at, Refusal::TooManyDeclarations, reason);
            }
            block.declarations += 1;
            self.inventory.declared.push(Declared { block: start, name: statement.name, at: statement.at });
        }
    }

    fn value(
        &mut self,
        parser: &mut Parser<'i, '_>,
        token: &Token<'i>,
        at: Place,
        statement: &mut Statement<'i>,
    ) {
        let mut value = ValueScan::new(self.faults, statement.may_compare(), self.may_hold_markup);
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

    /// The beginning of many published sheets; the parser removes it, and sheets are served as UTF-8 in any case.
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
