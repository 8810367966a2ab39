use super::NOW;
use crate::{
    operation::{Operation, object},
    schema::{
        Accept, AliasRegistered, AliasRegistration, Availability, Code, Forgotten, InvitationFace, MePatch,
        MeView, NewPassword, OwnTenantView, Page, PasswordChange, PasswordSet, Plans, Refresh, Registered,
        Registration, Sessions, SignIn, SignInView, SignOutEverywhere, SignedOut, Switch, Tokens,
    },
};
use livery_compat::register as older_register;
use livery_identity::routes as identity;
use livery_limits::plans;
use livery_people::{invitations::acceptance, me};
use serde_json::{Value as Json, json};

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
        Operation::of(plans::Route::ListPlans)
            .answers::<Plans>(
                200,
                "In the order in which they are offered.",
                json!({ "data": [{
                    "key": "starter", "name": "Starter", "price": { "amount_minor": 29_800, "currency": "JPY" }, "trial_days": 14,
                    "limits": { "seats": 10, "messages_monthly": 100_000, "sessions_concurrent": 50, "tokens_monthly": 100_000 },
                }] }),
            ),
        Operation::of(identity::Route::CheckSubdomain)
            .path_parameter("key", json!({ "type": "string" }), "acme", "What somebody types.")
            .answers::<Availability>(200, "Whether it is, and if not why.", json!({ "key": "acme", "available": false, "reason": "taken", "suggestions": ["acme-2"] }))
            .refuses(&[429]),
        Operation::of(identity::Route::RegisterTenant)
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
        Operation::of(older_register::Route::AliasRegister)
            .alias()
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
        Operation::of(acceptance::Route::LookUpInvitation)
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
        Operation::of(acceptance::Route::AcceptInvitation)
            .body::<Accept>(json!({ "token": "lvi_…", "name": "Bo", "password": "a longer pass phrase" }))
            .answers::<Tokens>(201, "Tokens of a new session in the tenant.", tokens())
            .refuses(&[401, 403, 409, 410, 429]),
        Operation::of(identity::Route::SignIn)
            .body::<SignIn>(json!({ "email": "owner@acme.test", "password": "livery-demo" }))
            .answers::<Tokens>(200, "Tokens of a new session.", tokens())
            .refuses(&[401, 403, 429]),
        Operation::of(identity::Route::RefreshSession)
            .body::<Refresh>(json!({ "refresh_token": "lvr_…" }))
            .answers::<Tokens>(200, "The next tokens.", tokens())
            .refuses(&[401, 403]),
        Operation::of(identity::Route::SignOut)
            .answers_nothing(204, "The session has ended."),
        Operation::of(identity::Route::SignOutEverywhere)
            .body::<SignOutEverywhere>(json!({ "except_this": true }))
            .answers::<SignedOut>(200, "How many sessions were ended.", json!({ "ended": 3 })),
        Operation::of(identity::Route::ListSessions)
            .answers::<Sessions>(200, "All that stand.", json!({ "data": [session] })),
        Operation::of(identity::Route::RevokeSession)
            .id("session_id", "ses_", "The session.")
            .answers_nothing(204, "It has ended."),
        Operation::of(identity::Route::ListSignIns)
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
        Operation::of(identity::Route::ChangePassword)
            .body::<PasswordChange>(json!({ "current_password": "livery-demo", "new_password": "a longer pass phrase" }))
            .answers::<PasswordSet>(200, "It counts from now on.", json!({ "ended": 2, "device_token": "eyJ…" }))
            .refuses(&[401, 429]),
        Operation::of(identity::Route::RequestPasswordReset)
            .body::<Forgotten>(json!({ "email": "owner@acme.test" }))
            .answers_nothing(202, "If there is such a person, a mail is on its way.")
            .refuses(&[403, 429]),
        Operation::of(identity::Route::ResetPassword)
            .body::<NewPassword>(json!({ "token": "lvw_…", "new_password": "a longer pass phrase" }))
            .answers::<PasswordSet>(200, "It counts from now on.", json!({ "ended": 2, "device_token": "eyJ…" }))
            .refuses(&[403, 410, 429]),
        Operation::of(identity::Route::SwitchTenant)
            .body::<Switch>(json!({ "tenant_id": TENANT }))
            .answers::<Tokens>(200, "Tokens of the new session.", tokens()),
        Operation::of(me::Route::UpdateMe)
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
        Operation::of(me::Route::ListOwnTenants)
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
        Operation::of(identity::Route::GetKeys)
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
