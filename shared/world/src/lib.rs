//! The world that every route test lives in: two tenants, their people, a visitor's browser, an edge isolate.

#![cfg(not(target_family = "wasm"))]
// Everything here is a test or serves one.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc
)]

#[path = "../../../functions/admin/src/routes.rs"]
mod admin;
mod answer;
#[path = "../../../functions/auth/src/routes.rs"]
mod auth;
mod call;
#[path = "../../../functions/embed/src/routes.rs"]
mod embed;
mod platform;
pub mod routes;
#[path = "../../../functions/theme/src/routes.rs"]
mod theme;

pub use answer::{Answer, Expected, answer, problem};
pub use call::{Call, delete, get, head, options, patch, post, put};
pub use platform::{Fault, Platform};

use bytes::Bytes;
use futures_util::FutureExt;
use livery_domain::{
    clock::UnixMillis,
    id::{SessionId, TenantId, UserId, VisitorId},
    identity::credential::{Credential, CredentialKind},
    people::{
        member::AssignedRole,
        permission::{Permission, PermissionSet},
        role::Role,
    },
    tenancy::tenant::TenantScope,
};
use livery_edge::{self as edge, EdgeMemory, WidgetFile, WidgetFiles};
use livery_embed::live::{self, Events, Opened, Then};
use livery_http::{
    Received, Service,
    route::{RouteDescription, descriptions},
    routing::{Function, function_for},
};
use livery_platform::{Clock, Configured, Database, EdgeCache, Environment, Statement, fresh_bytes};
use livery_token::{AccessClaims, Keyring};
use serde_json::{Value as Json, json};
use std::{
    pin::pin,
    sync::OnceLock,
    task::{Context, Poll, Waker},
};

/// Where Memory's clock stands: 2026-11-21T09:00:00Z, 9.6 days before the month ends.
pub const NOW: UnixMillis = UnixMillis(1_795_251_600_000);
/// Seconds from [`NOW`] to 2026-12-01T00:00:00Z.
pub const SECS_TO_DECEMBER: i64 = 831_600;

pub const PASSWORD: &str = "livery-demo";
pub const LOADER: &[u8] = b"/* loader */";
pub const EMBED: &[u8] = b"/* embed */";
pub const BASE: &[u8] = b".livery{}";

/// `openssl genpkey -algorithm ed25519`: a key of these tests only.
const PEM: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
/// A key that this service does not know, under the name of the one that it knows.
const FOREIGN_PEM: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n";

/// A tenant of this world.
pub struct Party {
    pub key: &'static str,
    pub name: &'static str,
    pub id: &'static str,
    pub owner: &'static str,
    /// What the owner is signed in with.
    pub session: &'static str,
    pub email: &'static str,
    /// Its host below the platform.
    pub host: &'static str,
    /// The one site that may embed its widget.
    pub shop: &'static str,
}

pub const ACME: Party = Party {
    key: "acme",
    name: "Acme",
    id: "ten_019aa52f0e80700080000000000000a1",
    owner: "usr_019aa52f0e80700080000000000000b1",
    session: "ses_019aa52f0e80700080000000000000c1",
    email: "owner@acme.test",
    host: "acme.livery.test",
    shop: "https://shop.example",
};
pub const GLOBEX: Party = Party {
    key: "globex",
    name: "Globex",
    id: "ten_019aa52f0e80700080000000000000a2",
    owner: "usr_019aa52f0e80700080000000000000b2",
    session: "ses_019aa52f0e80700080000000000000c2",
    email: "owner@globex.test",
    host: "globex.livery.test",
    shop: "https://other.example",
};
/// A member of acme who may look and not touch.
pub const VIEWER: &str = "usr_019aa52f0e80700080000000000000b3";
pub const VIEWER_SESSION: &str = "ses_019aa52f0e80700080000000000000c3";
/// A member of globex who may look and not touch.
pub const THEIR_VIEWER: &str = "usr_019aa52f0e80700080000000000000b4";
const THEIR_VIEWER_SESSION: &str = "ses_019aa52f0e80700080000000000000c4";
/// One of the platform's own people, signed in.
pub const OPERATOR: &str = "usr_019aa52f0e80700080000000000000b9";
const OPERATOR_SESSION: &str = "ses_019aa52f0e80700080000000000000c9";
/// The partner that runs acme.
pub const PARTNER: &str = "par_019aa52f0e80700080000000000000d1";
/// One that has no tenant yet.
pub const OTHER_PARTNER: &str = "par_019aa52f0e80700080000000000000d2";
/// A key of [`PARTNER`] that may do everything.
pub const PARTNER_KEY: &str = "key_019aa52f0e80700080000000000000e1";
pub const CUSTOM_DOMAIN: &str = "chat.acme.test";

