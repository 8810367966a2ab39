//! A route, told once: a table of rows per noun, and everything that follows from it.
//!
//! [`routes!`](crate::routes) makes an enum of a table. Dispatch, 405 with `Allow`, HEAD, OPTIONS, the pattern in the log and the
//! method, path, name, tag, caller and words of the OpenAPI document are derived from it.

use crate::{
    exchange::Exchange,
    headers::no_content,
    message::Response,
    problem::Problem,
    routing::{Function, function_for},
};
use http::{HeaderValue, header};
use livery_domain::people::permission::Permission;
use std::str::FromStr;

/// The methods that routes have. HEAD is GET without the body, and OPTIONS is answered for every path: neither has a row, but
/// for a preflight that has to be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
    /// A preflight: what it answers depends on who asks.
    Options,
}

impl Method {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
        }
    }

    /// Whether a request with this method is the route's: HEAD asks for what GET answers.
    fn takes(self, method: &http::Method) -> bool {
        method.as_str() == self.as_str() || self == Self::Get && *method == http::Method::HEAD
    }
}

/// Who may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// No credentials are read.
    Anybody,
    /// A browser with an embed session, or one without: then only what everybody may see.
    AnybodyOrVisitor,
    /// A signed-in person or a key of the tenant, with this permission where one is named.
    Member(Option<Permission>),
    /// A signed-in person: keys are refused.
    Person,
    /// A browser with an embed session.
    Visitor,
    /// The platform's own people.
    Operator,
    /// A browser with a console's cookie, or at a page that leads to one.
    Console,
}

/// Where a route lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// At a tenant's host. What asks for a member also answers at the platform's, where a token or a header says for whom.
    Tenant,
    /// At the platform's own host alone.
    Platform,
    /// The same at every host.
    Any,
}

/// What dispatch needs of a route.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    pub method: Method,
    /// `/v1/roles/{id}`: a segment in braces takes any text but an empty one.
    pub pattern: &'static str,
}

/// A table of routes, as [`routes!`](crate::routes) makes it.
pub trait Routes: Copy + Sized + 'static {
    const FUNCTION: Function;
    const TAG: &'static str;
    const ALL: &'static [Self];
    /// In the order of [`Routes::ALL`].
    const ROWS: &'static [Row];

    fn caller(self) -> Caller;
    fn at(self) -> At;
    /// `ListRoles`
    fn name(self) -> &'static str;
    /// The doc comment: its first line is the summary, the rest the description.
    fn doc(self) -> &'static str;
    fn row(self) -> Row;
}

/// All that a table says of a route: for tests, and for what is made of the tables.
#[derive(Debug, Clone, Copy)]
pub struct RouteDescription {
    pub name: &'static str,
    pub tag: &'static str,
    pub method: Method,
    pub pattern: &'static str,
    pub caller: Caller,
    pub at: At,
    pub function: Function,
    pub doc: &'static str,
}

/// Every route of a table.
#[must_use]
pub fn descriptions<R: Routes>() -> Vec<RouteDescription> {
    let described = |route: &R| {
        let Row { method, pattern } = route.row();
        RouteDescription {
            name: route.name(),
            tag: R::TAG,
            method,
            pattern,
            caller: route.caller(),
            at: route.at(),
            function: R::FUNCTION,
            doc: route.doc(),
        }
    };
    R::ALL.iter().map(described).collect()
}

/// Most segments in braces of one pattern.
const MAX_PARTS: usize = 3;

/// The segments of a path that stand where its pattern has braces, in their order.
#[derive(Debug, Clone, Copy, Default)]
pub struct Parts<'x>([&'x str; MAX_PARTS]);

impl<'x> Parts<'x> {
    /// The text of a segment as it stands in the path; empty where the pattern has fewer.
    #[must_use]
    pub fn text(&self, place: usize) -> &'x str {
        self.0.get(place).copied().unwrap_or_default()
    }

    /// The first segment as an id.
    ///
    /// # Errors
    /// 404 for what is none.
    pub fn id<T: FromStr>(&self) -> Result<T, Problem> {
        self.id_at(0)
    }

    /// A segment as an id.
    ///
    /// # Errors
    /// 404 for what is none.
    pub fn id_at<T: FromStr>(&self, place: usize) -> Result<T, Problem> {
        self.text(place).parse().map_err(|_| Problem::not_found())
    }
}

