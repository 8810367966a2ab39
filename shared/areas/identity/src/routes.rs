//! Signing in and all that follows from it: `/v1/auth/*`.

use crate::{history, jwks, password, refresh, register, reset, sessions, sign_in, subdomains, switch};
use livery_http::{Exchange, Problem, Response, route::Parts};
use livery_platform::{Configured, Database, Entropy, Mailer};

livery_http::routes! {
    /// Registration, sessions, passwords.
    Route in Auth tagged "Account";

    /// Sign in
    ///
    /// At the platform's own host `X-Tenant-Key` names the tenant; without it, the platform's own people sign in. Too
    /// many attempts are refused for a while, never for ever: a `device_token` of an earlier sign-in, or a password
    /// reset, lets the person in.
    SignIn = Post "/v1/auth/login", Tenant, Anybody;
    /// The next tokens of a session
    ///
    /// A refresh token is good once. Shown again within 30 s it is taken for a lost answer; after that the session
    /// ends.
    RefreshSession = Post "/v1/auth/refresh", Tenant, Anybody;
    /// Sign out here
    SignOut = Post "/v1/auth/logout", Tenant, Person;
    /// Sign out on every device, of every tenant
    SignOutEverywhere = Post "/v1/auth/logout-everywhere", Tenant, Person;
    /// One's own sessions
    ListSessions = Get "/v1/auth/sessions", Tenant, Person;
    /// End one of one's own sessions
    RevokeSession = Delete "/v1/auth/sessions/{session_id}", Tenant, Person;
    /// One's own sign-in history, newest first
    ListSignIns = Get "/v1/auth/sign-ins", Tenant, Person;
    /// Register a tenant
    ///
    /// One atomic step: tenant, owner, trial, default brand, first release; any failure leaves nothing.
    RegisterTenant = Post "/v1/auth/register", Platform, Anybody;
    /// Whether a name below the platform is free
    CheckSubdomain = Get "/v1/auth/subdomains/{key}", Platform, Anybody;
    /// Another password, by the present one
    ///
    /// Ends every other session of the person, and tells it by mail.
    ChangePassword = Post "/v1/auth/password", Tenant, Person;
    /// A link to set another password, by mail
    ///
    /// The same answer whether there is such a person or not.
    RequestPasswordReset = Post "/v1/auth/password/forgot", Tenant, Anybody;
    /// Set another password, with the code of the mail
    ///
    /// Good once, for an hour. Ends every session of the person, and lifts what too many attempts had locked.
    ResetPassword = Post "/v1/auth/password/reset", Tenant, Anybody;
    /// A session in another tenant that one is in
    ///
    /// A new session with tokens of its own; the one that asks stays as it is.
    SwitchTenant = Post "/v1/auth/switch", Tenant, Person;
    /// The public keys of access tokens
    GetKeys = Get "/.well-known/jwks.json", Any, Anybody;
}

/// # Errors
/// Every problem of the routes above.
pub async fn answer<P: Database + Configured + Entropy + Mailer>(
    route: Route,
    exchange: &Exchange<'_, P>,
    parts: &Parts<'_>,
) -> Result<Response, Problem> {
    match route {
        Route::SignIn => sign_in::post(exchange).await,
        Route::RefreshSession => refresh::post(exchange).await,
        Route::SignOut => sessions::post_logout(exchange).await,
        Route::SignOutEverywhere => sessions::post_logout_everywhere(exchange).await,
        Route::ListSessions => sessions::get_all(exchange).await,
        Route::RevokeSession => sessions::delete_one(exchange, parts.text(0)).await,
        Route::ListSignIns => history::get_page(exchange).await,
        Route::RegisterTenant => register::post(exchange).await,
        Route::CheckSubdomain => subdomains::get(exchange, parts.text(0)).await,
        Route::ChangePassword => password::post(exchange).await,
        Route::RequestPasswordReset => reset::post_forgot(exchange).await,
        Route::ResetPassword => reset::post_reset(exchange).await,
        Route::SwitchTenant => switch::post(exchange).await,
        Route::GetKeys => jwks::get(exchange),
    }
}
