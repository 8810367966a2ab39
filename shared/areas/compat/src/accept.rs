//! An invitation accepted under its older name.

use crate::people;
use livery_http::{Exchange, Problem, Response, route::Parts};
use livery_platform::{Configured, Database, Entropy};

livery_http::routes! {
    /// An invitation accepted, under its older name.
    Route in Auth tagged "Older names: people";

    /// As `POST /v1/auth/invitations/accept`
    AliasAcceptInvitation = Post "/users/accept-invitation", Tenant, Anybody;
}

/// # Errors
/// Every problem of the routes above.
pub async fn answer<P: Database + Configured + Entropy>(
    route: Route,
    exchange: &Exchange<'_, P>,
    _: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::AliasAcceptInvitation => people::post_accept(exchange).await,
    }
}