/// What a table has for a request.
pub enum Found<'x, R> {
    Route(R, Parts<'x>),
    /// An answer that the table itself gives: OPTIONS.
    Answer(Response),
    /// The path is none of this table.
    Nothing,
}

/// Looks a request up in a table.
///
/// # Errors
/// 405 where the path is the table's and the method is not.
pub fn find<'x, R: Routes, P>(exchange: &'x Exchange<'_, P>) -> Result<Found<'x, R>, Problem> {
    let path = exchange.request.uri().path();
    match look_up(R::ROWS, path, exchange.request.method()) {
        LookedUp::Row(place, parts) => {
            exchange.is_route(R::ROWS.get(place).map(|row| row.pattern));
            R::ALL.get(place).map_or(Ok(Found::Nothing), |route| Ok(Found::Route(*route, parts)))
        }
        LookedUp::Other(pattern, allowed) => {
            exchange.is_route(Some(pattern));
            other(exchange.request.method(), &allowed).map(Found::Answer)
        }
        LookedUp::Nothing => Ok(Found::Nothing),
    }
}

enum LookedUp<'x> {
    Row(usize, Parts<'x>),
    /// The path, by its pattern, with the methods that it has.
    Other(&'static str, String),
    Nothing,
}

/// Apart from [`find`], so that it is compiled once for all tables.
fn look_up<'x>(rows: &'static [Row], path: &'x str, method: &http::Method) -> LookedUp<'x> {
    // The first pattern that takes the path has it: `/users/invite` before `/users/{user_id}`.
    let Some((pattern, parts)) = rows.iter().find_map(|row| Some((row.pattern, matched(row.pattern, path)?)))
    else {
        return LookedUp::Nothing;
    };
    let mut allowed = String::new();
    for (place, row) in rows.iter().enumerate().filter(|(_, row)| row.pattern == pattern) {
        if row.method.takes(method) {
            return LookedUp::Row(place, parts);
        }
        allow(&mut allowed, row.method);
    }
    LookedUp::Other(pattern, allowed)
}

fn allow(allowed: &mut String, method: Method) {
    let names: &[&str] = if method == Method::Get { &["GET", "HEAD"] } else { &[method.as_str()] };
    for name in names {
        if !allowed.is_empty() {
            allowed.push_str(", ");
        }
        allowed.push_str(name);
    }
}

/// The answer where no row has the method: to OPTIONS what there is, to any other a refusal that says it too.
fn other(method: &http::Method, allowed: &str) -> Result<Response, Problem> {
    let value = HeaderValue::from_str(allowed).unwrap_or(HeaderValue::from_static(""));
    if *method != http::Method::OPTIONS {
        return Err(Problem::method_not_allowed(value));
    }
    let mut response = no_content();
    response.headers_mut().insert(header::ALLOW, value);
    Ok(response)
}

/// The parts of a path that a pattern takes; `None` where it does not take the path.
fn matched<'x>(pattern: &str, path: &'x str) -> Option<Parts<'x>> {
    let mut parts = Parts::default();
    let mut free = parts.0.iter_mut();
    let mut segments = path.split('/');
    for wanted in pattern.split('/') {
        let segment = segments.next()?;
        if wanted.starts_with('{') {
            *free.next()? = segment;
            if segment.is_empty() {
                return None;
            }
        } else if wanted != segment {
            return None;
        }
    }
    segments.next().is_none().then_some(parts)
}

/// Whether every pattern of a table lies where the edge hands its function's paths: [`routes!`](crate::routes) asks it while
/// it is compiled.
#[must_use]
pub const fn all_belong_to(rows: &[Row], function: Function) -> bool {
    let mut place = 0;
    while place < rows.len() {
        // `indexing_slicing`: a const block has no iterators, and `place` is below the length.
        #[allow(clippy::indexing_slicing)]
        let row = rows[place];
        match function_for(row.pattern) {
            Some(found) if found as u8 == function as u8 => place += 1,
            _ => return false,
        }
    }
    true
}

