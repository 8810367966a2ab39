//! What a page says after a form was sent on: a word in the query, of a closed list, so that no link can put other words
//! into our mouth.

use crate::words::Words;

macro_rules! done {
    ($($name:ident = $word:literal: $message:ident;)+) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Notice { $($name,)+ }

        impl Notice {
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$name),)+ _ => None }
            }

            pub const fn text(self, words: Words) -> &'static str {
                match self { $(Self::$name => words.$message(),)+ }
            }
        }
    };
}

done! {
    Saved = "saved": done_saved;
    Invited = "invited": done_invited;
    Resent = "resent": done_resent;
    Revoked = "revoked": done_revoked;
    Removed = "removed": done_removed;
    Role = "role": done_role;
    Deleted = "deleted": done_deleted;
    SignedOut = "signed-out": done_signed_out;
    PasswordReset = "password": done_password;
    PasswordChanged = "password-changed": done_password_changed;
    SessionEnded = "session-ended": done_session_ended;
    Welcome = "welcome": done_welcome;
    Joined = "joined": done_joined;
}

/// The page at `path`, to say so.
pub fn at(path: &str, done: Notice) -> http::Response<bytes::Bytes> {
    crate::reply::see_other(&format!("{path}?done={}", done.as_str()))
}
