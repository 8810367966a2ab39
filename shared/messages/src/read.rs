//! The files of one language as messages by name.

use crate::Source;
use fluent_syntax::{
    ast::{Entry, Message, Pattern},
    parser,
};
use std::collections::BTreeMap;

pub struct Language<'s> {
    pub tag: &'static str,
    messages: BTreeMap<&'s str, Message<&'s str>>,
}

pub fn read<'s>(tag: &'static str, sources: &[Source<'s>]) -> Result<Language<'s>, String> {
    let mut messages = BTreeMap::new();
    for Source { path, text } in sources {
        let resource =
            parser::parse(*text).map_err(|(_, faults)| format!("{path} does not parse: {faults:?}"))?;
        for entry in resource.body {
            match entry {
                Entry::Message(message) => {
                    let name = message.id.name;
                    if messages.insert(name, message).is_some() {
                        return Err(format!("{path}: there is `{name}` already"));
                    }
                }
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
                other => return Err(format!("{path}: not used here: {other:?}")),
            }
        }
    }
    Ok(Language { tag, messages })
}

impl<'s> Language<'s> {
    pub fn names(&self) -> impl Iterator<Item = &'s str> {
        self.messages.keys().copied()
    }

    pub fn value(&self, name: &str) -> Result<&Pattern<&'s str>, String> {
        let message = self.messages.get(name).ok_or_else(|| format!("{} lacks `{name}`", self.tag))?;
        match &message.value {
            Some(value) if message.attributes.is_empty() => Ok(value),
            _ => Err(format!("`{name}` is to have a value and no attributes")),
        }
    }
}
