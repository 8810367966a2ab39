//! Answers that can be sent again at once, in the form in which the runtime sends them, for as long as they stay the same.

use super::{
    memory::{EdgeMemory, Known, SiteEntry},
    site,
};
use http::{Method, StatusCode, header};
use livery_domain::{
    brand::release::Rev,
    clock::UnixMillis,
    id::TenantId,
    tenancy::{host::Host, lifecycle::TenantStatus},
};
use livery_http::{Exchange, Response, headers};
use livery_platform::{Configured, Database, EdgeCache};
use lru::LruCache;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

/// Bytes of bodies kept. Together with the 16 MiB of files and some 10 MB of hosts it leaves half of an isolate's 128 MB to
/// the current requests.
const MAX_BYTES: usize = 32 * 1024 * 1024;
/// An answer above this is sent and not kept, so that one tenant can't evict many others.
const MAX_BODY_BYTES: usize = 1024 * 1024;
/// The size of an entry in addition to its body: URL, host, head. It bounds the number of small ones, at 32,768.
const ENTRY_BYTES: usize = 1024;

/// An answer in full, and how long it stays the same.
pub struct Found {
    pub response: Response,
    pub(super) lasting: Lasting,
}

pub(super) enum Lasting {
    /// Not reusable: nothing is known of the next request.
    ThisRequest,
    /// Every caller that requests the same at this site gets the same answer, until the site changes.
    WhileTheSite(Rc<SiteEntry>),
}

/// Everything of a site that an answer can depend on: the content of its files never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    tenant: TenantId,
    status: TenantStatus,
    rev: Option<Rev>,
}

impl Stamp {
    fn of(site: &SiteEntry) -> Self {
        let rev = site.release.as_ref().map(|release| release.rev);
        Self { tenant: site.tenant.id, status: site.tenant.status, rev }
    }
}

struct Kept<A> {
    host: Host,
    stamp: Stamp,
    bytes: usize,
    answer: Rc<A>,
}

/// Answers of one isolate by URL, the whole of it; `A` is an answer in the runtime's own form.
pub struct Answers<A> {
    kept: RefCell<LruCache<String, Kept<A>>>,
    bytes: Cell<usize>,
}

impl<A> Default for Answers<A> {
    fn default() -> Self {
        Self { kept: RefCell::new(LruCache::unbounded()), bytes: Cell::new(0) }
    }
}

impl<A> Answers<A> {
    /// The answer to a GET of `url`, if its site is known to be unchanged; with `None` the answer has to be made.
    pub fn get(&self, memory: &EdgeMemory, url: &str, now: UnixMillis) -> Option<Rc<A>> {
        let mut kept = self.kept.borrow_mut();
        let entry = kept.get(url)?;
        match memory.site(&entry.host, now) {
            Known::Site(site) if Stamp::of(&site) == entry.stamp => Some(entry.answer.clone()),
            // A site that has to be looked up again may turn out to be unchanged.
            Known::Stale(_) => None,
            _ => {
                let gone = kept.pop(url);
                self.bytes.set(self.bytes.get() - gone.map_or(0, |gone| gone.bytes));
                None
            }
        }
    }

    /// The same after the site was looked up again: `None` if it has changed, or nothing was kept. So a file that is still
    /// in memory is not read again because its host had to be looked up.
    pub async fn get_asking<P: Database + EdgeCache + Configured>(
        &self,
        exchange: &Exchange<'_, P>,
        memory: &EdgeMemory,
    ) -> Option<Rc<A>> {
        let url = url_of(exchange)?;
        if !self.kept.borrow().contains(&url) {
            return None;
        }
        site::at_host(exchange, memory, exchange.host().ok()?).await.ok()?;
        self.get(memory, &url, exchange.now)
    }

    /// Keeps an answer that is reusable. `prepare` gets the whole answer except the request's id, which belongs to one
    /// request, and returns the runtime's form of it; `None` if there is none. Returns what is kept.
    pub fn keep<P>(
        &self,
        exchange: &Exchange<'_, P>,
        found: &Found,
        prepare: impl FnOnce(&Response) -> Option<A>,
    ) -> Option<Rc<A>> {
        let Lasting::WhileTheSite(site) = &found.lasting else { return None };
        let (response, url) = (&found.response, url_of(exchange)?);
        let whole = response.status() == StatusCode::OK && response.headers().contains_key(header::ETAG);
        if !whole || response.body().len() > MAX_BODY_BYTES {
            return None;
        }
        let (host, bytes) = (exchange.host().ok()?, response.body().len() + ENTRY_BYTES);
        let mut response = response.clone();
        headers::secure(&mut response, exchange.client.secure);
        let answer = Rc::new(prepare(&response)?);
        self.put(url, Kept { host, stamp: Stamp::of(site), bytes, answer: answer.clone() });
        Some(answer)
    }

