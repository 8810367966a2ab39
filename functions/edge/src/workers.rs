use crate::widget::WIDGET;
use http::StatusCode;
use livery_edge::{self as edge, Answers, EdgeMemory, HitCounter};
use livery_http::{
    Service,
    routing::{Function, function_for},
    unreachable_function,
};
use livery_platform_workers::{Prepared, admitted, handed_over, now, pathname, reply, respond};
use std::{cell::OnceCell, rc::Rc};
use wasm_bindgen::prelude::wasm_bindgen;
use worker::{Context, Env, Result, console_error, console_log, event, worker_sys::web_sys};

thread_local! {
    static ANSWERS: Rc<Answers<Prepared>> = Rc::default();
    static HIT_COUNTER: HitCounter = HitCounter::default();
    static MEMORY: Rc<EdgeMemory> = Rc::default();
}

const LIVE: &str = "LIVE";

/// The service binding of each function; `None` for what the edge answers itself.
const fn service(function: Option<Function>) -> Option<&'static str> {
    match function {
        None | Some(Function::Edge) => None,
        Some(Function::Embed) => Some("EMBED"),
        Some(Function::Live) => Some(LIVE),
        Some(Function::Auth) => Some("AUTH"),
        Some(Function::Admin) => Some("ADMIN"),
        Some(Function::Theme) => Some("THEME"),
        Some(Function::Console) => Some("CONSOLE"),
    }
}

/// The answer to a GET of `url`, as the runtime spells it, if this isolate has it in memory. `entry.js` calls this first:
/// nothing here awaits, so a hit costs neither a promise nor a copy of its body. Without a hit the request is served in
/// the ordinary way.
#[wasm_bindgen(js_name = answerAtOnce)]
#[must_use]
pub fn answer_at_once(url: &str, if_none_match: Option<String>) -> Option<web_sys::Response> {
    let now = now();
    let answer = ANSWERS.with(|answers| MEMORY.with(|memory| answers.get(memory, url, now)))?;
    let response = answer.reply(if_none_match.as_deref())?;
    say(HIT_COUNTER.with(|given| given.one(true, now)));
    Some(response)
}

#[event(fetch)]
async fn fetch(request: web_sys::Request, env: Env, _: Context) -> Result<web_sys::Response> {
    if let Some(service) = service(function_for(&pathname(&request))) {
        return match handed_over(&env, service, request).await {
            Ok(response) if service == LIVE => admitted(&env, response).await,
            Ok(response) => Ok(response),
            Err(fault) => {
                console_error!(
                    "{{\"level\":\"error\",\"message\":\"{service} does not answer\",\"cause\":{:?}}}",
                    fault.to_string()
                );
                reply(&unreachable_function())
            }
        };
    }
    let memory = MEMORY.with(Rc::clone);
    let kept = OnceCell::new();
    // Successful answers are counted: they are too many for a log line each.
    let start = |_: &_| Ok(Service::without_keys().logging_faults_only());
    let response = respond(request, env, start, edge::MAX_BODY_BYTES, async |exchange| {
        let answers = ANSWERS.with(Rc::clone);
        if let Some(answer) = answers.get_asking(exchange, &memory).await {
            let again = kept.get_or_init(|| answer).again();
            return Ok(edge::conditional(exchange, again));
        }
        let found = edge::find(exchange, &memory, &WIDGET).await?;
        if let Some(answer) = answers.keep(exchange, &found, Prepared::new) {
            let _ = kept.set(answer);
        }
        Ok(edge::conditional(exchange, found.response))
    })
    .await;
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        say(HIT_COUNTER.with(|given| given.one(false, now())));
    }
    kept.get().map_or_else(|| reply(&response), |answer| answer.first(&response))
}

fn say(line: Option<String>) {
    if let Some(line) = line {
        console_log!("{line}");
    }
}