/// Makes an enum `Route` of a table of routes: one row per route, whose doc comment is what the OpenAPI document says of it.
///
/// ```
/// livery_http::routes! {
///     /// Roles, and what each may do.
///     Route in Admin tagged "roles";
///     /// Lists roles.
///     ListRoles = Get "/v1/roles", Tenant, Member(Some(livery_domain::people::permission::Permission::MembersRead));
///     /// Shows a role.
///     GetRole = Get "/v1/roles/{id}", Tenant, Member(None);
/// }
/// ```
///
/// A pattern that the edge hands to another function does not compile:
///
/// ```compile_fail
/// livery_http::routes! {
///     /// Roles.
///     Route in Auth tagged "roles";
///     /// Lists roles.
///     ListRoles = Get "/v1/roles", Tenant, Member(None);
/// }
/// ```
#[macro_export]
macro_rules! routes {
    (
        $(#[$about:meta])*
        $table:ident in $function:ident tagged $tag:literal;
        $($(#[doc = $doc:literal])+ $name:ident = $method:ident $pattern:literal, $at:ident, $caller:ident $(($permission:expr))?;)+
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        // A route's name is an operation's id in the whole API, so it says its noun.
        #[allow(clippy::enum_variant_names)]
        pub enum $table { $($(#[doc = $doc])+ $name,)+ }

        impl $crate::route::Routes for $table {
            const FUNCTION: $crate::routing::Function = $crate::routing::Function::$function;
            const TAG: &'static str = $tag;
            const ALL: &'static [Self] = &[$(Self::$name,)+];
            const ROWS: &'static [$crate::route::Row] = &[$($crate::route::Row {
                method: $crate::route::Method::$method,
                pattern: $pattern,
            },)+];

            fn caller(self) -> $crate::route::Caller {
                match self { $(Self::$name => $crate::route::Caller::$caller $(($permission))?,)+ }
            }

            fn at(self) -> $crate::route::At {
                match self { $(Self::$name => $crate::route::At::$at,)+ }
            }

            fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)+ }
            }

            fn doc(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc, "\n",)+),)+ }
            }

            fn row(self) -> $crate::route::Row {
                match self { $(Self::$name => $crate::route::Row {
                    method: $crate::route::Method::$method,
                    pattern: $pattern,
                },)+ }
            }
        }

        const _: () = assert!(
            $crate::route::all_belong_to(
                <$table as $crate::route::Routes>::ROWS,
                <$table as $crate::route::Routes>::FUNCTION,
            ),
            "a pattern of this table lies where the edge hands paths to another function: see routing.rs",
        );
    };
}