    fn put(&self, url: String, entry: Kept<A>) {
        let mut kept = self.kept.borrow_mut();
        let added = entry.bytes;
        let replaced = kept.put(url, entry);
        let mut bytes = self.bytes.get() + added - replaced.map_or(0, |old| old.bytes);
        while bytes > MAX_BYTES {
            let Some((_, oldest)) = kept.pop_lru() else { break };
            bytes -= oldest.bytes;
        }
        self.bytes.set(bytes);
    }
}

/// The whole URL of a request whose answer may be kept, as the runtime spells it.
fn url_of<P>(exchange: &Exchange<'_, P>) -> Option<String> {
    let uri = exchange.request.uri();
    let may = *exchange.request.method() == Method::GET && uri.query().is_none();
    may.then(|| format!("{}{}", exchange.client.own_origin(), uri.path()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use livery_domain::tenancy::tenant::{Tenant, TenantScope};

    const NOW: UnixMillis = UnixMillis(1_795_251_600_000);

    fn host() -> Host {
        Host::parse("a.test").unwrap()
    }

    fn site(status: TenantStatus, read_at: UnixMillis) -> SiteEntry {
        let id = TenantId::new(NOW, [1; 10]);
        let tenant = Tenant { id, key: "acme".parse().unwrap(), name: "Acme".into(), status };
        SiteEntry {
            tenant,
            scope: TenantScope::grant(id),
            release: None,
            read_at,
            host_as_of: read_at,
            face_as_of: read_at,
        }
    }

    fn kept(site: &SiteEntry, bytes: usize) -> Kept<u32> {
        Kept { host: host(), stamp: Stamp::of(site), bytes, answer: Rc::new(7) }
    }

    #[test]
    fn an_answer_is_good_while_its_site_is_known_to_be_the_same() {
        let (memory, answers) = (EdgeMemory::default(), Answers::default());
        let get = |now| answers.get(&memory, "http://a.test/b/x.css", now).as_deref().copied();
        let site = memory.put_site(host(), self::site(TenantStatus::Active, NOW));
        answers.put("http://a.test/b/x.css".into(), kept(&site, 10));
        assert_eq!(get(NOW.plus_secs(2)), Some(7));
        assert_eq!(get(NOW.plus_secs(3)), None, "the site has to be asked after");
        memory.put_site(host(), self::site(TenantStatus::Active, NOW.plus_secs(3)));
        assert_eq!(get(NOW.plus_secs(3)), Some(7), "and came back as it was");
        memory.put_site(host(), self::site(TenantStatus::Suspended, NOW.plus_secs(3)));
        assert_eq!(get(NOW.plus_secs(3)), None);
        assert_eq!(answers.bytes.get(), 0, "what is no longer true is not kept");
    }

    #[test]
    fn a_host_that_nobody_lives_at_any_more_has_no_answers() {
        let (memory, answers) = (EdgeMemory::default(), Answers::default());
        let site = memory.put_site(host(), site(TenantStatus::Active, NOW));
        answers.put("u".into(), kept(&site, 10));
        memory.put_unknown(host(), NOW);
        assert!(answers.get(&memory, "u", NOW).is_none());
    }

    #[test]
    fn answers_stay_within_their_bytes_and_the_oldest_goes_first() {
        let (memory, answers) = (EdgeMemory::default(), Answers::default());
        let site = memory.put_site(host(), site(TenantStatus::Active, NOW));
        for n in 0..40 {
            answers.put(n.to_string(), kept(&site, MAX_BODY_BYTES));
        }
        assert!(answers.bytes.get() <= MAX_BYTES);
        assert!(answers.get(&memory, "0", NOW).is_none() && answers.get(&memory, "39", NOW).is_some());
        answers.put("39".into(), kept(&site, 5));
        assert_eq!(answers.bytes.get(), MAX_BYTES - MAX_BODY_BYTES + 5, "replaced, not counted twice");
    }
}