impl Party {
    pub fn tenant(&self) -> TenantId {
        self.id.parse().unwrap()
    }

    pub fn owner(&self) -> UserId {
        self.owner.parse().unwrap()
    }

    pub fn scope(&self) -> TenantScope {
        TenantScope::grant(self.tenant())
    }

    /// What an access token of the owner's session says.
    pub fn claims(&self, role: Role) -> AccessClaims {
        let session = self.session.parse().unwrap();
        AccessClaims::new(self.owner(), self.tenant(), session, AssignedRole::of(role))
    }

    /// A URL at the tenant's host.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.host)
    }
}

pub struct World {
    pub platform: Platform,
    /// The memory of one isolate of the edge.
    pub edge: EdgeMemory,
    service: Service,
    widget: WidgetFiles,
    keyring: Keyring,
}

/// A browser that has an embed session.
pub struct Browser {
    pub session: String,
    pub visitor_token: String,
}

/// Every route of the API, as its table has it.
pub fn all_routes() -> Vec<RouteDescription> {
    let edge = [
        descriptions::<livery_edge::Route>(),
        descriptions::<livery_edge::PlatformRoute>(),
        descriptions::<livery_edge::OlderRoute>(),
    ];
    [
        admin::descriptions(),
        auth::descriptions(),
        embed::descriptions(),
        theme::descriptions(),
        descriptions::<live::Route>(),
    ]
    .into_iter()
    .chain(edge)
    .flatten()
    .collect()
}

/// What Acme's owner is told of itself.
pub fn owner_of_acme() -> Json {
    json!({
        "user_id": ACME.owner,
        "tenant_id": ACME.id,
        "role": "owner",
        "name": "Acme Owner",
        "email": ACME.email,
        "locale": null,
        "permissions": Role::Owner.permissions(),
    })
}

