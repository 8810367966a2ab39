use livery_platform::DatabaseError;
use livery_sql_postgres::{
    engine::{self, Login, Reach},
    wire,
};
use std::time::Duration;
use worker::{
    Context, Delay, Env, Hyperdrive, Method, Request, Response, Result, Socket, console_error, event, js_sys,
};

const BINDING: &str = "HYPERDRIVE";

#[event(fetch)]
async fn fetch(mut request: Request, env: Env, context: Context) -> Result<Response> {
    if request.method() != Method::Post {
        return Response::error("a batch comes by POST", 405);
    }
    let outcome = match (env.hyperdrive(BINDING), wire::asked(&request.text().await?)) {
        (Ok(hyperdrive), Ok(statements)) => {
            let login = Login {
                user: hyperdrive.user(),
                password: hyperdrive.password(),
                database: hyperdrive.database(),
            };
            engine::run(&Pool { hyperdrive, context }, &login, &statements).await
        }
        (Err(fault), _) => {
            // An operator chose Postgres without configuring its address, and will look for the reason in the log of this
            // function.
            console_error!(
                "{{\"level\":\"error\",\"message\":\"no {BINDING} binding\",\"cause\":{:?}}}",
                fault.to_string()
            );
            Err(DatabaseError::Unavailable(format!("no {BINDING} binding")))
        }
        (_, Err(fault)) => Err(fault),
    };
    Response::ok(wire::answer(outcome))
}

struct Pool {
    hyperdrive: Hyperdrive,
    context: Context,
}

impl Reach for Pool {
    type Stream = Socket;

    fn connect(&self) -> std::result::Result<Socket, String> {
        self.hyperdrive.connect().map_err(|fault| fault.to_string())
    }

    async fn pause(&self, millis: u32) {
        Delay::from(Duration::from_millis(millis.into())).await;
    }

    fn chance(&self, below: u32) -> u32 {
        (js_sys::Math::random() * f64::from(below)) as u32
    }

    fn later(&self, goodbye: impl Future<Output = ()> + 'static) {
        self.context.wait_until(goodbye);
    }
}
