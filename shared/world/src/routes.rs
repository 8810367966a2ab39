//! Every route as one good request, and what it takes to make it: the table that tests over all routes go through.

use super::{ACME, Browser, Call, GLOBEX, Party, THEIR_VIEWER, VIEWER, World};
use livery_domain::{
    identity::credential::{Credential, CredentialKind},
    people::permission::Permission,
};
use serde_json::{Value as Json, json};

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// A signed-in member of the tenant.
    Member,
    /// A visitor with an embed session of the tenant.
    Visitor,
    /// One of the platform's own people, at the platform's own host.
    Operator,
    /// Anybody: the answer is the same with any credentials and with none.
    Anybody,
    /// Anybody, and a visitor with a session hears more; any other credentials are refused.
    AnybodyOrVisitor,
}

/// One side of the world: where it is, what it holds, by what it is known.
pub struct Side {
    pub host: String,
    pub access: String,
    pub session: String,
    pub conversation: String,
    /// A member who is not the owner.
    pub member: String,
    pub member_email: String,
    pub owner: String,
    /// A pending invitation, sent an hour ago.
    pub invitation: String,
    /// A role that it made.
    pub role: String,
    /// On that role, to that member.
    pub grant: String,
    /// The code of the invitation.
    pub code: String,
    pub stylesheet: String,
    pub config: String,
    pub email: String,
    pub shop: String,
    /// What an operator comes with.
    pub operator: String,
    /// A tenant, as operators name it.
    pub tenant: String,
    /// A partner and a key of its.
    pub partner: String,
    pub partner_key: String,
    /// Id of a key that may do everything, and its text.
    pub api_key: String,
    pub api_key_text: String,
    /// Another session of the owner, and its refresh token.
    pub other_session: String,
    pub refresh: String,
    /// The code of a link that the owner asked for.
    pub reset: String,
}

pub struct Route {
    pub method: &'static str,
    /// Path with `{}` for what varies, as the source's patterns have it.
    pub path: &'static str,
    pub made_for: For,
    /// A good request of `who`, at `at`'s host, for `of`'s objects.
    pub call: fn(at: &Side, who: &Side, of: &Side) -> Call,
}

macro_rules! routes {
    ($($method:literal $path:literal $made_for:ident |$at:ident, $who:ident, $of:ident, $call:ident| $build:expr;)+) => {
        &[$(Route {
            method: $method,
            path: $path,
            made_for: For::$made_for,
            call: |$at, $who, $of| {
                let filled = filled($path, $of);
                let $call = Call::of($method, &format!("{}{filled}", $at.host));
                $build
            },
        },)+]
    };
}

