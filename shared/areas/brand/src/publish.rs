//! Publishing: from the draft to what every visitor sees.

use super::{compiled::Compiled, draft, releases::ReleaseView};
use http::{StatusCode, header};
use livery_access::{
    self as access, Member,
    change::{self, Decision, Planned},
};
use livery_domain::{
    brand::{
        config::config_of,
        release::{Artifact, ArtifactKind, Manifest, Release, Rev},
        theme::Theme,
    },
    embed::{live::ReleasePointer, origin::EmbedPolicy},
    hash::content_hash,
    operations::action::Action,
    people::permission::Permission,
    tenancy::flag::{Flag, Flags},
};
use livery_http::{Exchange, Problem, ProblemKind, Response, headers};
use livery_platform::{Configured, Database, EdgeCache, Hub};
use livery_store::{
    Read,
    brand::{
        releases::{self, NewRelease},
        themes::{self, Draft},
    },
    tenancy::{directory, flags},
};
use serde_json::{Value as Json, json};

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
    let member = access::member(exchange).await?;
    member.require(Permission::BrandPublish)?;
    let mut stylesheet = Compiled::default();
    let by = member.by(Permission::BrandPublish);
    let done = change::write(
        exchange,
        &by,
        || needs(&member),
        |_, found| plan(exchange, &member, found, &mut stylesheet),
    )
    .await?;
    propagate(exchange, &member, &done).await;
    let status = if done.is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok(headers::json(status, &ReleaseView::new(&done.release, true)))
}

/// A release that is live, and its files.
struct Done {
    release: Release,
    artifacts: [Artifact; 2],
    is_new: bool,
}

/// What a release is made of, and what is live.
struct Found {
    draft: Option<Draft>,
    flags: Flags,
    embed_policy: EmbedPolicy,
    live: Option<Release>,
    newest_rev: Rev,
}

fn needs(member: &Member) -> Read<Found> {
    let scope = &member.scope;
    let brand =
        themes::draft_of(scope).and(flags::as_they_count(scope)).and(directory::embed_policy_of(scope));
    brand.and(releases::live(scope)).and(releases::newest_rev(scope)).map(
        |((((draft, flags), (embed_policy, _)), live), newest_rev)| Found {
            draft,
            flags,
            embed_policy,
            live,
            newest_rev,
        },
    )
}

fn plan<P>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    found: Found,
    stylesheet: &mut Compiled,
) -> Result<Decision<Done>, Problem> {
    let (theme, version) = draft::theme_of(found.draft)?;
    let etag = headers::version_etag(version);
    if headers::names_etag(exchange.request.headers(), header::IF_MATCH, &etag, false) == Some(false) {
        return Err(ProblemKind::PreconditionFailed.into());
    }
    let theme = as_entitled(&found.flags, theme);
    let artifacts = artifacts_of(member, &theme, stylesheet)?;
    let [sheet, config] = &artifacts;
    let manifest = Manifest {
        stylesheet: sheet.hash.clone(),
        config: config.hash.clone(),
        embed_policy: found.embed_policy,
    };
    let live = match found.live {
        Some(release) if release.manifest == manifest => {
            return Ok(Decision::Nothing(Done { release, artifacts, is_new: false }));
        }
        other => other,
    };
    let release = Release {
        rev: found.newest_rev + 1,
        manifest,
        published_by: member.actor.user(),
        published_at: exchange.now,
    };
    let new = NewRelease { release: &release, theme: &theme.to_value(), artifacts: &artifacts };
    Ok(Decision::Change(Planned {
        action: Action::BrandPublished,
        target: member.tenant.id.to_string(),
        before: live.as_ref().map(audit_summary),
        after: Some(audit_summary(&release)),
        statements: releases::published(&member.scope, &new)?,
        output: Done { release, artifacts, is_new: true },
    }))
}

/// A release as the audit log has it: its number, and the names of its files, which are their hashes.
fn audit_summary(release: &Release) -> Json {
    json!({ "rev": release.rev, "manifest": release.manifest })
}

/// Tells the edge cache and every open page. Neither can undo the publish: what is not told now is read from SQL later.
async fn propagate<P: Database + EdgeCache + Hub>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    Done { release, artifacts, .. }: &Done,
) {
    for file in artifacts {
        livery_publication::put_file(exchange.platform, &member.scope, file).await;
    }
    let _ = livery_publication::renew(exchange.platform, &member.scope, exchange.now).await;
    let pointer = ReleasePointer::new(release.rev, &release.manifest);
    let _ = exchange.platform.publish_release(&member.scope, pointer).await;
}

/// The theme as the tenant may show it now: a draft from before a downgrade says "powered by" again.
fn as_entitled(flags: &Flags, theme: Theme) -> Theme {
    let powered_by = theme.powered_by || !flags.include(Flag::RemovePoweredBy);
    Theme { powered_by, ..theme }
}

fn artifacts_of(member: &Member, theme: &Theme, stylesheet: &mut Compiled) -> Result<[Artifact; 2], Problem> {
    let sheet = stylesheet.of(theme)?;
    let config = config_of(&member.tenant.name, theme).to_string();
    Ok([
        Artifact { kind: ArtifactKind::Stylesheet, hash: sheet.hash.clone(), body: sheet.css.clone() },
        Artifact { kind: ArtifactKind::Config, hash: content_hash(config.as_bytes()), body: config },
    ])
}
