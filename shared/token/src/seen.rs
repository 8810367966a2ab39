//! Tokens whose signature was verified recently. Verifying one in wasm takes longer than all the rest of a read, and a
//! signed-in caller sends the same token many times.

use lru::LruCache;
use std::{any::Any, cell::RefCell, fmt, num::NonZeroUsize, rc::Rc};

/// Tokens remembered. One is at most 2 KB and its claims less: 3 MB of an isolate's 128.
const MAX_TOKENS: NonZeroUsize = NonZeroUsize::new(1_024).unwrap();

/// The claims of verified tokens, by the whole token: a token that differs in a single character is not found.
#[derive(Clone)]
pub(crate) struct Seen(RefCell<LruCache<String, Rc<dyn Any>>>);

impl Default for Seen {
    fn default() -> Self {
        Self(RefCell::new(LruCache::new(MAX_TOKENS)))
    }
}

impl Seen {
    /// The claims of the token, if it was verified as one with claims of type `C`. It may have expired since.
    pub fn get<C: Clone + 'static>(&self, token: &str) -> Option<C> {
        self.0.borrow_mut().get(token)?.downcast_ref::<C>().cloned()
    }

    /// Remembers a token whose signature was checked.
    pub fn put<C: 'static>(&self, token: &str, claims: C) {
        self.0.borrow_mut().put(token.to_owned(), Rc::new(claims));
    }
}

/// A token is a secret until it expires.
impl fmt::Debug for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Seen({} tokens)", self.0.borrow().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_whole_and_as_what_it_was_checked_as() {
        let seen = Seen::default();
        seen.put("a.b.c", 7_u32);
        assert_eq!(seen.get::<u32>("a.b.c"), Some(7));
        assert_eq!((seen.get::<u32>("a.b.C"), seen.get::<u64>("a.b.c")), (None, None));
    }

    #[test]
    fn the_memory_of_tokens_is_bounded() {
        let seen = Seen::default();
        for n in 0..2 * MAX_TOKENS.get() {
            seen.put(&n.to_string(), n);
        }
        assert_eq!(seen.0.borrow().len(), MAX_TOKENS.get());
        assert_eq!(seen.get::<usize>("0"), None);
        assert_eq!(format!("{seen:?}"), "Seen(1024 tokens)");
    }
}
