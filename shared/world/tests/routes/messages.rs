//! `/v1/conversations/{id}/messages`

use livery_domain::embed::live::Frame;
use livery_world::{
    ACME, Answer, Browser, GLOBEX, SECS_TO_DECEMBER, World, answer, delete, get, post, problem,
};
use serde_json::{Value as Json, json};

struct Chat {
    world: World,
    browser: Browser,
    conversation: String,
}

impl Chat {
    fn new() -> Self {
        let world = World::published();
        let browser = world.browser(&ACME);
        let conversation = world.conversation(&ACME, &browser);
        Self { world, browser, conversation }
    }

    fn url(&self) -> String {
        ACME.at(&format!("/v1/conversations/{}/messages", self.conversation))
    }

    fn say(&self, key: &str, text: &str) -> Answer {
        self.world.say(&ACME, &self.browser, &self.conversation, key, text)
    }

    fn list(&self, query: &str) -> Answer {
        self.world.send(get(&format!("{}{query}", self.url())).bearer(&self.browser.session))
    }

    /// Lets the plan have so many messages a month.
    fn limit(&self, messages: u64) {
        let sql = format!("UPDATE plans SET messages_monthly = {messages} WHERE key = 'pro'");
        self.world.platform.memory.execute_batch(&sql).unwrap();
    }
}

fn seqs(answer: &Answer) -> Vec<i64> {
    answer.json()["data"].as_array().unwrap().iter().map(|message| message["seq"].as_i64().unwrap()).collect()
}

#[test]
fn a_message_is_stored_counted_and_shown() {
    let chat = Chat::new();
    let sent = chat.say("k1", "  hello\nworld ");
    let message = json!({
        "id": sent.json()["id"],
        "seq": 1,
        "author": "visitor",
        "text": "hello\nworld",
        "created_at": "2026-11-21T09:00:00Z",
    });
    sent.is(answer(201, message.clone())
        .header("ratelimit-policy", "\"messages\";q=10000;w=2592000")
        .header("ratelimit", &format!("\"messages\";r=9999;t={SECS_TO_DECEMBER}")));
    chat.list("").is(answer(200, json!({ "data": [message], "has_more": false })));
    assert_eq!(chat.world.used(&ACME), 1);
}

#[test]
fn the_visitors_other_pages_are_told_and_nobody_else() {
    let chat = Chat::new();
    let sent = chat.say("k1", "hello");
    let frames = chat.world.platform.memory.frames_sent(&ACME.scope());
    let (Some(visitor), Frame::Message { conversation_id, message }) = frames.last().unwrap() else {
        panic!("{frames:?}")
    };
    assert_eq!(*visitor, chat.world.visitor_of(&chat.browser));
    assert_eq!(conversation_id.to_string(), chat.conversation);
    assert_eq!(serde_json::to_value(message).unwrap(), sent.json());
}

#[test]
fn a_retry_with_the_same_key_and_text_is_the_same_message_and_is_not_counted() {
    let chat = Chat::new();
    let first = chat.say("k1", "hello");
    chat.world.pass_secs(5);
    let again = chat.say("k1", " hello ");
    again.is(answer(200, first.json()));
    assert_eq!(seqs(&chat.list("")), [1]);
    assert_eq!(chat.world.used(&ACME), 1);
    let frames = chat.world.platform.memory.frames_sent(&ACME.scope());
    assert_eq!(frames.iter().filter(|(visitor, _)| visitor.is_some()).count(), 1);
}

#[test]
fn the_same_key_with_another_text_is_refused() {
    let chat = Chat::new();
    chat.say("k1", "hello");
    chat.say("k1", "good-bye").is(problem("invalid_content").fault(
        "/text",
        "idempotency_key_reused",
        "This Idempotency-Key was used for another text.",
    ));
    assert_eq!((seqs(&chat.list("")), chat.world.used(&ACME)), (vec![1], 1));
}

#[test]
fn the_same_key_in_another_conversation_is_another_message() {
    let chat = Chat::new();
    chat.say("k1", "hello");
    let other = chat.world.browser(&ACME);
    let conversation = chat.world.conversation(&ACME, &other);
    assert_eq!(chat.world.say(&ACME, &other, &conversation, "k1", "hello").status, 201);
    assert_eq!(chat.world.used(&ACME), 2);
}

#[test]
fn without_a_key_every_message_is_a_new_one() {
    let chat = Chat::new();
    for _ in 0..2 {
        let call = post(&chat.url()).bearer(&chat.browser.session).json(json!({ "text": "hello" }));
        assert_eq!(chat.world.send(call).status, 201);
    }
    assert_eq!((seqs(&chat.list("")), chat.world.used(&ACME)), (vec![1, 2], 2));
}

