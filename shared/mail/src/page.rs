//! A letter in its two forms.

use crate::{letter::Letter, name::Name, words::Words};
use askama::Template;

#[derive(Template)]
#[template(path = "letter.txt")]
struct Text<'a> {
    words: Words,
    brand: &'a Name,
    letter: &'a Letter,
}

#[derive(Template)]
#[template(path = "letter.html")]
struct Html<'a> {
    lang: &'static str,
    words: Words,
    brand: &'a Name,
    letter: &'a Letter,
}

/// The plain text.
pub fn text(words: Words, brand: &Name, letter: &Letter) -> String {
    rendered(&Text { words, brand, letter })
}

/// The HTML document. Tables and inline style, since mail programs drop much else; dark if the reader's system is; nothing
/// is
/// loaded from anywhere.
pub fn html(words: Words, brand: &Name, letter: &Letter) -> String {
    rendered(&Html { lang: words.0.as_str(), words, brand, letter })
}

/// Writing into a `String` fails only where a value's `Display` does, and every value is text.
fn rendered(page: &impl Template) -> String {
    page.render().unwrap_or_default()
}
