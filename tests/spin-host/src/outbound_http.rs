//! Requests that components send: plain HTTP/1.1 to the hosts that the manifest allows.

use std::sync::Arc;
use std::time::Duration;

use http::header::HeaderValue;
use http::{Request, Response, Uri};
use http_body_util::BodyExt as _;
use hyper::client::conn::http1;
use tokio::net::TcpStream;
use tokio::time::timeout;
use wasmtime_wasi_http::io::TokioIo;
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

use crate::allowed_hosts::{AllowedHosts, default_port};
use crate::application::Component;
use crate::output::report;

/// What wasi:http leaves to the host where the component sets nothing.
const USUAL_TIMEOUT: Duration = Duration::from_secs(600);

type Outcome = Box<dyn Future<Output = Result<(), Error>> + Send>;
type Sent = Result<(Response<WasiBody>, Outcome), Error>;

pub struct OutboundHttp {
    component: String,
    allowed: Arc<AllowedHosts>,
}

impl OutboundHttp {
    pub fn new(component: &Component) -> Self {
        Self { component: component.name.clone(), allowed: Arc::clone(&component.allowed_hosts) }
    }

    fn check(&self, uri: &Uri) -> Result<(String, u16), Error> {
        let scheme = uri.scheme_str().ok_or(Error::HttpRequestUriInvalid)?;
        let host = uri.host().ok_or(Error::HttpRequestUriInvalid)?;
        let port = uri.port_u16().or_else(|| default_port(scheme)).ok_or(Error::HttpRequestUriInvalid)?;
        if !self.allowed.allow(scheme, host, port) {
            let name = &self.component;
            report(&format!("{name}: allowed_outbound_hosts does not allow {scheme}://{host}:{port}"));
            return Err(Error::HttpRequestDenied);
        }
        if scheme != "http" {
            report(&format!("{}: {scheme}://{host}: this host speaks no TLS, use http", self.component));
            return Err(Error::TlsProtocolError);
        }
        Ok((host.trim_matches(['[', ']']).to_owned(), port))
    }
}

impl WasiHttpHooks for OutboundHttp {
    fn send_request(
        &mut self,
        request: Request<WasiBody>,
        options: Option<RequestOptions>,
        _processed: Outcome,
    ) -> Box<dyn Future<Output = Sent> + Send> {
        let target = self.check(request.uri());
        Box::new(async move {
            let (host, port) = target?;
            send(request, &host, port, options.unwrap_or_default()).await
        })
    }
}

async fn send(mut request: Request<WasiBody>, host: &str, port: u16, options: RequestOptions) -> Sent {
    if options.between_bytes_timeout.is_some() {
        report("an outgoing request sets a time-out between bytes, which this host does not have");
        return Err(Error::ConfigurationError);
    }
    let connect = TcpStream::connect((host, port));
    let stream = timeout(options.connect_timeout.unwrap_or(USUAL_TIMEOUT), connect)
        .await
        .map_err(|_| Error::ConnectionTimeout)?
        .map_err(Error::Connect)?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // It ends by itself when the response's body was read or dropped; what goes wrong on it, the body tells.
    tokio::spawn(connection);

    if let Some(authority) = request.uri().authority() {
        let authority =
            HeaderValue::from_str(authority.as_str()).map_err(|_| Error::HttpRequestUriInvalid)?;
        request.headers_mut().insert(http::header::HOST, authority);
    }
    let path = request.uri().path_and_query().cloned();
    *request.uri_mut() = path.map(Uri::from).unwrap_or_default();
    let response = timeout(options.first_byte_timeout.unwrap_or(USUAL_TIMEOUT), sender.send_request(request))
        .await
        .map_err(|_| Error::ConnectionReadTimeout)??;
    let response = response.map(|body| body.map_err(Error::from).boxed_unsync());
    Ok((response, Box::new(async { Ok(()) })))
}