#[test]
fn a_key_that_is_none_is_refused() {
    let chat = Chat::new();
    let told = "`Idempotency-Key` has 1 to 64 characters and is sent once.";
    let call = || post(&chat.url()).bearer(&chat.browser.session).json(json!({ "text": "hello" }));
    for key in ["", &"x".repeat(65), "schl\u{fc}ssel"] {
        chat.world
            .send(call().header("idempotency-key", key))
            .is(problem("malformed_request").reason("invalid_idempotency_key").detail(told));
    }
    let twice = call().header("idempotency-key", "a").header("idempotency-key", "b");
    chat.world.send(twice).is(problem("malformed_request").reason("invalid_idempotency_key").detail(told));
    assert_eq!(chat.say(&"x".repeat(64), "hello").status, 201);
    assert_eq!(chat.world.used(&ACME), 1);
}

#[test]
fn the_quota_is_exact_at_its_limit_and_says_when_to_come_back() {
    let chat = Chat::new();
    chat.limit(3);
    for n in 1..=3 {
        let sent = chat.say(&format!("k{n}"), "hello");
        assert_eq!(sent.status, 201);
        assert_eq!(sent.header("ratelimit"), format!("\"messages\";r={};t={SECS_TO_DECEMBER}", 3 - n));
    }
    for n in 4..=6 {
        chat.say(&format!("k{n}"), "hello").is(problem("quota_exceeded")
            .detail("All 3 messages of this month are used. The quota begins anew on 2026-12-01T00:00:00Z.")
            .header("retry-after", &SECS_TO_DECEMBER.to_string())
            .header("ratelimit-policy", "\"messages\";q=3;w=2592000")
            .header("ratelimit", &format!("\"messages\";r=0;t={SECS_TO_DECEMBER}")));
    }
    assert_eq!((seqs(&chat.list("")), chat.world.used(&ACME)), (vec![1, 2, 3], 3));
    // What was sent before is still answered, and the next month is a new one.
    assert_eq!(chat.say("k3", "hello").status, 200);
    chat.world.pass_secs(SECS_TO_DECEMBER);
    let again = chat.world.browser_with(&ACME, json!({ "visitor_token": chat.browser.visitor_token }));
    assert_eq!(chat.world.say(&ACME, &again, &chat.conversation, "k7", "hello").status, 201);
}

#[test]
fn one_tenants_quota_is_not_anothers() {
    let chat = Chat::new();
    chat.limit(1);
    assert_eq!((chat.say("k1", "a").status, chat.say("k2", "b").status), (201, 429));
    let theirs = chat.world.browser(&GLOBEX);
    let conversation = chat.world.conversation(&GLOBEX, &theirs);
    assert_eq!(chat.world.say(&GLOBEX, &theirs, &conversation, "k1", "a").status, 201);
}

#[test]
fn a_text_that_is_none_costs_nothing() {
    let chat = Chat::new();
    for (text, why, told) in [
        ("", "empty", "write something: the text is empty"),
        (" \n\t", "empty", "write something: the text is empty"),
        (&"x".repeat(4001), "too_long", "the text is longer than 4000 characters"),
        ("a\u{0}b", "control_characters", "the text holds control characters"),
    ] {
        chat.say("k1", text).is(problem("invalid_content").fault("/text", why, told));
    }
    assert_eq!(chat.world.used(&ACME), 0);
    let longest = "\u{1f44b}".repeat(4000);
    let sent = chat.say("k1", &longest);
    assert_eq!((sent.status, sent.json()["text"].as_str()), (201, Some(longest.as_str())));
}

#[test]
fn messages_are_read_in_pages_after_a_number() {
    let chat = Chat::new();
    for n in 1..=5 {
        chat.say(&format!("k{n}"), &format!("message {n}"));
    }
    assert_eq!(seqs(&chat.list("?limit=2")), [1, 2]);
    assert_eq!(chat.list("?limit=2").json()["has_more"], json!(true));
    assert_eq!(seqs(&chat.list("?after=2&limit=2")), [3, 4]);
    assert_eq!(chat.list("?after=3&limit=2").json()["has_more"], json!(false));
    assert_eq!(seqs(&chat.list("?after=5")), Vec::<i64>::new());
    assert_eq!(seqs(&chat.list("?after=9007199254740991")), Vec::<i64>::new());
}

#[test]
fn a_page_beyond_its_bounds_is_refused() {
    let chat = Chat::new();
    for after in ["-1", "x", "9007199254740992", "1.5", ""] {
        chat.list(&format!("?after={after}")).is(problem("malformed_request")
            .reason("out_of_range")
            .detail("`after` is a whole number from 0 to 9007199254740991."));
    }
    for limit in ["0", "101"] {
        chat.list(&format!("?limit={limit}")).is(problem("malformed_request")
            .reason("out_of_range")
            .detail("`limit` is a whole number from 1 to 100."));
    }
}