fn file(body: &'static [u8]) -> WidgetFile {
    WidgetFile::new(body, livery_domain::hash::content_hash(body).leak())
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl World {
    /// Tenants, people and embed policies; nothing published yet.
    pub fn new() -> Self {
        Self::in_environment(Environment::Production)
    }

    pub fn in_environment(environment: Environment) -> Self {
        let keys = keys(PEM);
        let platform = Platform::new(&keys, environment);
        platform.memory.execute_batch(&seed()).unwrap();
        Self {
            service: Service::with_keys(platform.settings()).unwrap(),
            platform,
            edge: EdgeMemory::default(),
            widget: WidgetFiles { loader: file(LOADER), embed: file(EMBED), base: file(BASE) },
            keyring: Keyring::parse(&keys).unwrap(),
        }
    }

    /// The same with both tenants' first release published.
    pub fn published() -> Self {
        let world = Self::new();
        for party in [&ACME, &GLOBEX] {
            world.publish(party);
        }
        world
    }

    /// The same world behind a service that was started without keys.
    pub fn without_keys(self) -> Self {
        Self { service: Service::without_keys(), ..self }
    }

    /// Answers a call as the edge and the function behind it do: the same table, the same bound of the body.
    pub fn send(&self, call: Call) -> Answer {
        self.run(self.answer_to(call))
    }

    /// Stops `first` before its port call number `at`, answers `second` as a whole, and lets `first` go on: their answers.
    pub fn race(&self, first: Call, at: u64, second: Call) -> (Answer, Answer) {
        self.platform.set_fault(None);
        self.platform.pause_before(Some(at));
        let mut first = pin!(self.answer_to(first));
        let mut context = Context::from_waker(Waker::noop());
        let polled = first.as_mut().poll(&mut context);
        self.platform.pause_before(None);
        match polled {
            Poll::Ready(answer) => (answer, self.send(second)),
            Poll::Pending => {
                let second = self.send(second);
                (self.run(first), second)
            }
        }
    }

    async fn answer_to(&self, call: Call) -> Answer {
        let path = call.target.split('?').next().unwrap_or_default().to_owned();
        let function = function_for(&path);
        let most = match function {
            Some(Function::Embed) => embed::MAX_BODY_BYTES,
            Some(Function::Auth) => auth::MAX_BODY_BYTES,
            Some(Function::Admin) => admin::MAX_BODY_BYTES,
            Some(Function::Theme) => theme::MAX_BODY_BYTES,
            Some(Function::Live) => live::MAX_BODY_BYTES,
            // The console stands on this crate: its pages have tests of their own.
            Some(Function::Edge | Function::Console) | None => edge::MAX_BODY_BYTES,
        };
        let received = call.received(most);
        if function == Some(Function::Live) {
            return Answer::new(self.open(&self.platform, received).head);
        }
        let serving = self.service.serve(&self.platform, received, async |exchange| match function {
            Some(Function::Embed) => embed::answer(exchange).await,
            Some(Function::Auth) => auth::route(exchange).await,
            Some(Function::Admin) => admin::route(exchange).await,
            Some(Function::Theme) => theme::route(exchange).await,
            _ => edge::route(exchange, &self.edge, &self.widget).await,
        });
        Answer::new(serving.await)
    }

    fn open<const SOCKETS: bool>(&self, platform: &Platform<SOCKETS>, received: Received) -> Opened {
        self.run(live::serve(&self.service, platform, received))
    }

    /// Opens the live channel: the head, and what follows it.
    pub fn listen(&self, call: Call) -> (Answer, Then) {
        let opened = self.open(&self.platform, call.received(live::MAX_BODY_BYTES));
        (Answer::new(opened.head), opened.then)
    }

    /// The same call, answered by a runtime without sockets that knows no tenant.
    pub fn send_without_sockets(&self, call: Call) -> Answer {
        let bare = Platform::<false>::new(&keys(PEM), Environment::Production);
        let function = function_for(&call.target);
        let received = call.received(live::MAX_BODY_BYTES);
        if function == Some(Function::Live) {
            return Answer::new(self.open(&bare, received).head);
        }
        let serving = self
            .service
            .serve(&bare, received, async |exchange| edge::route(exchange, &self.edge, &self.widget).await);
        Answer::new(self.run(serving))
    }

    /// The next piece of an event stream.
    pub fn hear(&self, events: &mut Events) -> Option<String> {
        let piece = self.run(events.next(&self.platform))?;
        Some(String::from_utf8(piece.to_vec()).unwrap())
    }

    /// Runs a future. Everything is in memory: one that waits for something is a defect of the code or of this world.
    pub fn run<T>(&self, future: impl Future<Output = T>) -> T {
        future.now_or_never().expect("nothing in this world suspends")
    }

    pub fn now(&self) -> UnixMillis {
        self.platform.now()
    }

    pub fn pass_secs(&self, secs: i64) {
        self.platform.memory.pass_millis(secs * 1000);
    }

    pub fn read_cache(&self, key: &str) -> Option<Bytes> {
        self.run(self.platform.memory.cached(key)).unwrap()
    }

    pub fn write_cache(&self, key: &str, value: &[u8]) {
        self.run(self.platform.memory.put_cached(key, Bytes::copy_from_slice(value))).unwrap();
    }

    /// A fresh isolate of the edge, which remembers nothing.
    pub fn forget_isolate(&mut self) {
        self.edge = EdgeMemory::default();
    }

    pub fn access_token(&self, party: &Party) -> String {
        self.keyring.sign_access(self.now(), party.claims(Role::Owner)).unwrap()
    }

    /// Takes somebody new into acme's team and gives its id and an access token of its session. `n` is 1 to 9.
    pub fn colleague(&self, n: u8, role: Role) -> (UserId, String) {
        let user = format!("usr_019aa52f0e80700080000000000000d{n}");
        let session = format!("ses_019aa52f0e80700080000000000000d{n}");
        let email = format!("colleague{n}@acme.test");
        let sql = person(ACME.id, &user, &email, &format!("Colleague {n}"), role.as_str(), &session);
        self.platform.memory.execute_batch(&sql).unwrap();
        let user = user.parse().unwrap();
        let claims = AccessClaims::new(user, ACME.tenant(), session.parse().unwrap(), AssignedRole::of(role));
        (user, self.keyring.sign_access(self.now(), claims).unwrap())
    }

    /// Lets a tenant make roles, whatever its plan.
    pub fn allow_custom_roles(&self, party: &Party) {
        let sql = format!("INSERT INTO flag_overrides VALUES ('{}', 'custom_roles', 'true', 0)", party.id);
        self.platform.memory.execute_batch(&sql).unwrap();
    }

    /// A custom role that no member has, and a grant on it to a member.
    pub fn role_and_grant(&self, party: &Party, user: &str) -> (String, String) {
        self.allow_custom_roles(party);
        let end = &party.id[34..];
        let role = format!("rol_019aa52f0e80700080000000000000{end}");
        let grant = format!("gra_019aa52f0e80700080000000000000{end}");
        let sql = format!(
            "INSERT INTO custom_roles VALUES ('{role}', '{tenant}', 'Writer', '[\"brand.read\"]', 0, 0);
             INSERT INTO grants VALUES ('{grant}', '{tenant}', '{user}', 'roles.manage', '{role}', 0);",
            tenant = party.id,
        );
        self.platform.memory.execute_batch(&sql).unwrap();
        (role, grant)
    }

    /// An invitation of the tenant's, sent an hour ago, and its code.
    pub fn invited_before(&self, party: &Party) -> (String, String) {
        let code = Credential::new(CredentialKind::Invitation, [party.id.as_bytes()[35]; 32]);
        let id = format!("inv_019aa52f0e80700080000000000000{}", &party.id[34..]);
        let (sent, until) = (NOW.plus_secs(-3600).0, NOW.plus_secs(6 * 86_400).0);
        let sql = format!(
            "INSERT INTO invitations (id, tenant_id, email, role, token_hash, status, invited_by, sent_count, sent_at, expires_at, created_at)
             VALUES ('{id}', '{}', 'guest@{}.test', 'member', '{}', 'pending', '{}', 1, {sent}, {until}, {sent})",
            party.id,
            party.key,
            code.hash(),
            party.owner
        );
        self.platform.memory.execute_batch(&sql).unwrap();
        (id, code.reveal().to_owned())
    }

    pub fn operator_token(&self) -> String {
        let (user, session) = (OPERATOR.parse().unwrap(), OPERATOR_SESSION.parse().unwrap());
        self.keyring.sign_operator(self.now(), user, session).unwrap()
    }

    pub fn viewer_token(&self) -> String {
        let session = VIEWER_SESSION.parse().unwrap();
        let role = AssignedRole::of(Role::Viewer);
        let claims = AccessClaims::new(VIEWER.parse().unwrap(), ACME.tenant(), session, role);
        self.keyring.sign_access(self.now(), claims).unwrap()
    }

    /// The code of a link for another password that the owner has asked for.
    pub fn reset_code(&self, party: &Party) -> String {
        let code = Credential::new(CredentialKind::PasswordReset, fresh_bytes(&self.platform));
        let (now, until, hash) = (self.now().0, self.now().plus_secs(3600).0, code.hash());
        let Party { id, owner, .. } = party;
        let row =
            format!("INSERT INTO password_resets VALUES ('{hash}', '{owner}', '{id}', {now}, {until}, NULL)");
        self.platform.memory.execute_batch(&row).unwrap();
        code.reveal().to_owned()
    }

    /// Signs the owner in once more, without the cost of a password: the session and its refresh token.
    pub fn another_session(&self, party: &Party) -> (String, Credential) {
        let session = SessionId::new(self.now(), fresh_bytes(&self.platform)).to_string();
        let refresh = Credential::new(CredentialKind::Refresh, fresh_bytes(&self.platform));
        let (now, until) = (self.now().0, self.now().plus_secs(30 * 86_400).0);
        let Party { id, owner, .. } = party;
        let hash = refresh.hash();
        let rows = format!(
            "INSERT INTO sessions (id, user_id, tenant_id, kind, created_at, seen_at, expires_at)
                 VALUES ('{session}', '{owner}', '{id}', 'api', {now}, {now}, {until});
             INSERT INTO refresh_tokens VALUES ('{hash}', '{session}', {now}, NULL);"
        );
        self.platform.memory.execute_batch(&rows).unwrap();
        (session, refresh)
    }

    /// A token that says the same as [`World::access_token`], signed with another key.
    pub fn forged_token(&self, party: &Party) -> String {
        let keyring = Keyring::parse(&keys(FOREIGN_PEM)).unwrap();
        keyring.sign_access(self.now(), party.claims(Role::Owner)).unwrap()
    }

    pub fn forged_session(&self, party: &Party, visitor: VisitorId) -> String {
        let keyring = Keyring::parse(&keys(FOREIGN_PEM)).unwrap();
        keyring.sign_session(self.now(), visitor, party.tenant(), party.shop.to_owned()).unwrap()
    }

    pub fn visitor_of(&self, browser: &Browser) -> VisitorId {
        self.keyring.verify_visitor(self.now(), &browser.visitor_token).unwrap().visitor.unwrap()
    }

    /// Rows that a query of this test's own finds.
    pub fn count(&self, sql: &str) -> usize {
        let sql = sql.to_owned().leak();
        self.run(self.platform.memory.query(Statement::platform(sql, vec![]))).unwrap().len()
    }

    /// Makes a key as the owner and gives the answer, in which its text is `key`.
    pub fn make_key(&self, party: &Party, body: Json) -> Json {
        let call = post(&party.at("/v1/api-keys")).bearer(&self.access_token(party)).json(body);
        let answer = self.send(call);
        assert_eq!(answer.status, 201, "{}", answer.whole());
        answer.json()
    }

    /// Publishes the tenant's draft and gives the release as the route shows it.
    pub fn publish(&self, party: &Party) -> Json {
        let call = post(&party.at("/v1/branding/publish")).bearer(&self.access_token(party));
        let answer = self.send(call);
        assert!([200, 201].contains(&answer.status), "{}", answer.whole());
        answer.json()
    }

    /// Changes the draft; gives its new `ETag`.
    pub fn patch_branding(&self, party: &Party, etag: &str, patched: Json) -> String {
        let call =
            patch(&party.at("/v1/branding")).bearer(&self.access_token(party)).header("if-match", etag);
        let answer = self.send(call.json(patched));
        assert_eq!(answer.status, 200, "{}", answer.whole());
        answer.header("etag").to_owned()
    }

    /// A new visitor's browser on the tenant's shop.
    pub fn browser(&self, party: &Party) -> Browser {
        self.browser_with(party, json!({}))
    }

    pub fn browser_with(&self, party: &Party, body: Json) -> Browser {
        let answer = self.send(post(&party.at("/v1/embed/sessions")).header("origin", party.shop).json(body));
        assert_eq!(answer.status, 201, "{}", answer.whole());
        let text = |name: &str| answer.json()[name].as_str().unwrap().to_owned();
        Browser { session: text("session_token"), visitor_token: text("visitor_token") }
    }

    /// The browser's open conversation.
    pub fn conversation(&self, party: &Party, browser: &Browser) -> String {
        let answer = self.send(post(&party.at("/v1/conversations")).bearer(&browser.session).json(json!({})));
        assert!([200, 201].contains(&answer.status), "{}", answer.whole());
        answer.json()["id"].as_str().unwrap().to_owned()
    }

    pub fn say(&self, party: &Party, browser: &Browser, conversation: &str, key: &str, text: &str) -> Answer {
        let call = post(&party.at(&format!("/v1/conversations/{conversation}/messages")));
        self.send(call.bearer(&browser.session).header("idempotency-key", key).json(json!({ "text": text })))
    }

    pub fn messages(&self, party: &Party, browser: &Browser, conversation: &str) -> Vec<Json> {
        let path = format!("/v1/conversations/{conversation}/messages");
        let answer = self.send(get(&party.at(&path)).bearer(&browser.session));
        assert_eq!(answer.status, 200, "{}", answer.whole());
        answer.json()["data"].as_array().unwrap().clone()
    }

    /// Messages used this month, as the team sees it.
    pub fn used(&self, party: &Party) -> u64 {
        let answer = self.send(get(&party.at("/v1/usage")).bearer(&self.access_token(party)));
        answer.json()["messages"]["used"].as_u64().unwrap()
    }
}

fn keys(pem: &str) -> String {
    json!([{ "kid": "test", "private_key": pem }]).to_string()
}

/// Hashing costs 19 MiB and two passes: once for all tests.
fn password_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| livery_token::hash_password(PASSWORD, [7; livery_token::SALT_BYTES]).unwrap())
}

