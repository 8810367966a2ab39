//! What a new password has to be.

use crate::{identity::email::Email, reason::Reason};
use thiserror::Error;

/// Longest password accepted, in octets. argon2id's cost hardly grows with it; the bound keeps bodies small.
pub const MAX_PASSWORD_OCTETS: usize = 1024;

/// Shortest password, in octets: at 50 guesses an hour nobody gets through ten characters that are not among the common
/// ones. No classes of characters are asked for (NIST SP 800-63B, section 3.1.1.2): they make passwords that people forget.
pub const MIN_PASSWORD_OCTETS: usize = 10;

/// The passwords of at least ten characters among the 30,000 commonest that the crate `zxcvbn` 3.1.1 lists (MIT licence), one
/// a line in order. The crate itself would more than double the function.
const COMMON: &str = include_str!("common_passwords.txt");

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WeakPassword {
    #[error("A password has at least {MIN_PASSWORD_OCTETS} characters.")]
    TooShort,
    #[error("A password has at most {MAX_PASSWORD_OCTETS} octets.")]
    TooLong,
    #[error("This is one of the passwords that are tried first. Choose another.")]
    Common,
    #[error(
        "This is your e-mail address or the name of the workspace, which are tried first. Choose another."
    )]
    Personal,
}

impl WeakPassword {
    #[must_use]
    pub const fn reason(self) -> Reason {
        match self {
            Self::TooShort => Reason::TooShort,
            Self::TooLong => Reason::TooLong,
            Self::Common | Self::Personal => Reason::WeakPassword,
        }
    }
}

/// Whether somebody may have `password` from now on. `names` are what the person or tenant is known by beside the address.
///
/// # Errors
/// [`WeakPassword`]: what to do about it.
pub fn check(password: &str, email: &Email, names: &[&str]) -> Result<(), WeakPassword> {
    if password.len() > MAX_PASSWORD_OCTETS {
        return Err(WeakPassword::TooLong);
    }
    if password.len() < MIN_PASSWORD_OCTETS {
        return Err(WeakPassword::TooShort);
    }
    let plain = password.trim().to_lowercase();
    let local = email.as_str().split('@').next().unwrap_or_default();
    let personal = [email.as_str(), local].into_iter().chain(names.iter().copied());
    for name in personal {
        if plain == name.trim().to_lowercase() {
            return Err(WeakPassword::Personal);
        }
    }
    if is_common(&plain) || is_repetition(&plain) { Err(WeakPassword::Common) } else { Ok(()) }
}

fn is_common(plain: &str) -> bool {
    COMMON.lines().any(|common| common == plain)
}

/// `aaaaaaaaaaaa`, `abababababab`: one or two characters over and over.
fn is_repetition(plain: &str) -> bool {
    let characters: Vec<char> = plain.chars().collect();
    [1, 2]
        .iter()
        .any(|period| characters.iter().zip(characters.iter().skip(*period)).all(|(one, next)| one == next))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(password: &str) -> Result<(), WeakPassword> {
        check(password, &Email::parse("adalovelace@acme.test").unwrap(), &["Acme Limited"])
    }

    #[test]
    fn a_password_has_ten_to_1024_octets() {
        assert_eq!(checked("zebra-lam"), Err(WeakPassword::TooShort));
        assert_eq!(checked("zebra-lamp"), Ok(()));
        let longest: String = "zebra-lamp.".chars().cycle().take(1024).collect();
        assert_eq!(checked(&longest), Ok(()));
        assert_eq!(checked(&format!("{longest}x")), Err(WeakPassword::TooLong));
        assert_eq!(checked("パスワード"), Ok(()), "five characters of three octets each");
    }

    #[test]
    fn what_is_tried_first_is_refused_in_any_case() {
        for common in
            ["qwertyuiop", "1234567890", "Password123", " playstation ", "aaaaaaaaaaaaa", "abababababab"]
        {
            assert_eq!(checked(common), Err(WeakPassword::Common), "{common}");
        }
        for personal in ["adalovelace", "AdaLovelace@Acme.test", "acme limited"] {
            assert_eq!(checked(personal), Err(WeakPassword::Personal), "{personal}");
        }
        assert_eq!(checked("playstation is a console"), Ok(()));
    }

    #[test]
    fn the_list_holds_only_what_could_be_chosen() {
        assert!(COMMON.lines().count() > 1000);
        let plain = |line: &str| line.len() >= MIN_PASSWORD_OCTETS && line == line.trim().to_lowercase();
        assert!(COMMON.lines().all(plain));
    }
}
