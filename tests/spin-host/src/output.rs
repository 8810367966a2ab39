//! Where lines go: our own to stderr, a component's to its log files and, unless quiet, to stderr as well.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::io::AsyncWrite;
use wasmtime_wasi::cli::{IsTerminal, StdoutStream};
use wasmtime_wasi::p2::{OutputStream, Pollable, StreamError, StreamResult};

/// One line about the host itself.
pub fn report(line: &str) {
    // There is nowhere left to tell that stderr is gone.
    let _ = writeln!(io::stderr(), "{line}");
}

/// The two streams of a component.
#[derive(Clone)]
pub struct Output {
    pub stdout: ComponentStream,
    pub stderr: ComponentStream,
}

impl Output {
    pub fn open(logs: &Path, component: &str, follow: bool) -> Result<Self, String> {
        let open = |stream: &str| {
            let path = logs.join(format!("{component}_{stream}.txt"));
            let file = OpenOptions::new().create(true).append(true).open(&path);
            let file = file.map_err(|error| format!("{}: {error}", path.display()))?;
            Ok::<_, String>(ComponentStream { file: Arc::new(file), follow })
        };
        Ok(Self { stdout: open("stdout")?, stderr: open("stderr")? })
    }
}

/// Writes at once and blocks: the last words before a trap are the ones that matter.
#[derive(Clone)]
pub struct ComponentStream {
    file: Arc<File>,
    follow: bool,
}

impl ComponentStream {
    fn put(&self, bytes: &[u8]) -> io::Result<()> {
        (&*self.file).write_all(bytes)?;
        if self.follow { io::stderr().write_all(bytes) } else { Ok(()) }
    }
}

impl IsTerminal for ComponentStream {
    fn is_terminal(&self) -> bool {
        false
    }
}

impl StdoutStream for ComponentStream {
    fn p2_stream(&self) -> Box<dyn OutputStream> {
        Box::new(self.clone())
    }

    fn async_stream(&self) -> Box<dyn AsyncWrite + Send + Sync> {
        Box::new(self.clone())
    }
}

#[async_trait::async_trait]
impl Pollable for ComponentStream {
    async fn ready(&mut self) {}
}

impl OutputStream for ComponentStream {
    fn write(&mut self, bytes: bytes::Bytes) -> StreamResult<()> {
        self.put(&bytes).map_err(|error| StreamError::LastOperationFailed(error.into()))
    }

    fn flush(&mut self) -> StreamResult<()> {
        Ok(())
    }

    fn check_write(&mut self) -> StreamResult<usize> {
        Ok(1 << 20)
    }
}

impl AsyncWrite for ComponentStream {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(self.put(bytes).map(|()| bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
