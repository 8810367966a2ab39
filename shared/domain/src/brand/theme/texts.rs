//! The words of the widget that a brand may choose.

use serde::{Deserialize, Serialize};

/// One line per text: name, most characters, whether it may have several lines, default.
macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident $max_chars:literal $multiline:literal $default:literal,)+) => {
        /// The words of the widget, plain text: never HTML. An empty text hides its element.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Texts { $($(#[$doc])* pub $name: String,)+ }

        impl Default for Texts {
            fn default() -> Self { Self { $($name: $default.into(),)+ } }
        }

        /// Name, most characters and whether several lines are allowed, of every text.
        pub(super) const TEXT_LIMITS: &[(&str, usize, bool)] = &[$((stringify!($name), $max_chars, $multiline)),+];
    };
}

// Lengths: a title is one line of a 380 px panel at 20 px (~35 Latin characters; twice that for a wide panel);
// greeting, header and footer are a few lines; the description is a paragraph as search engines show it (~300).
texts! {
    /// Name of the brand, in the panel's head and as the frame's accessible name.
    title 80 false "Chat with us",
    /// First message that a visitor sees.
    greeting 500 true "Hello! How can we help you?",
    placeholder 80 false "Write a message…",
    /// Line below the title.
    header 200 true "",
    /// Line below the composer.
    footer 200 true "",
    /// What the brand is, for link previews and the console.
    description 300 true "",
    /// Accessible name of the button that opens the panel.
    launcher_label 80 false "Open chat",
    /// Accessible name of the button that closes the panel.
    close_label 80 false "Close chat",
    send_label 80 false "Send",
}
