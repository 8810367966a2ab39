//! A platform and a browser that asks it.

use bytes::Bytes;
use futures_util::FutureExt;
use http::{HeaderMap, HeaderName, HeaderValue};
use livery_console::{MAX_BODY_BYTES, route, show_problem};
use livery_domain::{clock::UnixMillis, mail::Mail};
use livery_http::{Client, Log, Received, Service};
use livery_platform::{
    Clock, Configured, Database, DatabaseError, Entropy, Environment, MailFault, Mailer, Rows, Settings,
    Statement,
};
use livery_platform_memory::Memory;
use std::{cell::RefCell, sync::OnceLock};

/// `openssl genpkey -algorithm ed25519`: a key of these tests only.
const PEM: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";

pub struct Platform {
    pub memory: Memory,
    settings: Settings,
    lines: RefCell<Vec<String>>,
}

impl Log for Platform {
    fn log(&self, line: &str) {
        self.lines.borrow_mut().push(line.to_owned());
    }
}

impl Clock for Platform {
    fn now(&self) -> UnixMillis {
        self.memory.now()
    }
}

impl Entropy for Platform {
    fn fill(&self, bytes: &mut [u8]) {
        self.memory.fill(bytes);
    }
}

impl Configured for Platform {
    fn settings(&self) -> &Settings {
        &self.settings
    }
}

impl Database for Platform {
    async fn query(&self, statement: Statement) -> Result<Rows, DatabaseError> {
        self.memory.query(statement).await
    }

    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Rows>, DatabaseError> {
        self.memory.batch(statements).await
    }

    async fn read(&self, statements: Vec<Statement>) -> Result<Vec<Rows>, DatabaseError> {
        self.memory.read(statements).await
    }
}

impl Mailer for Platform {
    async fn send(&self, mail: &Mail) -> Result<(), MailFault> {
        self.memory.send(mail).await
    }
}

pub struct World {
    pub platform: Platform,
    service: Service,
}

/// Ids and addresses of this world's people; each has [`PASSWORD`].
pub const OWNER: &str = "usr_019aa52f0e80700080000000000000b1";
pub const VIEWER: &str = "usr_019aa52f0e80700080000000000000b3";
pub const PASSWORD: &str = "livery-demo";

/// Hashing costs 19 MiB and two passes: once for all tests.
fn password_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| livery_token::hash_password(PASSWORD, [7; livery_token::SALT_BYTES]).unwrap())
}

/// Acme with an owner and a viewer, and globex where the owner of acme is an admin.
fn seed() -> String {
    let hash = password_hash();
    format!(
        "INSERT INTO tenants (id, key, name, plan_key, created_at) VALUES
            ('ten_019aa52f0e80700080000000000000a1', 'acme', 'Acme', 'pro', 0),
            ('ten_019aa52f0e80700080000000000000a2', 'globex', 'Globex', 'free', 0);
         INSERT INTO users (id, email, name, password_hash, created_at) VALUES
            ('{OWNER}', 'owner@acme.test', 'Ada <of> Acme', '{hash}', 0),
            ('{VIEWER}', 'viewer@acme.test', 'Vic Viewer', '{hash}', 0);
         INSERT INTO memberships (tenant_id, user_id, role, created_at) VALUES
            ('ten_019aa52f0e80700080000000000000a1', '{OWNER}', 'owner', 0),
            ('ten_019aa52f0e80700080000000000000a1', '{VIEWER}', 'viewer', 1),
            ('ten_019aa52f0e80700080000000000000a2', '{OWNER}', 'admin', 0);"
    )
}

/// A person's browser: its cookies, and the token that the last page's forms carry.
pub struct Browser<'w> {
    world: &'w World,
    pub cookies: Vec<(String, String)>,
    csrf: String,
}

impl<'w> Browser<'w> {
    pub fn new(world: &'w World) -> Self {
        Self { world, cookies: vec![], csrf: String::new() }
    }

    pub fn signed_in(world: &'w World, email: &str) -> Self {
        let mut browser = Self::new(world);
        browser.post("/admin/sign-in", &[("email", email), ("password", PASSWORD)]).leads_to("/admin");
        browser.get("/admin/profile");
        browser
    }

