use super::NOW;
use crate::operation::{Caller, Operation, object};
use livery_api::schema::{
    Accept, AliasRegistered, AliasRegistration, Availability, Code, Forgotten, InvitationFace, MePatch,
    MeView, NewPassword, OwnTenantView, Page, PasswordChange, PasswordSet, Plans, Refresh, Registered,
    Registration, Sessions, SignIn, SignInView, SignOutEverywhere, SignedOut, Switch, Tokens,
};
use serde_json::{Value as Json, json};

pub const TAG: &str = "Account";

const SESSION: &str = "ses_019aa52f0e80700080000000000000c1";
const TENANT: &str = "ten_019aa52f0e80700080000000000000a1";

fn tokens() -> Json {
    json!({
        "access_token": "eyJ…", "token_type": "Bearer", "expires_in": 600, "refresh_token": "lvr_…", "session_id": SESSION,
        "session_expires_at": "2026-12-21T09:00:00Z", "device_token": "eyJ…",
        "tenant": { "id": TENANT, "key": "acme", "name": "Acme" }, "role": "owner",
    })
}

pub fn operations() -> Vec<Operation> {
    let session = json!({
        "id": SESSION, "kind": "api", "current": true, "tenant": { "id": TENANT, "key": "acme", "name": "Acme" },
        "address": "192.0.2.7", "user_agent": "curl/8.5", "created_at": NOW, "seen_at": NOW, "expires_at": "2026-12-21T09:00:00Z",
    });
    vec![
        Operation::new("get", "/v1/plans", "list_plans", TAG, "Plans that a new tenant may choose")
            .answers::<Plans>(
                200,
                "In the order in which they are offered.",
                json!({ "data": [{
                    "key": "starter", "name": "Starter", "price": { "amount_minor": 29_800, "currency": "JPY" }, "trial_days": 14,
                    "limits": { "seats": 10, "messages_monthly": 100_000, "sessions_concurrent": 50, "tokens_monthly": 100_000 },
                }] }),
            ),
        Operation::new("get", "/v1/auth/subdomains/{key}", "check_subdomain", TAG, "Whether a name below the platform is free")
            .at_the_platform()
            .path_parameter("key", json!({ "type": "string" }), "acme", "What somebody types.")
            .answers::<Availability>(200, "Whether it is, and if not why.", json!({ "key": "acme", "available": false, "reason": "taken", "suggestions": ["acme-2"] }))
            .refuses(&[429]),
        Operation::new("post", "/v1/auth/register", "register", TAG, "Register a tenant")
            .says("One atomic step: tenant, owner, trial, default brand, first release; any failure leaves nothing.")
            .at_the_platform()
            .body::<Registration>(json!({
                "tenant_key": "acme", "tenant_name": "Acme", "email": "owner@acme.test", "password": "a longer pass phrase",
                "name": "Ada", "plan": "starter", "locale": "en",
            }))
            .answers::<Registered>(
                201,
                "The tenant.",
                json!({
                    "tenant": { "id": TENANT, "key": "acme", "name": "Acme" }, "url": "https://acme.livery.example",
                    "user_id": "usr_019aa52f0e80700080000000000000b1", "plan": "starter", "trial_ends_at": "2026-12-05T09:00:00Z",
                }),
            )
            .refuses(&[401, 409, 429]),
        Operation::new("post", "/tenants/register", "alias_register", TAG, "As `POST /v1/auth/register`")
            .says("`company_name` may be called `tenant_name`; of `plan`, `STARTER`, `STANDARD`, `PROFESSIONAL` and `ENTERPRISE` are understood too.")
            .alias()
            .at_the_platform()
            .body::<AliasRegistration>(json!({
                "company_name": "Acme", "subdomain": "acme", "admin_email": "owner@acme.test",
                "admin_password": "a longer pass phrase", "admin_name": "Ada", "plan": "STARTER",
            }))
            .answers::<AliasRegistered>(
                201,
                "The tenant.",
                json!({
                    "tenant_id": TENANT, "subdomain": "acme", "status": "active", "plan": "starter",
                    "trial_ends_at": "2026-12-05T09:00:00Z", "admin_user_id": "usr_019aa52f0e80700080000000000000b1",
                }),
            )
            .refuses(&[401, 409, 429]),
        Operation::new("post", "/v1/auth/invitations/look-up", "look_up_invitation", TAG, "What an invitation's code is for")
            .body::<Code>(json!({ "token": "lvi_…" }))
            .answers::<InvitationFace>(
                200,
                "Who invites whom, as what.",
                json!({
                    "tenant": { "id": TENANT, "key": "acme", "name": "Acme" }, "inviter": "Ada", "email": "new@acme.test",
                    "role": "member", "custom_role": null, "expires_at": "2026-11-28T09:00:00Z", "has_account": false,
                }),
            )
            .refuses(&[403, 410, 429]),
        Operation::new("post", "/v1/auth/invitations/accept", "accept_invitation", TAG, "Accept an invitation")
            .says("A new person gives a name and a password; who has an account gives its password, or is signed in. Good once.")
            .body::<Accept>(json!({ "token": "lvi_…", "name": "Bo", "password": "a longer pass phrase" }))
            .answers::<Tokens>(201, "Tokens of a new session in the tenant.", tokens())
            .answers::<Tokens>(200, "Tokens of a new session in the tenant.", tokens())
            .refuses(&[401, 403, 409, 410, 429]),
        Operation::new("post", "/v1/auth/login", "sign_in", TAG, "Sign in")
            .says("At the platform's own host `X-Tenant-Key` names the tenant; without it, the platform's own people sign in. Too many attempts are refused for a while, never for ever: a `device_token` of an earlier sign-in, or a password reset, lets the person in.")
            .body::<SignIn>(json!({ "email": "owner@acme.test", "password": "livery-demo" }))
            .answers::<Tokens>(200, "Tokens of a new session.", tokens())
            .refuses(&[401, 403, 429]),
        Operation::new("post", "/v1/auth/refresh", "refresh", TAG, "The next tokens of a session")
            .says("A refresh token is good once. Shown again within 30 s it is taken for a lost answer; after that the session ends.")
            .body::<Refresh>(json!({ "refresh_token": "lvr_…" }))
            .answers::<Tokens>(200, "The next tokens.", tokens())
            .refuses(&[401, 403]),
        Operation::new("post", "/v1/auth/logout", "sign_out", TAG, "Sign out here")
            .by(Caller::Person)
            .answers_nothing(204, "The session has ended."),
        Operation::new("post", "/v1/auth/logout-everywhere", "sign_out_everywhere", TAG, "Sign out on every device, of every tenant")
            .by(Caller::Person)
            .body::<SignOutEverywhere>(json!({ "except_this": true }))
            .answers::<SignedOut>(200, "How many sessions were ended.", json!({ "ended": 3 })),
        Operation::new("get", "/v1/auth/sessions", "list_sessions", TAG, "One's own sessions")
            .by(Caller::Person)
            .answers::<Sessions>(200, "All that stand.", json!({ "data": [session] })),
        Operation::new("delete", "/v1/auth/sessions/{session_id}", "end_session", TAG, "End one of one's own sessions")
            .by(Caller::Person)
            .id("session_id", "ses_", "The session.")
            .answers_nothing(204, "It has ended."),
        Operation::new("get", "/v1/auth/sign-ins", "list_sign_ins", TAG, "One's own sign-in history, newest first")
            .by(Caller::Person)
            .paged(20, 100)
            .answers::<Page<SignInView>>(
                200,
                "A page.",
                json!({
                    "data": [{
                        "id": "sgn_019aa52f0e80700080000000000000c1", "outcome": "signed_in", "tenant_id": TENANT,
                        "address": "192.0.2.7", "user_agent": "curl/8.5", "at": NOW,
                    }],
                    "next_cursor": null,
                }),
            )
            .with_header("Link", "The next page, if there is one."),
        Operation::new("post", "/v1/auth/password", "change_password", TAG, "Another password, by the present one")
            .says("Ends every other session of the person, and tells it by mail.")
            .by(Caller::Person)
            .body::<PasswordChange>(json!({ "current_password": "livery-demo", "new_password": "a longer pass phrase" }))
            .answers::<PasswordSet>(200, "It counts from now on.", json!({ "ended": 2, "device_token": "eyJ…" }))
            .refuses(&[401, 429]),
        Operation::new("post", "/v1/auth/password/forgot", "forget_password", TAG, "A link to set another password, by mail")
            .says("The same answer whether there is such a person or not.")
            .body::<Forgotten>(json!({ "email": "owner@acme.test" }))
            .answers_nothing(202, "If there is such a person, a mail is on its way.")
            .refuses(&[403, 429]),
        Operation::new("post", "/v1/auth/password/reset", "reset_password", TAG, "Set another password, with the code of the mail")
            .says("Good once, for an hour. Ends every session of the person, and lifts what too many attempts had locked.")
            .body::<NewPassword>(json!({ "token": "lvw_…", "new_password": "a longer pass phrase" }))
            .answers::<PasswordSet>(200, "It counts from now on.", json!({ "ended": 2, "device_token": "eyJ…" }))
            .refuses(&[403, 410, 429]),
        Operation::new("post", "/v1/auth/switch", "switch_tenant", TAG, "A session in another tenant that one is in")
            .says("A new session with tokens of its own; the one that asks stays as it is.")
            .by(Caller::Person)
            .body::<Switch>(json!({ "tenant_id": TENANT }))
            .answers::<Tokens>(200, "Tokens of the new session.", tokens()),
        Operation::new("patch", "/v1/me", "change_me", TAG, "Change one's own name or language")
            .by(Caller::Person)
            .body::<MePatch>(json!({ "name": "Ada", "locale": "ja" }))
            .answers::<MeView>(
                200,
                "As it is now.",
                json!({
                    "user_id": "usr_019aa52f0e80700080000000000000b1", "tenant_id": TENANT, "role": "owner", "name": "Ada",
                    "email": "owner@acme.test", "locale": "ja", "permissions": ["brand.read"],
                }),
            )
            .refuses(&[409]),
        Operation::new("get", "/v1/tenants", "list_own_tenants", TAG, "Every tenant that one is in")
            .by(Caller::Person)
            .paged(20, 100)
            .answers::<Page<OwnTenantView>>(
                200,
                "A page.",
                json!({
                    "data": [{
                        "id": TENANT, "key": "acme", "name": "Acme", "status": "active", "host": "acme.livery.example", "role": "owner",
                        "custom_role": null, "joined_at": NOW, "current": true,
                    }],
                    "next_cursor": null,
                }),
            )
            .with_header("Link", "The next page, if there is one."),
        Operation::new("get", "/.well-known/jwks.json", "show_keys", TAG, "The public keys of access tokens")
            .answers_like(
                200,
                "A JSON Web Key Set (RFC 7517), the key that signs first.",
                "application/json",
                object(json!({ "keys": { "type": "array", "items": object(json!({
                    "kty": { "const": "OKP" }, "crv": { "const": "Ed25519" }, "kid": { "type": "string" }, "x": { "type": "string" },
                })) } })),
                None,
            ),
    ]
}