#[allow(unused_variables, reason = "each row names what it could use")]
pub const ROUTES: &[Route] = routes! {
    "GET" "/healthz" Anybody |at, who, of, call| call;
    "GET" "/widget.js" Anybody |at, who, of, call| call;
    "GET" "/embed" Anybody |at, who, of, call| call;
    "GET" "/b/{}" Anybody |at, who, of, call| call;
    "GET" "/w/{}" Anybody |at, who, of, call| call;
    "GET" "/v1/edge/config" Anybody |at, who, of, call| call;
    "GET" "/v1/capabilities" Anybody |at, who, of, call| call;
    "GET" "/openapi.json" Anybody |at, who, of, call| call;
    "GET" "/v1/live" AnybodyOrVisitor |at, who, of, call| {
        if who.session.is_empty() { call } else { call.bearer(&who.session) }
    };
    "OPTIONS" "/v1/embed/sessions" Anybody |at, who, of, call| call.header("origin", &who.shop);
    "POST" "/v1/embed/sessions" Anybody |at, who, of, call| call.header("origin", &who.shop).json(json!({}));
    "POST" "/v1/auth/login" Anybody |at, who, of, call| {
        call.json(json!({ "email": who.email, "password": super::PASSWORD }))
    };
    "GET" "/v1/me" Member |at, who, of, call| call.bearer(&who.access);
    "PATCH" "/v1/me" Member |at, who, of, call| call.bearer(&who.access).json(json!({ "name": "Evil" }));
    "GET" "/v1/tenants" Member |at, who, of, call| call.bearer(&who.access);
    "GET" "/v1/tenant" Member |at, who, of, call| call.bearer(&who.access);
    "PATCH" "/v1/tenant" Member |at, who, of, call| {
        call.bearer(&who.access).header("if-match", "*").json(json!({ "name": "Evil" }))
    };
    "GET" "/v1/tenant/stats" Member |at, who, of, call| call.bearer(&who.access);
    "PUT" "/v1/tenant/status" Member |at, who, of, call| {
        call.bearer(&who.access).json(json!({ "status": "maintenance" }))
    };
    "GET" "/v1/audit" Member |at, who, of, call| call.bearer(&who.access);
    "GET" "/v1/audit/verify" Member |at, who, of, call| call.bearer(&who.access);
    "GET" "/v1/usage" Member |at, who, of, call| call.bearer(&who.access);
    "GET" "/v1/api-keys" Member |at, who, of, call| call.bearer(&who.access);
    "POST" "/v1/api-keys" Member |at, who, of, call| {
        call.bearer(&who.access).json(json!({ "name": "Evil", "scopes": ["brand.read"] }))
    };
    "GET" "/v1/api-keys/{}" Member |at, who, of, call| call.bearer(&who.access);
    "DELETE" "/v1/api-keys/{}" Member |at, who, of, call| call.bearer(&who.access);
    "POST" "/v1/api-keys/{}/rotate" Member |at, who, of, call| {
        call.bearer(&who.access).json(json!({ "overlap_hours": 1 }))
    };
    "GET" "/v1/operator/tenants" Operator |at, who, of, call| call.at_platform().bearer(&who.operator);
    "GET" "/v1/operator/tenants/{}" Operator |at, who, of, call| call.at_platform().bearer(&who.operator);
    "PUT" "/v1/operator/tenants/{}/status" Operator |at, who, of, call| {
        call.at_platform().bearer(&who.operator).json(json!({ "status": "maintenance" }))
    };
    "PUT" "/v1/operator/tenants/{}/plan" Operator |at, who, of, call| {
        call.at_platform().bearer(&who.operator).json(json!({ "plan": "enterprise" }))
    };
    "PUT" "/v1/operator/tenants/{}/partner" Operator |at, who, of, call| {
        call.at_platform().bearer(&who.operator).json(json!({ "partner_id": super::OTHER_PARTNER }))
    };
    "PUT" "/v1/operator/tenants/{}/flags/{}" Operator |at, who, of, call| {
        call.at_platform().bearer(&who.operator).json(json!({ "value": true }))
    };
    "DELETE" "/v1/operator/tenants/{}/flags/{}" Operator |at, who, of, call| {
        call.at_platform().bearer(&who.operator)
    };
    "GET" "/v1/operator/partners" Operator |at, who, of, call| call.at_platform().bearer(&who.operator);
    "POST" "/v1/operator/partners" Operator |at, who, of, call| {
        call.at_platform().bearer(&who.operator).json(json!({ "name": "Third" }))
    };
    "GET" "/v1/operator/partners/{}/api-keys" Operator |at, who, of, call| {
        call.at_platform().bearer(&who.operator)
    };
    "POST" "/v1/operator/partners/{}/api-keys" Operator |at, who, of, call| {
        call.at_platform().bearer(&who.operator).json(json!({ "name": "New", "scopes": ["brand.read"] }))
    };
    "DELETE" "/v1/operator/partners/{}/api-keys/{}" Operator |at, who, of, call| {
        call.at_platform().bearer(&who.operator)
    };
    "POST" "/v1/operator/partners/{}/api-keys/{}/rotate" Operator |at, who, of, call| {
        call.at_platform().bearer(&who.operator).json(json!({ "overlap_hours": 1 }))
    };
    "GET" "/v1/flags" Member |at, who, of, call| call.bearer(&who.access);
    "GET" "/v1/embed-policy" Member |at, who, of, call| call.bearer(&who.access);
    "PUT" "/v1/embed-policy" Member |at, who, of, call| {
        call.bearer(&who.access).header("if-match", "*").json(json!({ "origins": ["https://evil.test"] }))
    };
    "GET" "/v1/members" Member |at, who, of, call| call.bearer(&who.access);
    "GET" "/v1/members/{}" Member |at, who, of, call| call.bearer(&who.access);
    "PATCH" "/v1/members/{}" Member |at, who, of, call| {
        call.bearer(&who.access).json(json!({ "role": "admin" }))
    };
    "DELETE" "/v1/members/{}" Member |at, who, of, call| call.bearer(&who.access);
    "POST" "/v1/auth/invitations/look-up" Anybody |at, who, of, call| call.json(json!({ "token": of.code }));
    "POST" "/v1/auth/invitations/accept" Anybody |at, who, of, call| {
        call.json(json!({ "token": of.code, "name": "Guest", "password": "correct horse battery" }))
    };
    "GET" "/v1/permissions" Member |at, who, of, call| call.bearer(&who.access);
    "GET" "/v1/roles" Member |at, who, of, call| call.bearer(&who.access);
    "POST" "/v1/roles" Member |at, who, of, call| {
        call.bearer(&who.access).json(json!({ "name": "Evil", "permissions": [] }))
    };
    "GET" "/v1/roles/{}" Member |at, who, of, call| call.bearer(&who.access);
    "PATCH" "/v1/roles/{}" Member |at, who, of, call| {
        call.bearer(&who.access).json(json!({ "name": "Evil" }))
    };
    "DELETE" "/v1/roles/{}" Member |at, who, of, call| call.bearer(&who.access);
    "GET" "/v1/grants" Member |at, who, of, call| call.bearer(&who.access);
    "POST" "/v1/grants" Member |at, who, of, call| {
        let grant = json!({ "user_id": of.owner, "permission": "roles.manage", "resource": of.role });
        call.bearer(&who.access).json(grant)
    };
    "DELETE" "/v1/grants/{}" Member |at, who, of, call| call.bearer(&who.access);
    "GET" "/v1/invitations" Member |at, who, of, call| call.bearer(&who.access);
    "POST" "/v1/invitations" Member |at, who, of, call| {
        call.bearer(&who.access).json(json!({ "email": "new@nowhere.test", "role": "viewer" }))
    };
    "GET" "/v1/invitations/{}" Member |at, who, of, call| call.bearer(&who.access);
    "DELETE" "/v1/invitations/{}" Member |at, who, of, call| call.bearer(&who.access);
    "POST" "/v1/invitations/{}/resend" Member |at, who, of, call| call.bearer(&who.access);
    "GET" "/v1/branding" Member |at, who, of, call| call.bearer(&who.access);
    "PATCH" "/v1/branding" Member |at, who, of, call| {
        call.bearer(&who.access).header("if-match", "*").json(json!({ "texts": { "title": "Evil" } }))
    };
    "POST" "/v1/branding/publish" Member |at, who, of, call| call.bearer(&who.access);
    "GET" "/v1/branding/design-tokens" Member |at, who, of, call| call.bearer(&who.access);
    "POST" "/v1/branding/design-tokens" Member |at, who, of, call| {
        let file = json!({ "color": { "primary": { "$type": "color", "$value": "#aa0000" } } });
        call.bearer(&who.access).header("if-match", "*").json(file)
    };
    "GET" "/v1/releases" Member |at, who, of, call| call.bearer(&who.access);
    "GET" "/v1/conversations" Visitor |at, who, of, call| call.bearer(&who.session);
    "POST" "/v1/conversations" Visitor |at, who, of, call| call.bearer(&who.session).json(json!({}));
    "GET" "/v1/conversations/{}/messages" Visitor |at, who, of, call| call.bearer(&who.session);
    "POST" "/v1/conversations/{}/messages" Visitor |at, who, of, call| {
        call.bearer(&who.session).json(json!({ "text": "hello" }))
    };
    "GET" "/v1/plans" Anybody |at, who, of, call| call.at_platform();
    "GET" "/v1/auth/subdomains/{}" Anybody |at, who, of, call| call.at_platform();
    "POST" "/v1/auth/register" Anybody |at, who, of, call| {
        call.at_platform().json(json!({
            "tenant_key": "initech", "tenant_name": "Initech", "email": "peter@initech.test", "name": "Peter",
            "password": "zebra lamp river",
        }))
    };
    "POST" "/tenants/register" Anybody |at, who, of, call| {
        call.at_platform().json(json!({
            "company_name": "Umbrella", "subdomain": "umbrella", "admin_email": "ada@umbrella.test", "admin_name": "Ada",
            "admin_password": "zebra lamp river", "plan": "STARTER",
        }))
    };
    "POST" "/v1/auth/refresh" Anybody |at, who, of, call| call.json(json!({ "refresh_token": who.refresh }));
    "GET" "/v1/auth/sessions" Member |at, who, of, call| call.bearer(&who.access);
    "GET" "/v1/auth/sign-ins" Member |at, who, of, call| call.bearer(&who.access);
    "DELETE" "/v1/auth/sessions/{}" Member |at, who, of, call| call.bearer(&who.access);
    "GET" "/.well-known/jwks.json" Anybody |at, who, of, call| call;
    "POST" "/v1/auth/switch" Member |at, who, of, call| {
        call.bearer(&who.access).json(json!({ "tenant_id": if who.host == ACME.host { ACME.id } else { GLOBEX.id } }))
    };
    "POST" "/v1/auth/password/forgot" Anybody |at, who, of, call| call.json(json!({ "email": who.email }));
    "POST" "/v1/auth/password" Member |at, who, of, call| {
        call.bearer(&who.access)
            .json(json!({ "current_password": super::PASSWORD, "new_password": "zebra lamp river" }))
    };
    "POST" "/v1/auth/password/reset" Anybody |at, who, of, call| {
        call.json(json!({ "token": who.reset, "new_password": "zebra lamp river" }))
    };
    "POST" "/users/invite" Member |at, who, of, call| {
        call.bearer(&who.access).json(json!({ "email": "newer@nowhere.test", "role": "USER" }))
    };
    "POST" "/users/accept-invitation" Anybody |at, who, of, call| {
        call.json(json!({ "token": of.code, "name": "Guest", "password": "correct horse battery" }))
    };
    "GET" "/users/list/{}" Member |at, who, of, call| call.bearer(&who.access);
    "PUT" "/users/{}/role" Member |at, who, of, call| {
        call.bearer(&who.access).json(json!({ "role": "MANAGER" }))
    };
    "DELETE" "/users/{}" Member |at, who, of, call| call.bearer(&who.access);
    "GET" "/api/v1/tenants" Member |at, who, of, call| call.bearer(&who.access);
    "POST" "/api/v1/tenants/{}/switch" Member |at, who, of, call| call.bearer(&who.access);
    "POST" "/api/v1/tenants/{}/members" Member |at, who, of, call| {
        call.bearer(&who.access).json(json!({ "email": "newest@nowhere.test", "role": "member" }))
    };
    "DELETE" "/api/v1/tenants/{}/members/{}" Member |at, who, of, call| call.bearer(&who.access);
    "PUT" "/tenants/{}/settings" Member |at, who, of, call| {
        call.bearer(&who.access).json(json!({ "description": "Evil" }))
    };
    "GET" "/tenants/{}/stats" Member |at, who, of, call| call.bearer(&who.access);
    "GET" "/tenants/domain/{}" Anybody |at, who, of, call| call.at_platform();
    "GET" "/api/v1/tenant" Member |at, who, of, call| call.bearer(&who.access);
    "GET" "/api/v1/tenant/users/count" Member |at, who, of, call| call.bearer(&who.access);
    "GET" "/api/white-label/current/info" Anybody |at, who, of, call| call;
    // After all others: who signs out is refused from then on.
    "POST" "/v1/auth/logout-everywhere" Member |at, who, of, call| call.bearer(&who.access).json(json!({}));
    "POST" "/v1/auth/logout" Member |at, who, of, call| call.bearer(&who.access);
};

