//! The table of this area: which route is which operation.

use crate::{conversations, messages, sessions};
use livery_http::{Exchange, Problem, Response, route::Parts};
use livery_platform::{Configured, Database, Entropy, ExactCounter, Hub};

livery_http::routes! {
    /// What the widget asks for.
    Route in Embed tagged "Widget";

    /// The browser's question before it
    PreflightEmbedSession = Options "/v1/embed/sessions", Tenant, Anybody;
    /// A session for the page's origin
    ///
    /// Called by the customer's page; its `Origin` has to be one that the tenant allows.
    CreateEmbedSession = Post "/v1/embed/sessions", Tenant, Anybody;
    /// The visitor's conversations
    ListConversations = Get "/v1/conversations", Tenant, Visitor;
    /// The visitor's open conversation
    CreateConversation = Post "/v1/conversations", Tenant, Visitor;
    /// Messages, oldest first
    ListMessages = Get "/v1/conversations/{conversation_id}/messages", Tenant, Visitor;
    /// Say something
    SendMessage = Post "/v1/conversations/{conversation_id}/messages", Tenant, Visitor;
}

/// # Errors
/// Every problem of the routes above.
pub async fn answer<P: Database + Configured + Entropy + ExactCounter + Hub>(
    route: Route,
    exchange: &Exchange<'_, P>,
    parts: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::PreflightEmbedSession => Ok(sessions::preflight()),
        Route::CreateEmbedSession => sessions::mint(exchange).await,
        Route::ListConversations => conversations::list(exchange).await,
        Route::CreateConversation => conversations::open(exchange).await,
        Route::ListMessages => messages::list(exchange, parts.text(0)).await,
        Route::SendMessage => messages::send(exchange, parts.text(0)).await,
    }
}
