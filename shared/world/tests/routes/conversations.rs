//! `/v1/conversations`

use livery_world::{ACME, GLOBEX, World, answer, delete, get, post, problem};
use serde_json::json;

const URL: &str = "acme.livery.test/v1/conversations";

#[test]
fn a_visitor_has_one_open_conversation() {
    let world = World::published();
    let browser = world.browser(&ACME);
    let open = || world.send(post(URL).bearer(&browser.session).json(json!({})));
    let made = open();
    let conversation =
        json!({ "id": made.json()["id"], "last_seq": 0, "created_at": "2026-11-21T09:00:00Z" });
    made.is(answer(201, conversation.clone()));
    world.pass_secs(60);
    open().is(answer(200, conversation.clone()));
    world.send(get(URL).bearer(&browser.session)).is(answer(200, json!({ "data": [conversation] })));
}

#[test]
fn after_one_is_closed_the_next_is_opened_and_the_newest_comes_first() {
    let world = World::published();
    let browser = world.browser(&ACME);
    let first = world.conversation(&ACME, &browser);
    world.platform.memory.execute_batch("UPDATE conversations SET status = 'closed'").unwrap();
    world.pass_secs(1);
    let second = world.conversation(&ACME, &browser);
    assert_ne!(first, second);
    let list = world.send(get(URL).bearer(&browser.session)).json();
    let ids: Vec<_> = list["data"].as_array().unwrap().iter().map(|c| c["id"].clone()).collect();
    assert_eq!(ids, [second, first]);
}

#[test]
fn the_same_visitor_finds_its_conversation_again_in_the_next_session() {
    let world = World::published();
    let first = world.browser(&ACME);
    let conversation = world.conversation(&ACME, &first);
    let again = world.browser_with(&ACME, json!({ "visitor_token": first.visitor_token }));
    assert_eq!(world.conversation(&ACME, &again), conversation);
}

#[test]
fn another_visitor_and_another_tenant_see_nothing_of_it() {
    let world = World::published();
    let browser = world.browser(&ACME);
    let conversation = world.conversation(&ACME, &browser);
    for (party, other) in [(&ACME, world.browser(&ACME)), (&GLOBEX, world.browser(&GLOBEX))] {
        let list = world.send(get(&party.at("/v1/conversations")).bearer(&other.session));
        list.is(answer(200, json!({ "data": [] })));
        assert_ne!(world.conversation(party, &other), conversation);
    }
}

#[test]
fn without_a_session_of_this_tenant_there_is_nothing() {
    let world = World::published();
    let globex = world.browser(&GLOBEX);
    let acme = world.browser(&ACME);
    let forged = world.forged_session(&ACME, world.visitor_of(&acme));
    for call in [
        get(URL),
        get(URL).bearer(&globex.session),
        get(URL).bearer(&world.access_token(&ACME)),
        get(URL).bearer(&acme.visitor_token),
        get(URL).bearer(&forged),
        post(URL).bearer(&globex.session).json(json!({})),
    ] {
        world.send(call).is(problem("unauthenticated"));
    }
}

#[test]
fn opening_takes_an_empty_object() {
    let world = World::published();
    let browser = world.browser(&ACME);
    let refused = world.send(post(URL).bearer(&browser.session).json(json!({ "visitor_id": "vis_1" })));
    assert_eq!((refused.status, &refused.json()["code"]), (422, &json!("invalid_content")));
    world
        .send(delete(URL).bearer(&browser.session))
        .is(problem("method_not_allowed").header("allow", "GET, HEAD, POST"));
}
