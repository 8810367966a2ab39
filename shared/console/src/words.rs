//! Everything that a page says, in the reader's language: made from `messages/*.ftl` by `livery-messages`.

include!(concat!(env!("OUT_DIR"), "/messages.rs"));