/// Makes `route`, a function's way from a request to the table that has it, and `PORTS`, the names of the ports that it is given:
/// what `scripts/check-bindings` holds its bindings and grants to. A table that the edge hands to another function does not
/// compile.
///
/// ```
/// mod roles {
///     use livery_http::{Exchange, Problem, Response, headers::no_content, route::Parts};
///     livery_http::routes! {
///         /// Roles.
///         Route in Admin tagged "roles";
///         /// Lists roles.
///         ListRoles = Get "/v1/roles", Tenant, Member(None);
///     }
///     pub async fn answer<P>(_: Route, _: &Exchange<'_, P>, _: &Parts<'_>) -> Result<Response, Problem> {
///         Ok(no_content())
///     }
/// }
/// use livery_platform::{Configured, Database};
/// livery_http::serve! {
///     /// # Errors
///     /// What the tables answer.
///     Admin with Database Configured; roles
/// }
/// assert_eq!(PORTS, ["Database", "Configured"]);
/// ```
#[macro_export]
macro_rules! serve {
    ($(#[$about:meta])* $function:ident with $($port:ident)+; $($($module:ident)::+),+ $(,)?) => {
        /// Names of the ports that the tables of this function ask for.
        pub const PORTS: &[&str] = &[$(stringify!($port),)+];

        /// Every route of this function.
        #[must_use]
        pub fn descriptions() -> Vec<$crate::route::RouteDescription> {
            let tables = [$($crate::route::descriptions::<$($module)::+::Route>(),)+];
            tables.into_iter().flatten().collect()
        }

        $(#[$about])*
        pub async fn route<P: $($port +)+>(
            exchange: &$crate::Exchange<'_, P>,
        ) -> Result<$crate::Response, $crate::Problem> {
            $crate::dispatch!(exchange; $($($module)::+),+)
        }

        $(const _: () = assert!(
            <$($module)::+::Route as $crate::route::Routes>::FUNCTION as u8 == $crate::routing::Function::$function as u8,
            "this table is another function's",
        );)+
    };
}

/// Answers a request by the first of some tables that has its path; 404 where none has.
///
/// Each is a module with a table `Route` and `answer(route, exchange, &parts)`. A function behind a comma is asked first whether
/// the request came to the kind of host that the route is at.
#[macro_export]
macro_rules! dispatch {
    ($exchange:expr; $($($module:ident)::+),+ $(,)?) => {
        $crate::dispatch!($exchange, $crate::route::anywhere; $($($module)::+),+)
    };
    ($exchange:expr, $is_here:path; $($($module:ident)::+),+ $(,)?) => {{
        $({
            use $($module)::+ as table;
            use $crate::route::Routes as _;
            match $crate::route::find::<table::Route, _>($exchange)? {
                $crate::route::Found::Route(route, parts) => {
                    $is_here($exchange, route.at())?;
                    return table::answer(route, $exchange, &parts).await;
                }
                $crate::route::Found::Answer(response) => return Ok(response),
                $crate::route::Found::Nothing => {}
            }
        })+
        Err($crate::Problem::not_found())
    }};
}

/// What [`dispatch!`](crate::dispatch) asks where each route looks at the host itself.
///
/// # Errors
/// None.
pub fn anywhere<P>(_: &Exchange<'_, P>, _: At) -> Result<(), Problem> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(pattern: &str, path: &str) -> Option<Vec<String>> {
        matched(pattern, path).map(|parts| {
            parts.0.iter().filter(|part| !part.is_empty()).map(|part| (*part).to_owned()).collect()
        })
    }

    #[test]
    fn a_pattern_takes_paths_with_as_many_segments_and_no_empty_part() {
        assert_eq!(texts("/v1/roles", "/v1/roles"), Some(vec![]));
        assert_eq!(texts("/v1/roles/{id}", "/v1/roles/rol_1"), Some(vec!["rol_1".to_owned()]));
        assert_eq!(texts("/v1/a/{b}/c/{d}", "/v1/a/1/c/2"), Some(vec!["1".to_owned(), "2".to_owned()]));
        for path in
            ["/v1/roles/", "/v1/roles//", "/v1/roles", "/v1/roles/a/b", "v1/roles/a", "//v1/roles/a", ""]
        {
            assert_eq!(texts("/v1/roles/{id}", path), None, "{path}");
        }
    }

    #[test]
    fn a_path_with_another_method_is_told_with_all_that_it_has() {
        const ROWS: &[Row] = &[
            Row { method: Method::Get, pattern: "/a/{id}" },
            Row { method: Method::Delete, pattern: "/a/{id}" },
            Row { method: Method::Post, pattern: "/a" },
        ];
        for (method, path, wanted) in [
            ("GET", "/a/1", "row 0"),
            ("HEAD", "/a/1", "row 0"),
            ("DELETE", "/a/1", "row 1"),
            ("get", "/a/1", "GET, HEAD, DELETE"),
            ("PUT", "/a/1", "GET, HEAD, DELETE"),
            ("OPTIONS", "/a", "POST"),
            ("POST", "/b", "nothing"),
        ] {
            let method = http::Method::from_bytes(method.as_bytes()).unwrap();
            let found = match look_up(ROWS, path, &method) {
                LookedUp::Row(place, _) => format!("row {place}"),
                LookedUp::Other(_, allowed) => allowed,
                LookedUp::Nothing => "nothing".to_owned(),
            };
            assert_eq!(found, wanted, "{method} {path}");
        }
    }
}
