//! Signing keys and the tokens made with them: Ed25519 JWTs.

use crate::{
    claims::{
        AccessClaims, DeviceClaims, Kind, NoClaims, OperatorClaims, SessionClaims, TicketClaims,
        VisitorClaims,
    },
    seen::Seen,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jwt_simple::{
    algorithms::{Ed25519KeyPair, Ed25519PublicKey, EdDSAKeyPairLike, EdDSAPublicKeyLike},
    claims::{Audiences, JWTClaims},
    common::VerificationOptions,
    prelude::{Duration, UnixTimeStamp},
    token::Token,
};
use livery_domain::{
    clock::UnixMillis,
    id::{SessionId, TenantId, UserId, VisitorId},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::HashSet;
use thiserror::Error;

const ISSUER: &str = "livery";
/// Longest token that is read: Livery's are below 600 characters; a header line on Workers may hold 16 KB.
const MAX_TOKEN_CHARS: usize = 2048;
/// Clocks of the platform's machines agree within seconds.
const CLOCK_TOLERANCE_SECS: u64 = 5;
/// Most keys of one ring: the one that signs, and those whose tokens have not expired. A key is looked up by `kid`, so their
/// number costs nothing; the bound catches a broken configuration.
const MAX_KEYS: usize = 16;

/// The keys that this service signs with and accepts.
///
/// Configured as JSON, newest first: `[{"kid": "2026-11", "private_key": "-----BEGIN PRIVATE KEY-----…"}]` (PKCS #8 PEM
/// as `openssl genpkey -algorithm ed25519` writes it). The first key signs; all of them verify. `docs/accounts.md` has the
/// steps of a rotation.
#[derive(Clone)]
pub struct Keyring {
    signing: Ed25519KeyPair,
    verifying: Vec<(String, Ed25519PublicKey)>,
    seen: Seen,
}

/// Why the configured keys can't be used. Never contains a key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeyringError {
    #[error("no signing key is configured")]
    Missing,
    #[error("not a JSON list of {{kid, private_key}}")]
    Malformed,
    #[error("key {0} of the list is no Ed25519 private key in PKCS #8 PEM with a kid of 1 to 64 characters")]
    NoKey(usize),
    #[error("two keys have the same kid")]
    SameKid,
}

/// The token was not signed by this service, is of another kind, or has expired. The caller is not told which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the token is not valid")]
pub struct TokenFault;

/// A public key that verifies Livery's tokens, in the format of RFC 8037.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublicKey {
    pub kty: &'static str,
    pub crv: &'static str,
    pub r#use: &'static str,
    pub alg: &'static str,
    pub kid: String,
    /// 32 bytes in base64url without padding.
    pub x: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfiguredKey {
    kid: String,
    private_key: String,
}

impl Keyring {
    /// # Errors
    /// [`KeyringError`]: the service does not start with such a configuration.
    pub fn parse(configured: &str) -> Result<Self, KeyringError> {
        if configured.trim().is_empty() {
            return Err(KeyringError::Missing);
        }
        let keys: Vec<ConfiguredKey> =
            serde_json::from_str(configured).map_err(|_| KeyringError::Malformed)?;
        if keys.len() > MAX_KEYS {
            return Err(KeyringError::Malformed);
        }
        let mut signing = None;
        let mut verifying: Vec<(String, Ed25519PublicKey)> = Vec::with_capacity(keys.len());
        for (index, key) in keys.into_iter().enumerate() {
            if !(1..=64).contains(&key.kid.len()) {
                return Err(KeyringError::NoKey(index));
            }
            let pair = Ed25519KeyPair::from_pem(&key.private_key).map_err(|_| KeyringError::NoKey(index))?;
            if verifying.iter().any(|(kid, _)| *kid == key.kid) {
                return Err(KeyringError::SameKid);
            }
            let pair = pair.with_key_id(&key.kid);
            verifying.push((key.kid, pair.public_key()));
            signing.get_or_insert(pair);
        }
        Ok(Self { signing: signing.ok_or(KeyringError::Missing)?, verifying, seen: Seen::default() })
    }

    /// # Errors
    /// Only where signing itself fails.
    pub fn sign_access(&self, now: UnixMillis, claims: AccessClaims) -> Result<String, TokenFault> {
        let subject = claims.user.ok_or(TokenFault)?.to_string();
        self.sign(Kind::Access, now, subject, claims)
    }

    /// # Errors
    /// [`TokenFault`] for anything but a live access token of this service.
    pub fn verify_access(&self, now: UnixMillis, token: &str) -> Result<AccessClaims, TokenFault> {
        let Verified { subject, claims, .. } = self.verify::<AccessClaims>(Kind::Access, now, token)?;
        Ok(AccessClaims { user: Some(subject.parse().map_err(|_| TokenFault)?), ..claims })
    }

    /// # Errors
    /// Only where signing itself fails.
    pub fn sign_session(
        &self,
        now: UnixMillis,
        visitor: VisitorId,
        tenant: TenantId,
        origin: String,
    ) -> Result<String, TokenFault> {
        let claims = SessionClaims { visitor: None, expires_at: None, tenant, origin };
        self.sign(Kind::Session, now, visitor.to_string(), claims)
    }

    /// # Errors
    /// [`TokenFault`] for anything but a live embed session of this service.
    pub fn verify_session(&self, now: UnixMillis, token: &str) -> Result<SessionClaims, TokenFault> {
        let Verified { subject, expires_at, claims, .. } =
            self.verify::<SessionClaims>(Kind::Session, now, token)?;
        let visitor = subject.parse().map_err(|_| TokenFault)?;
        Ok(SessionClaims { visitor: Some(visitor), expires_at: Some(expires_at), ..claims })
    }

    /// # Errors
    /// Only where signing itself fails.
    pub fn sign_visitor(
        &self,
        now: UnixMillis,
        visitor: VisitorId,
        tenant: TenantId,
    ) -> Result<String, TokenFault> {
        self.sign(Kind::Visitor, now, visitor.to_string(), VisitorClaims { visitor: None, tenant })
    }

    /// # Errors
    /// [`TokenFault`] for anything but a live visitor token of this service.
    pub fn verify_visitor(&self, now: UnixMillis, token: &str) -> Result<VisitorClaims, TokenFault> {
        let Verified { subject, claims, .. } = self.verify::<VisitorClaims>(Kind::Visitor, now, token)?;
        Ok(VisitorClaims { visitor: Some(subject.parse().map_err(|_| TokenFault)?), ..claims })
    }

    /// # Errors
    /// Only where signing itself fails.
    pub fn sign_device(&self, now: UnixMillis, user: UserId) -> Result<String, TokenFault> {
        self.sign(Kind::Device, now, user.to_string(), NoClaims {})
    }

    /// # Errors
    /// [`TokenFault`] for anything but a live device token of this service.
    pub fn verify_device(&self, now: UnixMillis, token: &str) -> Result<DeviceClaims, TokenFault> {
        let Verified { subject, issued_at, .. } = self.verify::<NoClaims>(Kind::Device, now, token)?;
        Ok(DeviceClaims { user: subject.parse().map_err(|_| TokenFault)?, issued_at })
    }

    /// # Errors
    /// Only where signing itself fails.
    pub fn sign_ticket(&self, now: UnixMillis, claims: TicketClaims) -> Result<String, TokenFault> {
        let subject = claims.user.ok_or(TokenFault)?.to_string();
        self.sign(Kind::Ticket, now, subject, claims)
    }

    /// # Errors
    /// [`TokenFault`] for anything but a live ticket of this service.
    pub fn verify_ticket(&self, now: UnixMillis, token: &str) -> Result<TicketClaims, TokenFault> {
        let Verified { subject, claims, .. } = self.verify::<TicketClaims>(Kind::Ticket, now, token)?;
        Ok(TicketClaims { user: Some(subject.parse().map_err(|_| TokenFault)?), ..claims })
    }

    /// # Errors
    /// Only where signing itself fails.
    pub fn sign_operator(
        &self,
        now: UnixMillis,
        user: UserId,
        session: SessionId,
    ) -> Result<String, TokenFault> {
        self.sign(Kind::Operator, now, user.to_string(), OperatorClaims { user: None, session })
    }

    /// # Errors
    /// [`TokenFault`] for anything but a live operator's token of this service.
    pub fn verify_operator(&self, now: UnixMillis, token: &str) -> Result<OperatorClaims, TokenFault> {
        let Verified { subject, claims, .. } = self.verify::<OperatorClaims>(Kind::Operator, now, token)?;
        Ok(OperatorClaims { user: Some(subject.parse().map_err(|_| TokenFault)?), ..claims })
    }

    /// The public keys that verify Livery's tokens, in the order of the ring.
    #[must_use]
    pub fn public_keys(&self) -> Vec<PublicKey> {
        let public = |(kid, key): &(String, Ed25519PublicKey)| PublicKey {
            kty: "OKP",
            crv: "Ed25519",
            r#use: "sig",
            alg: "EdDSA",
            kid: kid.clone(),
            x: URL_SAFE_NO_PAD.encode(key.to_bytes()),
        };
        self.verifying.iter().map(public).collect()
    }

    fn sign<C: Serialize>(
        &self,
        kind: Kind,
        now: UnixMillis,
        subject: String,
        custom: C,
    ) -> Result<String, TokenFault> {
        let issued_at = seconds(now);
        let claims = JWTClaims {
            issued_at: Some(issued_at),
            expires_at: Some(issued_at + Duration::from_secs(kind.secs())),
            invalid_before: None,
            issuer: Some(ISSUER.to_owned()),
            subject: Some(subject),
            audiences: Some(Audiences::AsString(kind.audience().to_owned())),
            jwt_id: None,
            nonce: None,
            custom,
        };
        self.signing.sign(claims).map_err(|_| TokenFault)
    }

    fn verify<C: DeserializeOwned + Clone + 'static>(
        &self,
        kind: Kind,
        now: UnixMillis,
        token: &str,
    ) -> Result<Verified<C>, TokenFault> {
        // The claims of a token never change; only its expiry has to be checked again.
        if let Some((seen_as, verified)) = self.seen.get::<(Kind, Verified<C>)>(token) {
            return if seen_as == kind && verified.lives_at(now) { Ok(verified) } else { Err(TokenFault) };
        }
        if token.len() > MAX_TOKEN_CHARS {
            return Err(TokenFault);
        }
        let metadata = Token::decode_metadata(token).map_err(|_| TokenFault)?;
        let kid = metadata.key_id().ok_or(TokenFault)?;
        let (_, key) = self.verifying.iter().find(|(known, _)| known == kid).ok_or(TokenFault)?;
        let options = VerificationOptions {
            allowed_issuers: Some(HashSet::from([ISSUER.to_owned()])),
            allowed_audiences: Some(HashSet::from([kind.audience().to_owned()])),
            time_tolerance: Some(Duration::from_secs(CLOCK_TOLERANCE_SECS)),
            max_token_length: Some(MAX_TOKEN_CHARS),
            artificial_time: Some(seconds(now)),
            ..VerificationOptions::default()
        };
        let claims = key.verify_token::<C>(token, Some(options)).map_err(|_| TokenFault)?;
        // A token without an expiry would be valid for ever: the library accepts it, Livery does not.
        let verified = Verified {
            expires_at: time_of(claims.expires_at)?,
            issued_at: time_of(claims.issued_at)?,
            subject: claims.subject.ok_or(TokenFault)?,
            claims: claims.custom,
        };
        self.seen.put(token, (kind, verified.clone()));
        Ok(verified)
    }
}

