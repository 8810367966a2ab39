//! `GET /v1/live` with an upgrade

use livery_embed::live::{Subscription, Then};
use livery_world::{ACME, Answer, Call, GLOBEX, World, get, problem};

const URL: &str = "acme.livery.test/v1/live";

fn upgrade(url: &str) -> Call {
    get(url).header("connection", "Upgrade").header("upgrade", "WebSocket")
}

fn subscribed(world: &World, call: Call) -> Subscription {
    let (head, then) = world.listen(call);
    assert_eq!(head.status, 101);
    match then {
        Then::Socket(subscription) => subscription,
        _ => panic!("no socket: {}", head.whole()),
    }
}

fn with_token(token: &str) -> Call {
    upgrade(URL).header("sec-websocket-protocol", &format!("livery.v1, bearer.{token}"))
}

#[test]
fn a_session_comes_as_a_subprotocol_and_without_one_only_releases_are_heard() {
    let world = World::published();
    let browser = world.browser(&ACME);
    let subscription = subscribed(&world, with_token(&browser.session));
    assert_eq!(subscription.visitor, Some(world.visitor_of(&browser)));
    let anonymous = subscribed(&world, upgrade(&format!("{URL}?since=3")));
    assert_eq!((anonymous.visitor, anonymous.since), (None, Some(3)));
    assert_eq!(anonymous.live.map(|live| live.rev), Some(1));
}

#[test]
fn a_bad_session_is_told_over_the_socket_and_anything_else_before_it() {
    let world = World::published();
    let theirs = world.browser(&GLOBEX).session;
    for token in ["a.b.c", &theirs] {
        let (head, then) = world.listen(with_token(token));
        assert!(head.status == 101 && matches!(then, Then::RefusedSocket { code: 4001, .. }));
    }
    let refused = |call: Call| -> Answer {
        let (head, then) = world.listen(call);
        assert!(matches!(then, Then::Nothing));
        head
    };
    assert_eq!(refused(upgrade(&format!("{URL}?since=x"))).status, 400);
    refused(upgrade("nosuch.livery.test/v1/live")).is(problem("not_found"));
    refused(upgrade(&format!("{URL}/x"))).is(problem("not_found"));
}

#[test]
fn a_runtime_without_sockets_says_what_to_use_instead_and_asks_nobody() {
    let world = World::published();
    let detail = "There are no WebSockets here. Ask with `Accept: text/event-stream` for events, or with `wait=25` for the next frames as JSON.";
    let refused = world.send_without_sockets(upgrade(URL));
    refused.is(problem("not_on_this_runtime").detail(detail));
    // This one knows no tenant: what gets as far as asking is told so.
    world.send_without_sockets(get(URL)).is(problem("not_found"));
}
