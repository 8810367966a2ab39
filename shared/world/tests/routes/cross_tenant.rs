//! Every route, with one tenant's credentials and the other's host, headers and objects: never an answer, and never
//! another refusal than for what does not exist.

use livery_domain::people::permission::Permission;
use livery_http::route::Caller;
use livery_world::{
    ACME, Call, GLOBEX, World, all_routes, get,
    routes::{For, ROUTES, Route, Side, filled, nobody, two_sides},
};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

/// A request for what is the other tenant's, and the same for what is nobody's.
struct Pair {
    told: String,
    theirs: Call,
    nobodys: Call,
}

fn pairs(route: &Route, acme: &Side, globex: &Side) -> Vec<Pair> {
    let nobody = nobody();
    let call = |at: &Side, who: &Side, of: &Side| (route.call)(at, who, of);
    let own = || call(acme, acme, acme);
    let mut pairs = vec![];
    let mut pair = |told: &str, theirs: Call, nobodys: Call| {
        pairs.push(Pair { told: format!("{}: {told}", route.name()), theirs, nobodys });
    };
    if route.made_for == For::Operator {
        for credentials in [&acme.access, &acme.api_key_text, &acme.session] {
            let ours = Side { operator: credentials.clone(), ..self::nobody() };
            pair("as an operator, with ours", call(globex, &ours, globex), call(globex, &nobody, &nobody));
        }
        return pairs;
    }
    if route.has_object() {
        pair("their object at our host", call(acme, acme, globex), call(acme, acme, &nobody));
        pair("our object at their host, as they", call(globex, globex, acme), call(globex, globex, &nobody));
    }
    if route.made_for == For::Anybody {
        return pairs;
    }
    let other = ("ten_019aa52f0e80700080000000000000ff", "nosuch");
    pair("their tenant key", own().header("x-tenant-key", GLOBEX.key), own().header("x-tenant-key", other.1));
    pair("their tenant id", own().header("x-tenant-id", GLOBEX.id), own().header("x-tenant-id", other.0));
    let ours_at = |at: &Side, of: &Side| call(at, acme, of);
    if route.made_for == For::Member {
        pair("our token at their host", ours_at(globex, globex), ours_at(&nobody, globex));
        let keyed = Side { access: acme.api_key_text.clone(), ..self::nobody() };
        pair("our key at their host", call(globex, &keyed, globex), call(&nobody, &keyed, globex));
        let platform = Side { host: "livery.test".into(), ..self::nobody() };
        pair(
            "their tenant key at the platform's host",
            ours_at(&platform, globex).header("x-tenant-key", GLOBEX.key),
            ours_at(&platform, globex).header("x-tenant-key", other.1),
        );
        pair(
            "their tenant id at the platform's host",
            ours_at(&platform, globex).header("x-tenant-id", GLOBEX.id),
            ours_at(&platform, globex).header("x-tenant-id", other.0),
        );
    }
    if matches!(route.made_for, For::Visitor | For::AnybodyOrVisitor) {
        pair("our session at their host", ours_at(globex, globex), call(globex, &nobody, globex));
        let member = Side { session: acme.access.clone(), ..self::nobody() };
        pair("our access token at their host", call(globex, &member, globex), call(globex, &nobody, globex));
    }
    pairs
}

/// All that a tenant's people can see of it, and all that its pages were told.
fn everything_of(world: &World, side: &Side) -> String {
    let mut seen = String::new();
    for path in [
        "/v1/tenant",
        "/v1/usage",
        "/v1/embed-policy",
        "/v1/branding",
        "/v1/releases",
        "/v1/members",
        "/v1/invitations",
        "/v1/roles",
        "/v1/grants",
    ] {
        seen += &world.send(get(&format!("{}{path}", side.host)).bearer(&side.access)).whole();
    }
    for path in ["/v1/conversations".to_owned(), format!("/v1/conversations/{}/messages", side.conversation)]
    {
        seen += &world.send(get(&format!("{}{path}", side.host)).bearer(&side.session)).whole();
    }
    seen + &format!("{:?}", world.platform.memory.frames_sent(&GLOBEX.scope()))
}

#[test]
fn no_route_tells_one_tenant_whether_something_of_the_other_exists() {
    let (world, acme, globex) = two_sides();
    let before = everything_of(&world, &globex);
    let mut asked = 0;
    for route in ROUTES {
        for Pair { told, theirs, nobodys } in pairs(route, &acme, &globex) {
            let theirs = world.send(theirs);
            assert!(theirs.status >= 400, "{told}: {}", theirs.whole());
            assert_eq!(theirs.whole(), world.send(nobodys).whole(), "{told}");
            asked += 1;
        }
    }
    assert!(asked > 60, "only {asked} pairs were asked");
    assert_eq!(everything_of(&world, &globex), before, "nothing of theirs has changed");
}

#[test]
fn what_anybody_may_see_is_the_same_with_any_credentials() {
    let (world, acme, globex) = two_sides();
    for route in ROUTES.iter().filter(|route| route.made_for == For::Anybody && route.method == "GET") {
        let plain = world.send(route.own(&globex));
        assert_eq!(plain.status, 200, "{}", route.name());
        for token in [&acme.access, &acme.session, &globex.access, "a.b.c"] {
            let known = world.send(route.own(&globex).bearer(token));
            assert_eq!(known.whole(), plain.whole(), "{}", route.name());
        }
    }
}

