use super::NOW;
use crate::{
    operation::{Operation, object},
    schema::{
        ConversationPage, ConversationView, EmbedSession, MessagePage, NewConversation, NewEmbedSession,
        NewMessage,
    },
};
use livery_domain::embed::{
    conversation::MessageView,
    live::{Cursor, Frame},
};
use livery_edge as edge;
use livery_embed::{live, routes as embed};
use schemars::JsonSchema;
use serde_json::json;

const CONVERSATION: &str = "cnv_019aa52f0e80700080000000000000d1";
const HASH: &str = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

/// What a poll of the live channel answers.
#[derive(JsonSchema)]
#[schemars(rename = "Frames")]
#[allow(dead_code, reason = "only its schema is wanted")]
struct Frames {
    data: Vec<Frame>,
    cursor: Cursor,
}

fn file(route: edge::Route, media_type: &'static str, name: &str) -> Operation {
    Operation::of(route)
        .path_parameter("file", json!({ "type": "string" }), name, "Hash and suffix, as a release names it.")
        .answers_like(
            200,
            "The file.",
            media_type,
            if media_type == "application/json" {
                json!({ "type": "object" })
            } else {
                json!({ "type": "string" })
            },
            None,
        )
        .with_header("ETag", "Strong.")
        .answers_nothing(304, "It is the one that `If-None-Match` names.")
}

pub fn operations() -> Vec<Operation> {
    let conversation = json!({ "id": CONVERSATION, "last_seq": 3, "created_at": NOW });
    let message = json!({
        "id": "msg_019aa52f0e80700080000000000000e1", "seq": 4, "author": "visitor", "text": "Hello", "created_at": NOW,
    });
    let session = json!({ "session_token": "eyJ…", "expires_in": 1800, "visitor_token": "eyJ…" });
    vec![
        Operation::of(edge::Route::GetLoader)
            .answers_like(200, "The script that a website includes.", "text/javascript", json!({ "type": "string" }), None)
            .answers_nothing(304, "It is the one that `If-None-Match` names."),
        Operation::of(edge::Route::GetEmbed)
            .answers_like(200, "The document.", "text/html", json!({ "type": "string" }), None)
            .answers_nothing(304, "It is the one that `If-None-Match` names.")
            .refuses(&[403]),
        file(edge::Route::GetStylesheet, "text/css", &format!("{HASH}.css")),
        file(edge::Route::GetFile, "application/json", &format!("{HASH}.json")),
        Operation::of(edge::Route::GetLiveRelease)
            .answers_like(
                200,
                "The live release.",
                "application/json",
                object(json!({
                    "rev": { "type": "integer", "minimum": 1 },
                    "stylesheet": { "type": "string" },
                    "config": { "type": "string" },
                })),
                Some(json!({ "rev": 7, "stylesheet": format!("/b/{HASH}.css"), "config": format!("/w/{HASH}.json") })),
            )
            .with_header("ETag", "Strong.")
            .answers_nothing(304, "It is the one that `If-None-Match` names.")
            .refuses(&[403]),
        Operation::of(embed::Route::CreateEmbedSession)
            .header("Origin", true, json!({ "type": "string" }), "Set by the browser.")
            .body::<NewEmbedSession>(json!({}))
            .answers::<EmbedSession>(201, "The session.", session)
            .refuses(&[403]),
        Operation::of(embed::Route::PreflightEmbedSession)
            .answers_nothing(204, "What is allowed, in CORS headers."),
        Operation::of(embed::Route::ListConversations)
            .answers::<ConversationPage>(200, "All of them.", json!({ "data": [conversation.clone()] })),
        Operation::of(embed::Route::CreateConversation)
            .body::<NewConversation>(json!({}))
            .answers::<ConversationView>(201, "It was made now.", conversation.clone())
            .answers::<ConversationView>(200, "It was there.", conversation),
        Operation::of(embed::Route::ListMessages)
            .id("conversation_id", "cnv_", "A conversation of the visitor's own.")
            .query("after", json!({ "type": "integer", "minimum": 0, "default": 0 }), "Only those with a higher `seq`.")
            .query("limit", json!({ "type": "integer", "minimum": 1, "maximum": 100, "default": 100 }), "How many at most.")
            .answers::<MessagePage>(200, "A page.", json!({ "data": [message.clone()], "has_more": false })),
        Operation::of(embed::Route::SendMessage)
            .id("conversation_id", "cnv_", "A conversation of the visitor's own.")
            .header("Idempotency-Key", false, json!({ "type": "string", "minLength": 1, "maxLength": 64 }), "A retry with the same key is the same message.")
            .body::<NewMessage>(json!({ "text": "Hello" }))
            .answers::<MessageView>(201, "It is stored and counted.", message.clone())
            .with_header("RateLimit", "What is left of the month's messages.")
            .with_header("RateLimit-Policy", "The month's quota.")
            .answers::<MessageView>(200, "It was there already.", message)
            .refuses(&[409, 429]),
        Operation::of(live::Route::OpenLiveChannel)
            .query("since", json!({ "type": "integer", "minimum": 0 }), "The revision that the page has.")
            .query("cursor", json!({ "type": "string", "maxLength": 56 }), "The `cursor` of the answer before.")
            .query("wait", json!({ "type": "integer", "minimum": 0, "maximum": 25, "default": 0 }), "Seconds.")
            .answers::<Frames>(200, "What there is to hear.", json!({ "data": [{ "type": "hello", "rev": 7 }], "cursor": "7" }))
            .refuses(&[401, 403, 501]),
    ]
}