impl Route {
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    pub fn has_object(&self) -> bool {
        // A name that any caller may look up is no tenant's object.
        self.path.contains("{}") && !["/v1/auth/subdomains/{}", "/tenants/domain/{}"].contains(&self.path)
    }

    /// Whether a request without credentials is refused.
    pub fn asks_for_credentials(&self) -> bool {
        matches!(self.made_for, For::Member | For::Visitor | For::Operator)
    }

    /// Whether it is the same at every host, known or not.
    pub fn is_hostless(&self) -> bool {
        ["/healthz", "/v1/capabilities", "/.well-known/jwks.json", "/openapi.json"].contains(&self.path)
    }

    pub fn takes_json(&self) -> bool {
        !["GET", "OPTIONS", "DELETE"].contains(&self.method)
            && ![
                "/v1/branding/publish",
                "/v1/auth/logout",
                "/v1/invitations/{}/resend",
                "/api/v1/tenants/{}/switch",
            ]
            .contains(&self.path)
    }

    /// A good request of a side for its own objects.
    pub fn own(&self, side: &Side) -> Call {
        (self.call)(side, side, side)
    }
}

pub fn filled(path: &str, of: &Side) -> String {
    if path.starts_with("/v1/operator/") {
        let [tenant, partner, key] = [&of.tenant, &of.partner, &of.partner_key];
        return path
            .replace("tenants/{}", &format!("tenants/{tenant}"))
            .replace("flags/{}", "flags/custom_roles")
            .replace("partners/{}", &format!("partners/{partner}"))
            .replace("api-keys/{}", &format!("api-keys/{key}"));
    }
    if path.starts_with("/api/v1/tenants/") {
        return path
            .replace("tenants/{}", &format!("tenants/{}", of.tenant))
            .replace("members/{}", &format!("members/{}", of.member_email));
    }
    let object = match path {
        "/users/list/{}" => &of.tenant,
        path if path.starts_with("/users/") => &of.member,
        "/b/{}" => &of.stylesheet,
        "/w/{}" => &of.config,
        "/v1/members/{}" => &of.member,
        path if path.starts_with("/v1/api-keys/") => &of.api_key,
        "/v1/auth/sessions/{}" => &of.other_session,
        "/v1/roles/{}" => &of.role,
        "/v1/grants/{}" => &of.grant,
        "/v1/auth/subdomains/{}" => return path.replace("{}", "initech"),
        "/tenants/domain/{}" => &of.host,
        path if path.starts_with("/tenants/") => &of.tenant,
        path if path.starts_with("/v1/invitations/") => &of.invitation,
        _ => &of.conversation,
    };
    path.replace("{}", object)
}

