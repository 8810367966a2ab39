//! What an isolate keeps in memory between requests: bounded in number, size and age.

use super::rendered::{Document, Look};
use bytes::Bytes;
use livery_domain::{
    brand::release::{ArtifactKind, Manifest, Rev},
    clock::UnixMillis,
    id::TenantId,
    tenancy::{
        host::Host,
        tenant::{Tenant, TenantScope},
    },
};
use lru::LruCache;
use std::{
    cell::{Cell, OnceCell, RefCell},
    num::NonZeroUsize,
    rc::Rc,
};

/// Hosts remembered. An entry is about 1 KB with its manifest: 10,000 are 10 MB of an isolate's 128.
const MAX_HOSTS: usize = 10_000;
/// How long a host's live release is used without a look-up: how late a page that opens may be after a publish. Open pages
/// are notified by the hub, at once.
const SITE_FRESH_MILLIS: i64 = 2_000;
/// How long an old entry may still be served while neither cache nor database answers.
const SITE_STALE_MILLIS: i64 = 3_600_000;

/// Unknown hosts remembered, separate from the known ones so that a flood of made-up names can't evict those. An entry
/// is at most 350 octets: 1.4 MB.
const MAX_UNKNOWN_HOSTS: usize = 4_096;
/// How long an unknown host stays unknown: how late a new tenant may appear here.
const UNKNOWN_MILLIS: i64 = 10_000;

/// Bytes of release files remembered: what answers are made of. The answers themselves have twice as much.
const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;
/// A file above this is served but not remembered, so that one tenant can't evict many others.
const MAX_REMEMBERED_FILE_BYTES: usize = 1024 * 1024;
/// Hashes remembered as absent, so that a flood of made-up ones reads no more than their first look-up.
const MAX_ABSENT_FILES: usize = 4_096;
/// How long a hash counts as absent: for at most this long can a page be notified of a file that is not served yet.
const ABSENT_MILLIS: i64 = 1_000;

/// Look-ups in SQL for names that are in no cache: so many at once…
const LOOK_UP_BURST: u32 = 32;
/// …and so many a second after that. A flood of made-up hosts costs the database no more, however large it is.
const LOOK_UPS_PER_SEC: u32 = 16;

/// A tenant's public face at one host.
pub struct SiteEntry {
    pub tenant: Tenant,
    pub scope: TenantScope,
    /// `None` before the first publish.
    pub release: Option<LiveRelease>,
    /// When this isolate last looked.
    pub(super) read_at: UnixMillis,
    /// When the host's tenant and the tenant's public face were read from SQL: a cache's copy that is older is ignored.
    pub(super) host_as_of: UnixMillis,
    pub(super) face_as_of: UnixMillis,
}

pub struct LiveRelease {
    pub rev: Rev,
    pub manifest: Manifest,
    /// The embed document, built at the first request for it.
    pub(super) document: OnceCell<Rc<Document>>,
    /// What the release looks like, read at the first request for it.
    pub(crate) look: OnceCell<Rc<Look>>,
}

/// What is known of a host without a look-up.
pub enum Known {
    Site(Rc<SiteEntry>),
    Unknown,
    /// Too old to be used without a look-up; used if neither cache nor SQL answers.
    Stale(Rc<SiteEntry>),
    Nothing,
}

type FileKey = (TenantId, ArtifactKind, String);

/// The memory of one isolate. One thread serves an isolate, so plain cells do.
pub struct EdgeMemory {
    sites: RefCell<LruCache<Host, Rc<SiteEntry>>>,
    unknown: RefCell<LruCache<Host, UnixMillis>>,
    files: RefCell<LruCache<FileKey, Bytes>>,
    file_bytes: Cell<usize>,
    absent: RefCell<LruCache<FileKey, UnixMillis>>,
    host_look_ups: TokenBucket,
    file_look_ups: TokenBucket,
}

/// How many look-ups in SQL are left at a moment.
struct TokenBucket(Cell<(UnixMillis, u32)>);

impl TokenBucket {
    /// Takes one; `false` where none is left.
    fn take(&self, now: UnixMillis) -> bool {
        let (since, left) = self.0.get();
        let refilled = now.since(since).max(0).saturating_mul(i64::from(LOOK_UPS_PER_SEC)) / 1000;
        let (since, left) = if refilled > 0 {
            let refilled = u32::try_from(refilled).unwrap_or(u32::MAX);
            (now, left.saturating_add(refilled).min(LOOK_UP_BURST))
        } else {
            (since, left)
        };
        self.0.set((since, left.saturating_sub(1)));
        left > 0
    }
}

