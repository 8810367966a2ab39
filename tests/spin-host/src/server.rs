//! The listening socket and its connections.

use std::convert::Infallible;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::sync::Arc;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use wasmtime_wasi_http::io::TokioIo;

use crate::application::Application;
use crate::exchange;

/// Until SIGTERM or SIGINT. Requests that are still running then are dropped; what they had not committed is undone.
pub async fn serve(application: Arc<Application>, address: SocketAddr) -> Result<(), String> {
    let mut terminate = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(|error| error.to_string())?;
    let listener =
        TcpListener::bind(address).await.map_err(|error| format!("cannot listen on {address}: {error}"))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    announce(&application, address).map_err(|error| format!("stdout: {error}"))?;
    loop {
        tokio::select! {
            _ = terminate.recv() => return Ok(()),
            _ = interrupt.recv() => return Ok(()),
            // Failures here are of one connection, or of no free file; the next one may do better.
            accepted = listener.accept() => if let Ok((stream, client)) = accepted {
                tokio::spawn(connection(Arc::clone(&application), stream, client));
            },
        }
    }
}

async fn connection(application: Arc<Application>, stream: TcpStream, client: SocketAddr) {
    // Events are small and shall not wait for each other; without it they only come later.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| {
        let application = Arc::clone(&application);
        async move { Ok::<_, Infallible>(exchange::answer(&application, request, client).await) }
    });
    // A connection ends in an error whenever its client goes away first.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

/// The lines of Spin, which scripts wait for.
fn announce(application: &Application, address: SocketAddr) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "Serving http://{address}")?;
    writeln!(stdout, "Available Routes:")?;
    for route in application.routes.iter() {
        let wildcard = if route.is_wildcard() { " (wildcard)" } else { "" };
        writeln!(stdout, "  {}: http://{address}{}{wildcard}", route.target.name, route.prefix())?;
    }
    stdout.flush()
}