/// Two tenants with different brands, each with a visitor who has said something.
pub fn two_sides() -> (World, Side, Side) {
    let world = World::new();
    let sides = [&ACME, &GLOBEX].map(|party| side(&world, party));
    let [acme, globex] = sides;
    (world, acme, globex)
}

fn side(world: &World, party: &Party) -> Side {
    let css = format!(".livery-{}{{color:red}}", party.key);
    world.patch_branding(party, "\"0\"", json!({ "custom_css": css, "texts": { "title": party.name } }));
    let release = world.publish(party);
    let file = |release: &Json, name: &str| release[name].as_str().unwrap()[3..].to_owned();
    let browser: Browser = world.browser(party);
    let conversation = world.conversation(party, &browser);
    world.say(party, &browser, &conversation, "first", "secret");
    let everything: Vec<_> = Permission::ALL.iter().map(|permission| permission.as_str()).collect();
    let key = world.make_key(party, json!({ "name": party.name, "scopes": everything }));
    let (other_session, refresh) = world.another_session(party);
    let (invitation, code) = world.invited_before(party);
    let member = if party.key == ACME.key { VIEWER } else { THEIR_VIEWER };
    let (role, grant) = world.role_and_grant(party, member);
    Side {
        host: party.host.to_owned(),
        tenant: party.id.to_owned(),
        access: world.access_token(party),
        session: browser.session,
        conversation,
        owner: party.owner.to_owned(),
        member: member.to_owned(),
        member_email: format!("viewer@{}.test", party.key),
        role,
        grant,
        invitation,
        code,
        stylesheet: file(&release, "stylesheet"),
        config: file(&release, "config"),
        email: party.email.to_owned(),
        shop: party.shop.to_owned(),
        operator: world.operator_token(),
        partner: super::PARTNER.to_owned(),
        partner_key: super::PARTNER_KEY.to_owned(),
        api_key: key["id"].as_str().unwrap().to_owned(),
        api_key_text: key["key"].as_str().unwrap().to_owned(),
        other_session,
        refresh: refresh.reveal().to_owned(),
        reset: world.reset_code(party),
    }
}