impl Default for TokenBucket {
    fn default() -> Self {
        Self(Cell::new((UnixMillis(0), LOOK_UP_BURST)))
    }
}

impl Default for EdgeMemory {
    fn default() -> Self {
        let bound = |most: usize| NonZeroUsize::new(most).unwrap_or(NonZeroUsize::MIN);
        Self {
            sites: RefCell::new(LruCache::new(bound(MAX_HOSTS))),
            unknown: RefCell::new(LruCache::new(bound(MAX_UNKNOWN_HOSTS))),
            files: RefCell::new(LruCache::unbounded()),
            file_bytes: Cell::new(0),
            absent: RefCell::new(LruCache::new(bound(MAX_ABSENT_FILES))),
            host_look_ups: TokenBucket::default(),
            file_look_ups: TokenBucket::default(),
        }
    }
}

impl EdgeMemory {
    pub fn site(&self, host: &Host, now: UnixMillis) -> Known {
        if let Some(site) = self.sites.borrow_mut().get(host) {
            let age = now.since(site.read_at);
            if (0..=SITE_FRESH_MILLIS).contains(&age) {
                return Known::Site(site.clone());
            }
            if (0..=SITE_STALE_MILLIS).contains(&age) {
                return Known::Stale(site.clone());
            }
        }
        match self.unknown.borrow_mut().get(host) {
            Some(since) if (0..=UNKNOWN_MILLIS).contains(&now.since(*since)) => Known::Unknown,
            _ => Known::Nothing,
        }
    }

    /// Remembers a site. What was already built for the same release is kept.
    pub fn put_site(&self, host: Host, entry: SiteEntry) -> Rc<SiteEntry> {
        let mut sites = self.sites.borrow_mut();
        if let Some(old) = sites.peek(&host).and_then(|old| old.release.as_ref())
            && let Some(new) = entry.release.as_ref().filter(|new| new.rev == old.rev)
        {
            // Cannot be set: `new` was made a moment ago.
            if let Some(document) = old.document.get() {
                let _ = new.document.set(document.clone());
            }
            if let Some(look) = old.look.get() {
                let _ = new.look.set(look.clone());
            }
        }
        let entry = Rc::new(entry);
        self.unknown.borrow_mut().pop(&host);
        sites.put(host, entry.clone());
        entry
    }

    pub fn put_unknown(&self, host: Host, now: UnixMillis) {
        self.sites.borrow_mut().pop(&host);
        self.unknown.borrow_mut().put(host, now);
    }

    /// Takes one of the look-ups that made-up hosts may cost; `false` where none is left at the moment.
    pub fn may_look_up_host(&self, now: UnixMillis) -> bool {
        self.host_look_ups.take(now)
    }

    /// The same for made-up files, counted separately: a flood of hashes at one tenant must not keep other tenants' hosts
    /// from being found.
    pub fn may_look_up_file(&self, now: UnixMillis) -> bool {
        self.file_look_ups.take(now)
    }

    pub fn file(&self, tenant: TenantId, kind: ArtifactKind, hash: &str) -> Option<Bytes> {
        self.files.borrow_mut().get(&(tenant, kind, hash.to_owned())).cloned()
    }

    pub fn put_file(&self, tenant: TenantId, kind: ArtifactKind, hash: &str, body: &Bytes) {
        if body.len() > MAX_REMEMBERED_FILE_BYTES {
            return;
        }
        let mut files = self.files.borrow_mut();
        let replaced = files.put((tenant, kind, hash.to_owned()), body.clone());
        let mut bytes = self.file_bytes.get() + body.len() - replaced.map_or(0, |old| old.len());
        while bytes > MAX_FILE_BYTES {
            let Some((_, oldest)) = files.pop_lru() else { break };
            bytes -= oldest.len();
        }
        self.file_bytes.set(bytes);
        self.absent.borrow_mut().pop(&(tenant, kind, hash.to_owned()));
    }

    pub fn is_absent(&self, tenant: TenantId, kind: ArtifactKind, hash: &str, now: UnixMillis) -> bool {
        let mut absent = self.absent.borrow_mut();
        absent
            .get(&(tenant, kind, hash.to_owned()))
            .is_some_and(|since| (0..=ABSENT_MILLIS).contains(&now.since(*since)))
    }

