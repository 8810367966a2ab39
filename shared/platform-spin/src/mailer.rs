//! Mail, by an outgoing request to the provider.

use crate::Spin;
use bytes::{Bytes, BytesMut};
use futures_util::future::{Either, select};
use http::Request;
use http_body_util::{BodyExt, Full};
use livery_domain::{id::MailId, mail::Mail};
use livery_mail_provider::{MAX_ANSWER_BYTES, MailTransport, Provider, outcome};
use livery_platform::{Clock, Configured, MAIL_TIMEOUT_SECS, MailFault, Mailer, fresh_bytes};
use livery_store::operations::outbox;
use spin_sdk::{
    http::send,
    time::sleep,
    variables,
    wasip3::{http::types::ErrorCode, http_compat::IncomingResponseBody},
};
use std::{collections::BTreeMap, pin::pin, time::Duration};

/// The variable that lets a component reach the provider: its origin.
const ORIGIN: &str = "LIVERY_MAIL_ORIGIN";

impl Mailer for Spin {
    async fn send(&self, mail: &Mail) -> Result<(), MailFault> {
        match self.transport().await? {
            MailTransport::Provider(provider) => {
                let answer = pin!(handed_over(provider.request(mail)));
                let patience = pin!(sleep(Duration::from_secs(MAIL_TIMEOUT_SECS.into())));
                match select(answer, patience).await {
                    Either::Left((outcome, _)) => outcome,
                    Either::Right(_) => Err(MailFault::TimedOut),
                }
            }
            MailTransport::Outbox => {
                let now = self.now();
                let id = MailId::new(now, fresh_bytes(self));
                let kept = outbox::add(self, id, mail, now).await;
                kept.map_err(|fault| MailFault::Unreachable(fault.to_string()))
            }
        }
    }
}

impl Spin {
    /// Read for each mail: few functions send mail, and the key may have been replaced in Spin's provider of variables.
    async fn transport(&self) -> Result<MailTransport, MailFault> {
        let mut found = BTreeMap::new();
        for name in Provider::SETTINGS {
            if let Ok(value) = variables::get(name.to_ascii_lowercase()).await {
                found.insert(name, value);
            }
        }
        MailTransport::choose(self.settings().environment, |name| found.get(name).cloned())
    }
}

async fn handed_over(request: Request<Bytes>) -> Result<(), MailFault> {
    let response = send(request.map(Full::new)).await.map_err(reason)?;
    let status = response.status();
    // The body of a successful answer is not needed. Of another one that breaks off, the part that was read is kept.
    let body = if status.is_success() { Bytes::new() } else { beginning(response.into_body()).await };
    outcome(status.as_u16(), &body)
}

async fn beginning(mut body: IncomingResponseBody) -> Bytes {
    let mut read = BytesMut::new();
    while let Some(Ok(frame)) = body.frame().await {
        let Ok(chunk) = frame.into_data() else { continue };
        let room = MAX_ANSWER_BYTES - read.len();
        read.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
        if read.len() == MAX_ANSWER_BYTES {
            break;
        }
    }
    read.freeze()
}

/// Why there is no answer. Spin's message about a connection contains neither headers nor body.
fn reason(code: ErrorCode) -> MailFault {
    match code {
        ErrorCode::DnsTimeout
        | ErrorCode::ConnectionTimeout
        | ErrorCode::ConnectionReadTimeout
        | ErrorCode::ConnectionWriteTimeout
        | ErrorCode::HttpResponseTimeout => MailFault::TimedOut,
        ErrorCode::HttpRequestDenied => {
            MailFault::NotConfigured(format!("{ORIGIN} is not the origin of {}", Provider::URL))
        }
        code => MailFault::Unreachable(format!("{code:?}")),
    }
}