/// A side that does not exist: well-formed ids of no object, credentials that were never signed.
pub fn nobody() -> Side {
    Side {
        host: "nosuch.livery.test".into(),
        tenant: "ten_019aa52f0e807000800000000000dead".into(),
        access: "a.b.c".into(),
        session: "a.b.c".into(),
        conversation: "cnv_019aa52f0e807000800000000000dead".into(),
        member: "usr_019aa52f0e807000800000000000dead".into(),
        member_email: "nobody@nowhere.test".into(),
        invitation: "inv_019aa52f0e807000800000000000dead".into(),
        owner: "usr_019aa52f0e807000800000000000deae".into(),
        role: "rol_019aa52f0e807000800000000000dead".into(),
        grant: "gra_019aa52f0e807000800000000000dead".into(),
        code: Credential::new(CredentialKind::Invitation, [0; 32]).reveal().to_owned(),
        stylesheet: format!("{}.css", "A".repeat(43)),
        config: format!("{}.json", "A".repeat(43)),
        email: "nobody@nowhere.test".into(),
        shop: "https://nowhere.example".into(),
        operator: "a.b.c".into(),
        partner: "par_019aa52f0e807000800000000000dead".into(),
        partner_key: "key_019aa52f0e807000800000000000dead".into(),
        api_key: "key_019aa52f0e807000800000000000dead".into(),
        api_key_text: Credential::new(CredentialKind::ApiKey, [9; 32]).reveal().to_owned(),
        other_session: "ses_019aa52f0e807000800000000000dead".into(),
        refresh: Credential::new(CredentialKind::Refresh, [0; 32]).reveal().to_owned(),
        reset: Credential::new(CredentialKind::PasswordReset, [0; 32]).reveal().to_owned(),
    }
}
