use livery_domain::clock::UnixMillis;

/// The wall clock. Synchronous on every runtime.
pub trait Clock {
    fn now(&self) -> UnixMillis;
}

/// Cryptographically random bytes. Synchronous on every runtime.
pub trait Entropy {
    fn fill(&self, bytes: &mut [u8]);
}

/// `N` unguessable bytes.
#[must_use]
pub fn fresh_bytes<const N: usize>(entropy: &impl Entropy) -> [u8; N] {
    let mut bytes = [0; N];
    entropy.fill(&mut bytes);
    bytes
}
