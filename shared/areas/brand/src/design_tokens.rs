//! The draft's tokens in the W3C Design Tokens format, out and in.

use super::draft;
use livery_access as access;
use livery_domain::{operations::action::Action, people::permission::Permission};
use livery_http::{Exchange, Problem, Response, body};
use livery_platform::{Configured, Database};
use serde_json::{Value as Json, json};

/// `GET /v1/branding/design-tokens`: the draft's tokens in the W3C Design Tokens format.
pub async fn export<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let member = access::member(exchange).await?;
    member.require(Permission::BrandRead)?;
    let (theme, version) = draft::read(exchange, &member).await?;
    Ok(draft::shown(&livery_theme::export_design_tokens(&theme), version))
}

/// `POST /v1/branding/design-tokens`: takes what it knows of a W3C Design Tokens file into the draft, and says what it
/// took from where and what it left.
pub async fn import<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<Response, Problem> {
    let member = draft::editor(exchange).await?;
    let file: Json = body::json(exchange)?;
    let import = livery_theme::import_design_tokens(&file).map_err(|faults| draft::invalid(&faults))?;
    let (theme, version) = draft::save(exchange, &member, Action::BrandImported, &import.patch).await?;
    let mapped: Vec<_> = import.mapped.iter().map(|m| json!({ "from": m.from, "to": m.to })).collect();
    let skipped: Vec<_> =
        import.skipped.iter().map(|s| json!({ "path": s.path, "reason": s.reason })).collect();
    let answer = json!({ "branding": theme.to_value(), "mapped": mapped, "skipped": skipped });
    Ok(draft::shown(&answer, version))
}