fn seed() -> String {
    let now = NOW.0;
    let mut sql = String::new();
    for (party, plan) in [(&ACME, "pro"), (&GLOBEX, "free")] {
        let Party { key, name, id, owner, email, shop, .. } = party;
        sql.push_str(&format!(
            "INSERT INTO tenants (id, key, name, plan_key, created_at) VALUES ('{id}', '{key}', '{name}', '{plan}', {now});
             INSERT INTO subscriptions VALUES ('{id}', 'active', NULL, {now}, {now});
             INSERT INTO embed_policies VALUES ('{id}', '[\"{shop}\"]', 1, {now});"
        ));
        sql.push_str(&person(id, owner, email, &format!("{name} Owner"), "owner", party.session));
    }
    sql.push_str(&format!(
        "INSERT INTO domains VALUES ('{CUSTOM_DOMAIN}', '{}', 'verified', {now});",
        ACME.id
    ));
    sql.push_str(&person(ACME.id, VIEWER, "viewer@acme.test", "Acme Viewer", "viewer", VIEWER_SESSION));
    let theirs = person(
        GLOBEX.id,
        THEIR_VIEWER,
        "viewer@globex.test",
        "Globex Viewer",
        "viewer",
        THEIR_VIEWER_SESSION,
    );
    sql.push_str(&theirs);
    sql.push_str(&platform());
    sql
}