#[derive(Clone)]
struct Verified<C> {
    subject: String,
    issued_at: UnixMillis,
    expires_at: UnixMillis,
    claims: C,
}

impl<C> Verified<C> {
    /// The library's own rule for the two times.
    fn lives_at(&self, now: UnixMillis) -> bool {
        let (now, tolerance) = (now.secs(), i64::try_from(CLOCK_TOLERANCE_SECS).unwrap_or(0));
        now - tolerance <= self.expires_at.secs() && self.issued_at.secs() <= now + tolerance
    }
}

fn time_of(stamp: Option<UnixTimeStamp>) -> Result<UnixMillis, TokenFault> {
    let secs = i64::try_from(stamp.ok_or(TokenFault)?.as_secs()).map_err(|_| TokenFault)?;
    Ok(UnixMillis(0).plus_secs(secs))
}

fn seconds(now: UnixMillis) -> UnixTimeStamp {
    Duration::from_secs(now.secs().max(0).unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ACCESS_TOKEN_SECS;
    use livery_domain::people::{member::AssignedRole, role::Role};

    const NOW: UnixMillis = UnixMillis(1_795_251_600_000);

    fn configured(kids: &[&str]) -> (String, Vec<Ed25519KeyPair>) {
        let pairs: Vec<_> = kids.iter().map(|_| Ed25519KeyPair::generate()).collect();
        let list: Vec<_> = kids
            .iter()
            .zip(&pairs)
            .map(|(kid, pair)| serde_json::json!({ "kid": kid, "private_key": pair.to_pem() }))
            .collect();
        (serde_json::to_string(&list).unwrap(), pairs)
    }

    fn ring(kids: &[&str]) -> Keyring {
        Keyring::parse(&configured(kids).0).unwrap()
    }

    fn claims(user: UserId, tenant: TenantId, role: Role) -> AccessClaims {
        AccessClaims::new(user, tenant, SessionId::new(NOW, [4; 10]), AssignedRole::of(role))
    }

    fn ids() -> (UserId, TenantId, VisitorId) {
        (UserId::new(NOW, [1; 10]), TenantId::new(NOW, [2; 10]), VisitorId::new(NOW, [3; 10]))
    }

    #[test]
    fn an_access_token_tells_who_for_whom_and_as_what() {
        let (user, tenant, _) = ids();
        let ring = ring(&["a"]);
        let token = ring.sign_access(NOW, claims(user, tenant, Role::Owner)).unwrap();
        assert_eq!(ring.verify_access(NOW, &token), Ok(claims(user, tenant, Role::Owner)));
    }

    #[test]
    fn a_token_dies_at_its_time() {
        let (user, tenant, _) = ids();
        let ring = ring(&["a"]);
        let token = ring.sign_access(NOW, claims(user, tenant, Role::Owner)).unwrap();
        let life = i64::try_from(ACCESS_TOKEN_SECS).unwrap();
        assert!(ring.verify_access(NOW.plus_secs(life - 1), &token).is_ok());
        assert_eq!(ring.verify_access(NOW.plus_secs(life + 10), &token), Err(TokenFault));
    }

    #[test]
    fn a_token_that_was_seen_is_refused_exactly_when_one_that_was_not_is() {
        let (user, tenant, _) = ids();
        let ring = ring(&["a"]);
        let token = ring.sign_access(NOW, claims(user, tenant, Role::Owner)).unwrap();
        let life = i64::try_from(ACCESS_TOKEN_SECS).unwrap();
        for secs in [-7, -6, -5, -4, 0, life, life + 4, life + 5, life + 6, life + 7] {
            let at = NOW.plus_secs(secs);
            let unseen = Keyring { seen: Seen::default(), ..ring.clone() };
            ring.verify_access(NOW, &token).unwrap();
            assert_eq!(ring.verify_access(at, &token), unseen.verify_access(at, &token), "{secs} s");
        }
        assert!(ring.verify_session(NOW, &token).is_err() && ring.verify_operator(NOW, &token).is_err());
        assert!(ring.verify_access(NOW, &token).is_ok());
    }

    #[test]
    fn no_kind_of_token_passes_for_another() {
        let (user, tenant, visitor) = ids();
        let ring = ring(&["a"]);
        let access = ring.sign_access(NOW, claims(user, tenant, Role::Owner)).unwrap();
        let session = ring.sign_session(NOW, visitor, tenant, "https://shop.example".into()).unwrap();
        let known = ring.sign_visitor(NOW, visitor, tenant).unwrap();
        assert!(ring.verify_session(NOW, &access).is_err() && ring.verify_visitor(NOW, &access).is_err());
        assert!(ring.verify_access(NOW, &session).is_err() && ring.verify_visitor(NOW, &session).is_err());
        assert!(ring.verify_access(NOW, &known).is_err() && ring.verify_session(NOW, &known).is_err());
        let at = SessionId::new(NOW, [4; 10]);
        let ticket = TicketClaims { user: Some(user), tenant, session: at, from: None };
        let later = [
            ring.sign_device(NOW, user).unwrap(),
            ring.sign_ticket(NOW, ticket).unwrap(),
            ring.sign_operator(NOW, user, at).unwrap(),
        ];
        for (token, wanted) in later.iter().zip([0, 1, 2]) {
            let passes = [
                ring.verify_device(NOW, token).is_ok(),
                ring.verify_ticket(NOW, token).is_ok(),
                ring.verify_operator(NOW, token).is_ok(),
                ring.verify_access(NOW, token).is_ok(),
                ring.verify_session(NOW, token).is_ok(),
                ring.verify_visitor(NOW, token).is_ok(),
            ];
            let mut only = [false; 6];
            only[wanted] = true;
            assert_eq!(passes, only);
        }
        for token in [&access, &session, &known] {
            assert!(ring.verify_device(NOW, token).is_err() && ring.verify_ticket(NOW, token).is_err());
            assert!(ring.verify_operator(NOW, token).is_err());
        }
    }

    #[test]
    fn a_ticket_and_a_device_come_back_as_they_were() {
        let (user, tenant, _) = ids();
        let ring = ring(&["a"]);
        let (session, from) = (SessionId::new(NOW, [4; 10]), Some(SessionId::new(NOW, [5; 10])));
        let claims = TicketClaims { user: Some(user), tenant, session, from };
        let ticket = ring.sign_ticket(NOW, claims.clone()).unwrap();
        assert_eq!(ring.verify_ticket(NOW, &ticket), Ok(claims));
        assert!(ring.verify_ticket(NOW.plus_secs(130), &ticket).is_err());
        let device = ring.sign_device(NOW, user).unwrap();
        let known = ring.verify_device(NOW.plus_secs(179 * 86_400), &device);
        assert_eq!(known, Ok(DeviceClaims { user, issued_at: NOW }));
    }

    #[test]
    fn a_token_can_be_checked_with_the_published_key_of_its_kid() {
        let (user, tenant, _) = ids();
        let (configured, pairs) = configured(&["new", "old"]);
        let ring = Keyring::parse(&configured).unwrap();
        let published = ring.public_keys();
        assert_eq!(published.iter().map(|key| key.kid.as_str()).collect::<Vec<_>>(), ["new", "old"]);
        let token = ring.sign_access(NOW, claims(user, tenant, Role::Owner)).unwrap();
        let bytes = URL_SAFE_NO_PAD.decode(&published[0].x).unwrap();
        let key = Ed25519PublicKey::from_bytes(&bytes).unwrap();
        let options =
            VerificationOptions { artificial_time: Some(seconds(NOW)), ..VerificationOptions::default() };
        assert!(key.verify_token::<AccessClaims>(&token, Some(options)).is_ok());
        let private = pairs[0].to_bytes();
        assert!(!bytes.is_empty() && !private.starts_with(&bytes), "no private half is published");
    }

    #[test]
    fn after_a_rotation_old_tokens_live_until_their_key_is_taken_away() {
        let (user, tenant, _) = ids();
        let (old, pairs) = configured(&["old"]);
        let token =
            Keyring::parse(&old).unwrap().sign_access(NOW, claims(user, tenant, Role::Owner)).unwrap();
        let new = Ed25519KeyPair::generate();
        let both = serde_json::json!([
            { "kid": "new", "private_key": new.to_pem() },
            { "kid": "old", "private_key": pairs[0].to_pem() },
        ]);
        let both = Keyring::parse(&both.to_string()).unwrap();
        assert!(both.verify_access(NOW, &token).is_ok());
        let fresh = both.sign_access(NOW, claims(user, tenant, Role::Owner)).unwrap();
        assert_eq!(Token::decode_metadata(&fresh).unwrap().key_id(), Some("new"));
        let only_new = serde_json::json!([{ "kid": "new", "private_key": new.to_pem() }]);
        assert_eq!(
            Keyring::parse(&only_new.to_string()).unwrap().verify_access(NOW, &token),
            Err(TokenFault)
        );
    }

    #[test]
    fn forged_tokens_are_refused() {
        let (user, tenant, _) = ids();
        let ours = ring(&["a"]);
        let theirs = ring(&["a"]).sign_access(NOW, claims(user, tenant, Role::Owner)).unwrap();
        let genuine = ours.sign_access(NOW, claims(user, tenant, Role::Viewer)).unwrap();
        let (head, rest) = genuine.split_once('.').unwrap();
        let (body, signature) = rest.split_once('.').unwrap();
        let other_body = theirs.split('.').nth(1).unwrap();
        // {"alg":"none","typ":"JWT","kid":"a"}
        let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIiwia2lkIjoiYSJ9";
        for forged in [
            theirs.clone(),
            format!("{head}.{other_body}.{signature}"),
            format!("{none}.{body}."),
            format!("{none}.{body}.{signature}"),
            format!("{head}.{body}."),
            format!("{head}.{body}"),
            String::new(),
            "a.b.c".into(),
            "x".repeat(1_000_000),
        ] {
            assert_eq!(
                ours.verify_access(NOW, &forged),
                Err(TokenFault),
                "{}",
                &forged[..forged.len().min(60)]
            );
        }
    }

    #[test]
    fn a_configuration_without_a_usable_key_is_refused() {
        assert_eq!(Keyring::parse("").err(), Some(KeyringError::Missing));
        assert_eq!(Keyring::parse("[]").err(), Some(KeyringError::Missing));
        assert_eq!(Keyring::parse("{}").err(), Some(KeyringError::Malformed));
        let bad = r#"[{"kid":"a","private_key":"secret"}]"#;
        assert_eq!(Keyring::parse(bad).err(), Some(KeyringError::NoKey(0)));
        assert_eq!(Keyring::parse(&configured(&["a", "a"]).0).err(), Some(KeyringError::SameKid));
    }

    #[test]
    fn keys_made_by_openssl_are_read() {
        // `openssl genpkey -algorithm ed25519`
        let pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
        let list = serde_json::json!([{ "kid": "a", "private_key": pem }]).to_string();
        assert!(Keyring::parse(&list).is_ok());
    }
}