    pub fn get(&mut self, path: &str) -> Page {
        self.send(get(&format!("acme.livery.test{path}")))
    }

    /// Sends a form as the last page had it.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let csrf = self.csrf.clone();
        let fields: Vec<_> = fields.iter().copied().chain([("csrf", csrf.as_str())]).collect();
        self.send(post(&format!("acme.livery.test{path}"), &fields))
    }

    pub fn send(&mut self, call: Call) -> Page {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let page = self.world.send(call.header("cookie", &cookies.join("; ")));
        for set in page.headers.get_all("set-cookie") {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        if let Some(csrf) = page.html.split("name=\"csrf\" value=\"").nth(1) {
            self.csrf = csrf.split('"').next().unwrap().to_owned();
        }
        page
    }
}

impl World {
    pub fn new() -> Self {
        Self::in_environment(Environment::Development)
    }

    pub fn in_production() -> Self {
        Self::in_environment(Environment::Production)
    }

    fn in_environment(environment: Environment) -> Self {
        let keys = serde_json::json!([{ "kid": "test", "private_key": PEM }]).to_string();
        let memory = Memory::new(&keys).unwrap();
        memory.execute_batch(&seed()).unwrap();
        let settings = Settings { environment, ..memory.settings().clone() };
        let service = Service::with_keys(&settings).unwrap().shown_by(show_problem);
        Self { platform: Platform { memory, settings, lines: RefCell::default() }, service }
    }

    /// Every line logged so far.
    pub fn log_lines(&self) -> Vec<String> {
        self.platform.lines.borrow().clone()
    }

    pub fn send(&self, call: Call) -> Page {
        let mut parts = http::Request::new(()).into_parts().0;
        parts.method = call.method.parse().unwrap();
        parts.uri = call.target.parse().unwrap();
        parts.headers = call.headers;
        let client = Client { authority: call.host, secure: call.secure, ..Client::default() };
        let body = Some(call.body).filter(|body| body.len() <= MAX_BODY_BYTES);
        let received = Received { client, parts, body };
        let serving = self.service.serve(&self.platform, received, async |exchange| route(exchange).await);
        let (parts, body) = serving.now_or_never().expect("nothing suspends").into_parts();
        Page {
            status: parts.status.as_u16(),
            headers: parts.headers,
            html: String::from_utf8(body.to_vec()).unwrap(),
        }
    }
}

/// What a browser sends.
pub struct Call {
    method: &'static str,
    host: String,
    target: String,
    headers: HeaderMap,
    body: Bytes,
    secure: bool,
}

/// `url` is `host/path?query`.
pub fn get(url: &str) -> Call {
    let (host, path) = url.split_once('/').unwrap();
    Call {
        method: "GET",
        host: host.into(),
        target: format!("/{path}"),
        headers: HeaderMap::new(),
        body: Bytes::new(),
        secure: true,
    }
}

/// A form that a page of the same host sends.
pub fn post(url: &str, fields: &[(&str, &str)]) -> Call {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let call = Call { method: "POST", body: body.into(), ..get(url) };
    let origin = format!("https://{}", call.host);
    call.header("content-type", "application/x-www-form-urlencoded")
        .header("origin", &origin)
        .header("sec-fetch-site", "same-origin")
}

impl Call {
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.insert(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        self
    }

    pub fn without(mut self, name: &'static str) -> Self {
        self.headers.remove(name);
        self
    }

    pub fn method(self, method: &'static str) -> Self {
        Self { method, ..self }
    }
}

pub struct Page {
    pub status: u16,
    pub headers: HeaderMap,
    pub html: String,
}

impl Page {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[track_caller]
    pub fn shows(&self, text: &str) -> &Self {
        assert!(self.html.contains(text), "no {text:?} in {}\n{}", self.status, self.html);
        self
    }

    #[track_caller]
    pub fn leads_to(&self, place: &str) {
        assert_eq!((self.status, self.header("location")), (303, place), "{}", self.html);
    }
}
