//! A response's body on its way to the client, holding the instance that writes it.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{Method, Response, StatusCode};
use http_body::{Body, Frame, SizeHint};
use tokio::task::{AbortHandle, JoinHandle};
use wasmtime_wasi_http::{Error, WasiBody};

/// An instance at work. Where it works for one client alone, dropping this before [`Running::finish`] ends it: the
/// client has gone.
pub struct Running(Option<AbortHandle>);

impl Running {
    pub fn alone(task: JoinHandle<()>) -> Self {
        Self(Some(task.abort_handle()))
    }

    pub fn shared() -> Self {
        Self(None)
    }

    /// The client has everything; what the component still does, it may do to its end.
    fn finish(&mut self) {
        self.0 = None;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(task) = &self.0 {
            task.abort();
        }
    }
}

pub struct ResponseBody {
    inner: WasiBody,
    running: Running,
    failed: Arc<AtomicBool>,
    /// What `content-length` promises and is not yet sent: the server stops asking when it reaches nothing.
    remaining: Option<u64>,
}

impl From<WasiBody> for ResponseBody {
    fn from(inner: WasiBody) -> Self {
        Self { inner, running: Running::shared(), failed: Arc::default(), remaining: None }
    }
}

impl ResponseBody {
    pub fn attach(
        response: Response<WasiBody>,
        running: Running,
        failed: Arc<AtomicBool>,
        method: &Method,
    ) -> Response<Self> {
        let (parts, inner) = response.into_parts();
        let length = parts.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        let unsent = *method == Method::HEAD
            || matches!(parts.status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED)
            || length == Some(0);
        let mut body = Self { inner, running, failed, remaining: length };
        if unsent || body.inner.is_end_stream() {
            body.running.finish();
        }
        Response::from_parts(parts, body)
    }

    fn sent(&mut self, frame: &Frame<Bytes>) {
        let bytes = frame.data_ref().map_or(0, |data| data.len() as u64);
        self.remaining = self.remaining.map(|remaining| remaining.saturating_sub(bytes));
        if self.remaining == Some(0) || self.inner.is_end_stream() {
            self.running.finish();
        }
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let this = self.get_mut();
        let polled = Pin::new(&mut this.inner).poll_frame(context);
        match &polled {
            Poll::Ready(None) if this.failed.load(Ordering::SeqCst) => {
                return Poll::Ready(Some(Err(Error::HttpResponseIncomplete)));
            }
            Poll::Ready(None) => this.running.finish(),
            Poll::Ready(Some(Ok(frame))) => this.sent(frame),
            Poll::Ready(Some(Err(_))) | Poll::Pending => {}
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