    pub fn put_absent(&self, tenant: TenantId, kind: ArtifactKind, hash: &str, now: UnixMillis) {
        self.absent.borrow_mut().put((tenant, kind, hash.to_owned()), now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use livery_domain::tenancy::lifecycle::TenantStatus;

    const CSS: ArtifactKind = ArtifactKind::Stylesheet;
    const NOW: UnixMillis = UnixMillis(1_795_251_600_000);

    fn host(name: &str) -> Host {
        Host::parse(name).unwrap()
    }

    fn entry(read_at: UnixMillis) -> SiteEntry {
        let id = TenantId::new(NOW, [1; 10]);
        SiteEntry {
            tenant: Tenant {
                id,
                key: "acme".parse().unwrap(),
                name: "Acme".into(),
                status: TenantStatus::Active,
            },
            scope: TenantScope::grant(id),
            release: None,
            read_at,
            host_as_of: read_at,
            face_as_of: read_at,
        }
    }

    #[test]
    fn a_site_is_fresh_then_stale_then_forgotten() {
        let memory = EdgeMemory::default();
        memory.put_site(host("a.test"), entry(NOW));
        assert!(matches!(memory.site(&host("a.test"), NOW.plus_secs(2)), Known::Site(_)));
        assert!(matches!(memory.site(&host("a.test"), NOW.plus_secs(3)), Known::Stale(_)));
        assert!(matches!(memory.site(&host("a.test"), NOW.plus_secs(4000)), Known::Nothing));
        assert!(
            matches!(memory.site(&host("a.test"), NOW.plus_secs(-9)), Known::Nothing),
            "the clock went back"
        );
    }

    #[test]
    fn a_flood_of_unknown_hosts_neither_grows_the_memory_nor_pushes_out_known_ones() {
        let memory = EdgeMemory::default();
        memory.put_site(host("a.test"), entry(NOW));
        for n in 0..20_000 {
            memory.put_unknown(host(&format!("x{n}.test")), NOW);
        }
        assert_eq!(memory.unknown.borrow().len(), MAX_UNKNOWN_HOSTS);
        assert!(matches!(memory.site(&host("a.test"), NOW), Known::Site(_)));
        assert!(matches!(memory.site(&host("x19999.test"), NOW), Known::Unknown));
        assert!(matches!(memory.site(&host("x19999.test"), NOW.plus_secs(11)), Known::Nothing));
    }

    #[test]
    fn look_ups_for_made_up_names_are_rationed() {
        let memory = EdgeMemory::default();
        let granted = |now| (0..10_000).filter(|_| memory.may_look_up_host(now)).count();
        assert_eq!(granted(NOW), LOOK_UP_BURST as usize);
        assert_eq!(granted(NOW.plus_secs(1)), LOOK_UPS_PER_SEC as usize);
        assert_eq!(granted(NOW.plus_secs(1000)), LOOK_UP_BURST as usize);
        assert!(memory.may_look_up_file(NOW.plus_secs(1000)), "files have a ration of their own");
    }

    #[test]
    fn files_stay_within_their_bytes_and_the_oldest_goes_first() {
        let memory = EdgeMemory::default();
        let tenant = TenantId::new(NOW, [1; 10]);
        let body = Bytes::from(vec![b'a'; MAX_REMEMBERED_FILE_BYTES]);
        for n in 0..40 {
            memory.put_file(tenant, CSS, &n.to_string(), &body);
        }
        assert!(memory.file_bytes.get() <= MAX_FILE_BYTES);
        assert!(memory.file(tenant, CSS, "0").is_none() && memory.file(tenant, CSS, "39").is_some());
        memory.put_file(tenant, CSS, "large", &Bytes::from(vec![b'a'; MAX_REMEMBERED_FILE_BYTES + 1]));
        assert!(memory.file(tenant, CSS, "large").is_none());
    }

    #[test]
    fn a_file_belongs_to_its_tenant() {
        let memory = EdgeMemory::default();
        let (acme, globex) = (TenantId::new(NOW, [1; 10]), TenantId::new(NOW, [2; 10]));
        memory.put_file(acme, CSS, "h", &Bytes::from_static(b"x"));
        assert!(memory.file(globex, CSS, "h").is_none());
        memory.put_absent(globex, CSS, "h", NOW);
        assert!(memory.is_absent(globex, CSS, "h", NOW) && !memory.is_absent(acme, CSS, "h", NOW));
    }
}
