//! Publishing: from the draft to what every visitor sees.

use super::{draft, releases::ReleaseView};
use crate::{Exchange, Problem, ProblemKind, Response, edge, flags, headers, scope::Member};
use http::{StatusCode, header};
use livery_domain::{
    flag::Flag,
    hash::content_hash,
    live::ReleasePointer,
    release::{Artifact, ArtifactKind, Manifest, Release},
    theme::Theme,
};
use livery_platform::{Configured, Database, EdgeCache, Hub};
use livery_store::{
    directory,
    releases::{self, NewRelease},
};
use serde_json::{Value as Json, json};

/// How often a publisher who lost a race tries again: each loss means that another publish went through.
const TRIES: usize = 3;

/// `POST /v1/branding/publish`
///
/// 201 with the new release; 200 with the live one where publishing would change nothing. `If-Match`, where it is sent,
/// names the version of the draft that is meant.
///
/// Invariant: SQL first, in one batch, then the edge cache, then the hub. Whoever is told of a release can read it, and
/// a publisher that dies on the way leaves the old release or the new one: the cache's copy is renewed from SQL within
/// a minute, and a hub hears of the live release from every page that connects.
pub async fn publish<P: Database + Configured + EdgeCache + Hub>(
    exchange: &Exchange<'_, P>,
) -> Result<Response, Problem> {
    let member = draft::editor(exchange).await?;
    for _ in 0..TRIES {
        let (theme, version) = draft::read(exchange, &member).await?;
        let etag = headers::version_etag(version);
        if headers::names_etag(exchange.request.headers(), header::IF_MATCH, &etag, false) == Some(false) {
            return Err(ProblemKind::PreconditionFailed.into());
        }
        let theme = as_entitled(exchange, &member, theme).await?;
        let artifacts = artifacts_of(&member, &theme)?;
        let live = releases::live(exchange.platform, &member.scope).await?;
        let manifest = manifest_of(exchange, &member, &artifacts).await?;
        if let Some(live) = live.filter(|live| live.manifest == manifest) {
            spread(exchange, &member, &live, &artifacts).await;
            return Ok(headers::json(StatusCode::OK, &ReleaseView::new(&live, true)));
        }
        let release = Release {
            rev: releases::newest_rev(exchange.platform, &member.scope).await? + 1,
            manifest,
            published_by: member.actor.user(),
            published_at: exchange.now,
        };
        let new = NewRelease { release: &release, theme: &theme.to_value(), artifacts: &artifacts };
        if releases::publish(exchange.platform, &member.scope, &new).await? {
            spread(exchange, &member, &release, &artifacts).await;
            return Ok(headers::json(StatusCode::CREATED, &ReleaseView::new(&release, true)));
        }
    }
    Err(Problem::new(ProblemKind::Conflict).detail("Others are publishing at this moment. Try again."))
}

/// Tells the edge cache and every open page. Neither can undo the publish: what is not told now is read from SQL later.
async fn spread<P: EdgeCache + Hub>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    release: &Release,
    artifacts: &[Artifact],
) {
    for file in artifacts {
        edge::file::put(exchange.platform, &member.scope, file).await;
    }
    edge::site::put_live(exchange.platform, &member.scope, release, exchange.now).await;
    let pointer = ReleasePointer::new(release.rev, &release.manifest);
    let _ = exchange.platform.publish_release(&member.scope, pointer).await;
}

/// The theme as the tenant may show it now: a draft from before a downgrade says "powered by" again.
async fn as_entitled<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    theme: Theme,
) -> Result<Theme, Problem> {
    if theme.powered_by || flags::evaluate(exchange, &member.scope).await?.include(Flag::RemovePoweredBy) {
        return Ok(theme);
    }
    Ok(Theme { powered_by: true, ..theme })
}

fn artifacts_of(member: &Member, theme: &Theme) -> Result<[Artifact; 2], Problem> {
    let sheet = draft::compiled(theme)?;
    let config = config_of(&member.tenant.name, theme).to_string();
    Ok([
        Artifact { kind: ArtifactKind::Stylesheet, hash: sheet.hash, body: sheet.css },
        Artifact { kind: ArtifactKind::Config, hash: content_hash(config.as_bytes()), body: config },
    ])
}

async fn manifest_of<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    artifacts: &[Artifact; 2],
) -> Result<Manifest, Problem> {
    let [stylesheet, config] = artifacts;
    let (embed_policy, _) = directory::embed_policy(exchange.platform, &member.scope).await?;
    Ok(Manifest { stylesheet: stylesheet.hash.clone(), config: config.hash.clone(), embed_policy })
}

/// What the widget reads beside its stylesheet.
pub fn config_of(name: &str, theme: &Theme) -> Json {
    json!({
        "name": name,
        "texts": theme.texts,
        "assets": theme.assets,
        "powered_by": theme.powered_by,
        "theme_mode": theme.theme_mode,
        "layout": theme.tokens.layout,
    })
}