#[test]
fn at_the_doors_the_other_tenants_people_and_sites_are_nobody() {
    let (world, acme, globex) = two_sides();
    let nobody = nobody();
    for route in ROUTES.iter().filter(|route| route.path == "/v1/auth/login") {
        let theirs = world.send((route.call)(&globex, &acme, &globex));
        assert_eq!(theirs.status, 401);
        assert_eq!(theirs.whole(), world.send((route.call)(&globex, &nobody, &globex)).whole());
    }
    for route in ROUTES.iter().filter(|route| route.name() == "POST /v1/embed/sessions") {
        let theirs = world.send((route.call)(&globex, &acme, &globex));
        let nobodys = world.send((route.call)(&globex, &nobody, &globex));
        assert_eq!(theirs.status, 403);
        assert_eq!(
            theirs.whole().replace(&acme.shop, "(origin)"),
            nobodys.whole().replace(&nobody.shop, "(origin)")
        );
    }
}

#[test]
fn every_row_is_a_request_that_its_own_tenant_is_granted() {
    // Else a refusal above would prove nothing.
    for route in ROUTES {
        let (world, acme, _) = two_sides();
        let granted = world.send(route.own(&acme));
        assert!(granted.status < 300, "{}: {}", route.name(), granted.whole());
    }
}

/// `/v1/roles/{role_id}` as rows of the world have it: `/v1/roles/{}`.
fn shape(pattern: &str) -> String {
    let pieces = pattern.split(['{', '}']).enumerate();
    pieces.map(|(at, piece)| if at % 2 == 0 { piece } else { "{}" }).collect()
}

#[test]
fn every_route_of_the_tables_has_its_row_and_no_path_has_two_patterns() {
    let (world, acme, _) = two_sides();
    let all = all_routes();
    let rows: BTreeSet<_> = ROUTES.iter().map(Route::name).collect();
    let named: BTreeSet<_> =
        all.iter().map(|route| format!("{} {}", route.method.as_str(), shape(route.pattern))).collect();
    assert_eq!(rows, named);
    assert_eq!(all.len(), named.len(), "two rows of the tables are for the same");
    for path in all.iter().map(|route| shape(route.pattern)) {
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
            let call = Call::of(method, &format!("{}{}", ACME.host, filled(&path, &acme)));
            // Some are served at the platform's own host alone.
            let answer = world.send(call.clone());
            let answer = if answer.status == 404 { world.send(call.at_platform()) } else { answer };
            let served = ![404, 405].contains(&answer.status);
            assert_eq!(
                served,
                rows.contains(&format!("{method} {path}")),
                "{method} {path}: {}",
                answer.whole()
            );
        }
    }
}

#[test]
fn options_says_which_methods_a_path_has() {
    let (world, acme, _) = two_sides();
    for path in
        all_routes().iter().map(|route| shape(route.pattern)).filter(|path| path != "/v1/embed/sessions")
    {
        let answer = world.send(Call::of("OPTIONS", &format!("{}{}", ACME.host, filled(&path, &acme))));
        let wanted: BTreeSet<_> =
            ROUTES.iter().filter(|row| row.path == path).map(|row| row.method).collect();
        let mut allowed: BTreeSet<_> = answer.header("allow").split(", ").collect();
        assert_eq!(allowed.remove("HEAD"), wanted.contains("GET"), "{path}: {}", answer.whole());
        assert_eq!((answer.status, allowed), (204, wanted), "{path}");
    }
}

/// What may be done is told in the table, and each row keeps to it: with every permission but its own a key is refused, and
/// with its own alone it is not.
#[test]
fn every_row_takes_the_permission_that_it_names_and_no_other() {
    let mut faults = vec![];
    for route in all_routes() {
        let Caller::Member(Some(permission)) = route.caller else { continue };
        let path = shape(route.pattern);
        let row = ROUTES.iter().find(|row| row.path == path && row.method == route.method.as_str()).unwrap();
        for (alone, is_refused) in [(false, true), (true, false)] {
            let (world, acme, _) = two_sides();
            let scopes: Vec<_> = Permission::ALL
                .iter()
                .filter(|one| (**one == permission) == alone)
                .map(|one| one.as_str())
                .collect();
            let key = world.make_key(&ACME, json!({ "name": "proof", "scopes": scopes }))["key"]
                .as_str()
                .unwrap()
                .to_owned();
            let answer = world.send(row.own(&acme).without_header("authorization").header("x-api-key", &key));
            // A rule of the team that refuses says which: what says nothing more is the lack of the permission.
            let problem = if answer.status == 403 { answer.json() } else { Json::Null };
            let refused = problem["code"] == "forbidden" && problem.get("detail").is_none();
            // The row takes a signed-in person, whatever a key may do.
            let takes_a_person = answer.status == 401 || problem["code"] == "person_needed";
            if refused != is_refused && !takes_a_person {
                faults.push(format!(
                    "{} {} {permission:?}: {}",
                    row.name(),
                    if alone { "with" } else { "without" },
                    answer.status
                ));
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}
