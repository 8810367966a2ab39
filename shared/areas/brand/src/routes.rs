//! The table of this area: which route is which operation.

use crate::{design_tokens, draft, publish, releases};
use livery_domain::people::permission::Permission;
use livery_http::{Exchange, Problem, Response, route::Parts};
use livery_platform::{Configured, Database, EdgeCache, Hub};

livery_http::routes! {
    /// The brand: its draft, publishing it, the releases that came of it.
    Route in Theme tagged "Brand";

    /// The draft of the brand
    GetBranding = Get "/v1/branding", Tenant, Member(Some(Permission::BrandRead));
    /// Change the draft
    ///
    /// A JSON merge patch: `null` gives a token its default again. What can't be compiled to a safe stylesheet is
    /// refused with line, column and rule, and nothing is kept of it.
    UpdateBranding = Patch "/v1/branding", Tenant, Member(Some(Permission::BrandEdit));
    /// The draft as a W3C Design Tokens file
    ExportDesignTokens = Get "/v1/branding/design-tokens", Tenant, Member(Some(Permission::BrandRead));
    /// A W3C Design Tokens file into the draft
    ImportDesignTokens = Post "/v1/branding/design-tokens", Tenant, Member(Some(Permission::BrandEdit));
    /// Publish the draft
    ///
    /// Every open page changes with it. `If-Match`, where it is sent, names the version of the draft that is meant.
    PublishBranding = Post "/v1/branding/publish", Tenant, Member(Some(Permission::BrandPublish));
    /// Releases, newest first
    ListReleases = Get "/v1/releases", Tenant, Member(Some(Permission::BrandRead));
}

/// # Errors
/// Every problem of the routes above.
pub async fn answer<P: Database + Configured + EdgeCache + Hub>(
    route: Route,
    exchange: &Exchange<'_, P>,
    _: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::GetBranding => draft::show(exchange).await,
        Route::UpdateBranding => draft::change(exchange).await,
        Route::ExportDesignTokens => design_tokens::export(exchange).await,
        Route::ImportDesignTokens => design_tokens::import(exchange).await,
        Route::PublishBranding => publish::publish(exchange).await,
        Route::ListReleases => releases::list(exchange).await,
    }
}
