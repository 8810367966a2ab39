//! argon2id password hashes in PHC text form.

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash,
};
use thiserror::Error;

/// Salt of a new hash.
pub const SALT_BYTES: usize = 16;

/// Memory and passes as OWASP's password storage cheat sheet recommends for argon2id: 19 MiB, 2 passes, 1 lane. 19 MiB
/// leaves room for four sign-ins at once in an isolate's 128 MB.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

/// The hash that is checked for unknown users, so that they take as long as known ones. No password has this hash: its
/// output is 32 zero bytes.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bGl2ZXJ5LW5vYm9keS0wMA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the password could not be hashed")]
pub struct PasswordHashFault;

fn argon2id() -> Result<Argon2<'static>, PasswordHashFault> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(32)).map_err(|_| PasswordHashFault)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// # Errors
/// Only where argon2 itself refuses its input, which it never does for a password within the domain's bound.
pub fn hash_password(password: &str, salt: [u8; SALT_BYTES]) -> Result<String, PasswordHashFault> {
    let hash =
        argon2id()?.hash_password_with_salt(password.as_bytes(), &salt).map_err(|_| PasswordHashFault)?;
    Ok(hash.to_string())
}

/// Whether `stored` is a hash of `password`. With `None`, for a user who does not exist, it does the same work and returns
/// false.
#[must_use]
pub fn verify_password(password: &str, stored: Option<&str>) -> bool {
    let Ok(argon2) = argon2id() else { return false };
    let Ok(hash) = PasswordHash::new(stored.unwrap_or(NOBODY)) else { return false };
    let fits = argon2.verify_password(password.as_bytes(), &hash).is_ok();
    fits && stored.is_some()
}

/// Whether a hash was made with other parameters than new hashes: then it is replaced at a sign-in, where the password is
/// known.
#[must_use]
pub fn is_outdated(stored: &str) -> bool {
    let Ok(hash) = PasswordHash::new(stored) else { return true };
    let now = (Algorithm::Argon2id.ident(), Some(Version::V0x13.into()), MEMORY_KIB, PASSES, 1);
    let params = Params::try_from(&hash).map(|params| (params.m_cost(), params.t_cost(), params.p_cost()));
    params
        .map_or(true, |(memory, passes, lanes)| (hash.algorithm, hash.version, memory, passes, lanes) != now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_only() {
        let hash = hash_password("livery-demo", [1; 16]).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(verify_password("livery-demo", Some(&hash)));
        assert!(!verify_password("livery-demo ", Some(&hash)));
        assert!(!verify_password("", Some(&hash)));
    }

    #[test]
    fn an_unknown_user_costs_a_full_hash_and_is_refused() {
        let nobody = PasswordHash::new(NOBODY)
            .expect("NOBODY is a well-formed hash, or unknown users would cost nothing");
        assert_eq!(nobody.hash.map(|h| h.len()), Some(32));
        assert_eq!(
            Params::try_from(&nobody).map(|p| (p.m_cost(), p.t_cost(), p.p_cost())),
            Ok((MEMORY_KIB, PASSES, 1))
        );
        assert!(!verify_password("livery-demo", None));
    }

    #[test]
    fn a_hash_of_other_parameters_is_outdated() {
        assert!(!is_outdated(&hash_password("livery-demo", [1; 16]).unwrap()));
        for stored in [
            "$argon2id$v=19$m=12288,t=3,p=1$bGl2ZXJ5LW5vYm9keS0wMA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "$argon2i$v=19$m=19456,t=2,p=1$bGl2ZXJ5LW5vYm9keS0wMA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "$argon2id$v=16$m=19456,t=2,p=1$bGl2ZXJ5LW5vYm9keS0wMA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "",
        ] {
            assert!(is_outdated(stored), "{stored}");
        }
    }

    #[test]
    fn a_damaged_hash_lets_nobody_in() {
        for stored in ["", "$argon2id$", "livery-demo", "$1$x$y"] {
            assert!(!verify_password("livery-demo", Some(stored)));
        }
    }
}
