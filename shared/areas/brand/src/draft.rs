//! The draft: read, and changed by merge patch.

use http::{StatusCode, header};
use livery_access::{
    self as access, Member,
    change::{self, Decision, Planned},
};
use livery_domain::{
    brand::theme::{Fault, Theme},
    operations::action::Action,
    people::permission::Permission,
    tenancy::flag::Flag,
};
use livery_http::{
    Exchange, Problem, ProblemKind, Response, body, headers, precondition, problem::FieldFault,
};
use livery_platform::{Configured, Database};
use livery_store::brand::themes::{self, Draft};
use livery_tenancy::flags;
use livery_theme::{CssFault, Stylesheet};
use serde_json::Value as Json;

/// The draft of a tenant with the version that a writer must name; the default brand at version 0 before the first save.
pub async fn read<P: Database>(exchange: &Exchange<'_, P>, member: &Member) -> Result<(Theme, i64), Problem> {
    theme_of(themes::draft(exchange.platform, &member.scope).await?)
}

fn theme_of(draft: Option<Draft>) -> Result<(Theme, i64), Problem> {
    let Some(draft) = draft else { return Ok((Theme::default(), 0)) };
    let theme = Theme::parse(&draft.theme).map_err(|faults| {
        Problem::new(ProblemKind::Internal).cause(format!("a stored draft is not a theme: {faults:?}"))
    })?;
    Ok((theme, draft.version))
}

/// The stylesheet of a theme.
///
/// # Errors
/// 422 `unsafe_stylesheet` with every place that is at fault.
pub fn compiled(theme: &Theme) -> Result<Stylesheet, Problem> {
    livery_theme::compile(theme).map_err(|faults| {
        Problem::new(ProblemKind::UnsafeStylesheet).faults(faults.into_iter().map(field_fault).collect())
    })
}

fn field_fault(fault: CssFault) -> FieldFault {
    match fault {
        CssFault::Token(fault) => FieldFault::new(fault.pointer, fault.reason, fault.detail),
        CssFault::Custom(fault) => FieldFault {
            pointer: "/custom_css".into(),
            reason: fault.rule.reason(),
            detail: fault.reason,
            rule: Some(fault.rule.slug().into()),
            line: Some(fault.line),
            column: Some(fault.column),
        },
    }
}

/// `GET /v1/branding`
pub async fn show<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let (member, draft) = access::member_reading(exchange, themes::draft_of).await?;
    member.require(Permission::BrandRead)?;
    let (theme, version) = theme_of(draft)?;
    Ok(shown(&theme.to_value(), version))
}

/// `PATCH /v1/branding`: a JSON merge patch; `null` gives a token its default again and clears what is optional.
pub async fn change<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let member = editor(exchange).await?;
    let patch = body::merge_patch(exchange)?;
    let (theme, version) = save(exchange, &member, Action::BrandChanged, &patch).await?;
    Ok(shown(&theme.to_value(), version))
}

/// Who may change the brand, as of now.
pub async fn editor<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Member, Problem> {
    let member = access::member(exchange).await?;
    member.require(Permission::BrandEdit)?;
    Ok(member)
}

/// Saves the draft that a patch gives, unless somebody else was first. What can't be compiled is not kept: a draft can
/// always be published. `action` is what it is called in the audit log.
pub async fn save<P: Database>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    action: Action,
    patch: &Json,
) -> Result<(Theme, i64), Problem> {
    change::write(exchange, &member.scope, member.actor, async || {
        let (old, version) = read(exchange, member).await?;
        precondition::require_match(exchange.request.headers(), &headers::version_etag(version))?;
        let theme = old.patched(patch).map_err(|faults| invalid(&faults))?;
        // Who had the feature once keeps working on the draft: publishing decides again.
        if old.powered_by && !theme.powered_by {
            flags::require(exchange, &member.scope, Flag::RemovePoweredBy).await?;
        }
        compiled(&theme)?;
        let value = theme.to_value();
        let (before, after) = change::differing(&old.to_value(), &value);
        Ok(Decision::Change(Planned {
            action,
            target: member.tenant.id.to_string(),
            before: Some(before),
            after: Some(after),
            statements: vec![themes::draft_saved(&member.scope, version, &value, exchange.now)],
            output: (theme, version + 1),
        }))
    })
    .await
}

pub fn invalid(faults: &[Fault]) -> Problem {
    let faults = faults
        .iter()
        .map(|fault| FieldFault::new(fault.pointer.clone(), fault.reason, fault.detail.clone()))
        .collect();
    Problem::new(ProblemKind::InvalidContent).faults(faults)
}

pub fn shown(body: &Json, version: i64) -> Response {
    let mut response = headers::json(StatusCode::OK, body);
    headers::set(&mut response, header::ETAG, &headers::version_etag(version));
    response
}