/// The text of [`PARTNER_KEY`].
pub fn partner_key() -> Credential {
    Credential::new(CredentialKind::PartnerKey, [5; 32])
}

/// An operator, partners and a partner's key.
fn platform() -> String {
    let (now, until) = (NOW.0, NOW.plus_secs(30 * 86_400).0);
    let (hash, hint) = (partner_key().hash(), partner_key().hint());
    let scopes = Vec::from(Permission::ALL.iter().copied().collect::<PermissionSet>());
    let scopes = json!(scopes);
    let acme = ACME.id;
    format!(
        "INSERT INTO users (id, email, name, password_hash, created_at)
             VALUES ('{OPERATOR}', 'operator@livery.test', 'Operator', 'none', {now});
         INSERT INTO operators VALUES ('{OPERATOR}', {now});
         INSERT INTO sessions (id, user_id, kind, created_at, seen_at, expires_at)
             VALUES ('{OPERATOR_SESSION}', '{OPERATOR}', 'operator', {now}, {now}, {until});
         INSERT INTO partners VALUES ('{PARTNER}', 'Partner', {now}), ('{OTHER_PARTNER}', 'Other', {now});
         INSERT INTO api_keys (id, partner_id, name, hint, hash, scopes, created_at)
             VALUES ('{PARTNER_KEY}', '{PARTNER}', 'All', '{hint}', '{hash}', '{scopes}', {now});
         UPDATE tenants SET partner_id = '{PARTNER}' WHERE id = '{acme}';"
    )
}

/// A member who is signed in for 30 days.
fn person(tenant: &str, user: &str, email: &str, name: &str, role: &str, session: &str) -> String {
    let (now, hash, until) = (NOW.0, password_hash(), NOW.plus_secs(30 * 86_400).0);
    format!(
        "INSERT INTO users (id, email, name, password_hash, created_at) VALUES ('{user}', '{email}', '{name}', '{hash}', {now});
         INSERT INTO memberships (tenant_id, user_id, role, created_at) VALUES ('{tenant}', '{user}', '{role}', {now});
         INSERT INTO sessions (id, user_id, tenant_id, kind, created_at, seen_at, expires_at)
             VALUES ('{session}', '{user}', '{tenant}', 'api', {now}, {now}, {until});"
    )
}
