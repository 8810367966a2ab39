//! Immutable files by hash, and answers to conditional requests.

use super::{
    answers::{Found, Lasting},
    memory::{EdgeMemory, Known},
    site,
    widget::{WidgetFile, WidgetFiles},
};
use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use livery_domain::{
    brand::release::ArtifactKind, hash::is_content_hash, reason::Reason, tenancy::tenant::TenantScope,
};
use livery_http::{Exchange, Problem, ProblemKind, Response, headers};
use livery_platform::{Configured, Database, EdgeCache};
use livery_publication::{file_key, put_file};
use livery_store::brand::releases;

/// `GET /b/{hash}.css` and `GET /w/{hash}.json`: a file of one of the tenant's releases, old ones too, since a page that
/// is open may still ask for them.
pub async fn of_release<P: Database + EdgeCache + Configured>(
    exchange: &Exchange<'_, P>,
    memory: &EdgeMemory,
    kind: ArtifactKind,
    hash: &str,
) -> Result<Found, Problem> {
    if !is_content_hash(hash) {
        return Err(Problem::not_found());
    }
    let site = site::find(exchange, memory).await?;
    let body = body(exchange, memory, &site.scope, kind, hash).await?;
    let response = shared(body, kind.media_type(), hash, headers::IMMUTABLE);
    Ok(Found { response, lasting: Lasting::WhileTheSite(site) })
}

/// `GET /w/{hash}.js` and `GET /w/{hash}.css`: the widget's own files, the same for every tenant.
pub fn of_widget<P>(
    exchange: &Exchange<'_, P>,
    memory: &EdgeMemory,
    widget: &WidgetFiles,
    hash: &str,
    extension: &str,
) -> Result<Found, Problem> {
    let response = match extension {
        "js" if hash == widget.embed.hash => script(&widget.embed, headers::IMMUTABLE),
        "js" if hash == widget.loader.hash => script(&widget.loader, headers::IMMUTABLE),
        "css" if hash == widget.base.hash => {
            let media_type = ArtifactKind::Stylesheet.media_type();
            shared(widget.base.body.clone(), media_type, hash, headers::IMMUTABLE)
        }
        _ => return Err(Problem::not_found()),
    };
    // Nobody is asked for these files; that the site is known keeps made-up hosts out of the memory of answers.
    let known = exchange.host().map(|host| memory.site(&host, exchange.now));
    let lasting = match known {
        Ok(Known::Site(site)) => Lasting::WhileTheSite(site),
        _ => Lasting::ThisRequest,
    };
    Ok(Found { response, lasting })
}

/// The bytes of a release file: memory, edge cache, SQL. A push never outruns them: SQL has them before anybody is told.
pub async fn body<P: Database + EdgeCache>(
    exchange: &Exchange<'_, P>,
    memory: &EdgeMemory,
    scope: &TenantScope,
    kind: ArtifactKind,
    hash: &str,
) -> Result<Bytes, Problem> {
    let tenant = scope.tenant();
    if let Some(body) = memory.file(tenant, kind, hash) {
        return Ok(body);
    }
    if memory.is_absent(tenant, kind, hash, exchange.now) {
        return Err(Problem::not_found());
    }
    let cached = exchange.platform.cached(&file_key(scope, kind, hash)).await.ok().flatten();
    // The name is the proof: whatever a cache says, only bytes with this hash are served under it for a year.
    if let Some(body) = cached
        && exchange.platform.hash_of(&body).await == hash
    {
        memory.put_file(tenant, kind, hash, &body);
        return Ok(body);
    }
    if !memory.may_look_up_file(exchange.now) {
        return Err(Problem::new(ProblemKind::Unavailable)
            .because(Reason::LookupsLimited)
            .detail("Too many unknown files are being asked for."));
    }
    let found = releases::artifact(exchange.platform, scope, hash).await?.filter(|file| file.kind == kind);
    let Some(file) = found else {
        memory.put_absent(tenant, kind, hash, exchange.now);
        return Err(Problem::not_found());
    };
    put_file(exchange.platform, scope, &file).await;
    let body = Bytes::from(file.body);
    memory.put_file(tenant, kind, hash, &body);
    Ok(body)
}

pub fn script(file: &WidgetFile, cache: &'static str) -> Response {
    shared(file.body.clone(), "text/javascript; charset=utf-8", file.hash, cache)
}

/// A file that pages of other origins may load, also under `Cross-Origin-Embedder-Policy` and with SRI.
fn shared(body: Bytes, media_type: &'static str, hash: &str, cache: &'static str) -> Response {
    let mut response = Response::new(body);
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    out.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    out.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    headers::set(&mut response, header::ETAG, &format!("\"{hash}\""));
    response
}

/// Whether a caller with this `If-None-Match` has the answer with this entity tag already.
#[must_use]
pub fn is_unchanged(if_none_match: &str, etag: &str) -> bool {
    headers::list_names(if_none_match, etag, true)
}

/// 304 without a body where the caller has this very answer.
pub fn conditional<P>(exchange: &Exchange<'_, P>, mut response: Response) -> Response {
    let etag = response.headers().get(header::ETAG).and_then(|etag| etag.to_str().ok());
    let has_it = etag
        .and_then(|etag| headers::names_etag(exchange.request.headers(), header::IF_NONE_MATCH, etag, true));
    if has_it == Some(true) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Bytes::new();
        response.headers_mut().remove(header::CONTENT_TYPE);
    }
    response
}