#[test]
fn another_visitors_and_another_tenants_conversation_are_as_missing_as_one_that_never_was() {
    let chat = Chat::new();
    chat.say("k1", "secret");
    let theirs = chat.world.browser(&GLOBEX);
    let elsewhere = chat.world.conversation(&GLOBEX, &theirs);
    let other = chat.world.browser(&ACME);
    let at = |party: &livery_world::Party, browser: &Browser, id: &str| {
        let url = party.at(&format!("/v1/conversations/{id}/messages"));
        let read = chat.world.send(get(&url).bearer(&browser.session));
        let wrote = post(&url).bearer(&browser.session).json(json!({ "text": "hello" }));
        (read.whole(), chat.world.send(wrote).whole())
    };
    let missing = at(&ACME, &other, "cnv_019aa52f0e807000800000000000dead");
    chat.world
        .send(
            get(&ACME.at("/v1/conversations/cnv_019aa52f0e807000800000000000dead/messages"))
                .bearer(&other.session),
        )
        .is(problem("not_found"));
    assert_eq!(at(&ACME, &other, &chat.conversation), missing, "another visitor's");
    assert_eq!(at(&ACME, &other, &elsewhere), missing, "another tenant's");
    assert_eq!(at(&GLOBEX, &theirs, &chat.conversation), missing, "from the other side");
    assert_eq!(at(&ACME, &other, "nonsense"), missing, "no id at all");
    assert_eq!((chat.world.used(&ACME), chat.world.used(&GLOBEX)), (1, 0));
}

#[test]
fn bodies_that_are_none_are_refused() {
    let chat = Chat::new();
    let call = || post(&chat.url()).bearer(&chat.browser.session);
    for (body, status) in [
        (json!({}), 422),
        (json!({ "text": "a", "author": "team" }), 422),
        (json!({ "text": null }), 422),
        (json!("text"), 422),
    ] {
        assert_eq!(chat.world.send(call().json(body)).status, status);
    }
    chat.world
        .send(call().body("text/plain", "{\"text\":\"a\"}"))
        .is(problem("unsupported_media_type").detail("Send the body as application/json."));
    chat.world.send(call().json(json!({ "text": "x".repeat(60 * 1024) }))).is(problem("payload_too_large"));
    let lone_surrogate = chat.world.send(call().body("application/json", r#"{"text":"\ud83d"}"#));
    assert_eq!(lone_surrogate.status, 400, "{}", lone_surrogate.whole());
    assert_eq!(chat.world.used(&ACME), 0);
}

#[test]
fn a_longest_message_fits_however_a_client_escapes_it() {
    let chat = Chat::new();
    let escaped = format!("{{\"text\":\"{}\"}}", "\\ud83d\\udc4b".repeat(4000));
    let call = post(&chat.url()).bearer(&chat.browser.session).body("application/json", &escaped);
    assert_eq!(chat.world.send(call).status, 201);
}

#[test]
fn html_and_script_are_only_text() {
    let chat = Chat::new();
    let text = "<script>alert(1)</script>\u{202e}\u{2028}\"'";
    assert_eq!(chat.say("k1", text).json()["text"], text);
    assert_eq!(chat.list("").json()["data"][0]["text"], text);
}

#[test]
fn with_the_platform_broken_it_is_a_503_and_nothing_is_half_written() {
    let chat = Chat::new();
    chat.world.platform.memory.set_broken(true);
    chat.say("k1", "hello").is(problem("unavailable"));
    chat.list("").is(problem("unavailable"));
    chat.world.platform.memory.set_broken(false);
    assert_eq!((seqs(&chat.list("")), chat.world.used(&ACME)), (Vec::<i64>::new(), 0));
    assert_eq!(chat.say("k1", "hello").status, 201);
    assert_eq!((seqs(&chat.list("")), chat.world.used(&ACME)), (vec![1], 1));
}

#[test]
fn other_methods_and_deeper_paths_are_refused() {
    let chat = Chat::new();
    let session = &chat.browser.session;
    chat.world
        .send(delete(&chat.url()).bearer(session))
        .is(problem("method_not_allowed").header("allow", "GET, HEAD, POST"));
    for path in ["", "/messages/1", "/messages/", "/nothing"] {
        let url = ACME.at(&format!("/v1/conversations/{}{path}", chat.conversation));
        chat.world.send(get(&url).bearer(session)).is(problem("not_found"));
    }
    assert_eq!(chat.world.messages(&ACME, &chat.browser, &chat.conversation), Vec::<Json>::new());
}
