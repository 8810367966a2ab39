//! A mail as the provider's request.

use crate::Provider;
use bytes::Bytes;
use http::{HeaderValue, Request, header};
use livery_domain::{
    hash::digest_of,
    mail::{HeaderText, Mail},
};
use serde::Serialize;

#[derive(Serialize)]
struct Body<'a> {
    from: String,
    to: [&'a str; 1],
    subject: &'a str,
    html: &'a str,
    text: &'a str,
}

impl Provider {
    /// The request that sends `mail` to the provider.
    #[must_use]
    pub fn request(&self, mail: &Mail) -> Request<Bytes> {
        let body = Body {
            from: self.sender(&mail.brand),
            to: [mail.to.as_str()],
            subject: mail.subject.as_str(),
            html: &mail.html,
            text: &mail.text,
        };
        // Text and lists of text: there is nothing that JSON could not say.
        let body = serde_json::to_vec(&body).unwrap_or_default();
        let mut request = Request::new(Bytes::from(body));
        *request.method_mut() = http::Method::POST;
        *request.uri_mut() = self.url.clone();
        let headers = request.headers_mut();
        headers.insert(header::AUTHORIZATION, self.authorization.clone());
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        // Resend refuses requests without a user agent.
        headers.insert(header::USER_AGENT, HeaderValue::from_static("Livery"));
        if let Ok(key) = HeaderValue::try_from(idempotency_key(mail)) {
            headers.insert("idempotency-key", key);
        }
        request
    }

    /// `Acme via Livery <mail@livery.example>`. The platform's own name is part of it: a tenant chooses its name freely, and
    /// the reader has to see that the mail comes from the platform.
    ///
    /// Without quotes, as Resend documents it; what has a meaning of its own beside an address (RFC 5322, section 3.2.3)
    /// becomes a space, full stops apart.
    fn sender(&self, brand: &HeaderText) -> String {
        let plain = |name: &str| {
            let spaced = name.replace(['"', '\\', '<', '>', '(', ')', '[', ']', ':', ';', '@', ','], " ");
            HeaderText::new(&spaced).as_str().to_owned()
        };
        let brand = plain(brand.as_str());
        let platform = self.from_name.as_ref().map(|name| plain(name.as_str())).unwrap_or_default();
        let name = match (brand.as_str(), platform.as_str()) {
            (brand, "") => brand.to_owned(),
            ("", platform) => platform.to_owned(),
            (brand, platform) if brand == platform => platform.to_owned(),
            (brand, platform) => format!("{brand} via {platform}"),
        };
        let address = self.from.as_str();
        if name.is_empty() { address.to_owned() } else { format!("{name} <{address}>") }
    }
}

/// The idempotency key: the same for an identical mail and for no other, made of everything that its reader sees. At most 49
/// characters;
/// Resend takes 256 and remembers them for 24 hours.
fn idempotency_key(mail: &Mail) -> String {
    let parts = [
        mail.to.as_str(),
        mail.brand.as_str(),
        mail.subject.as_str(),
        mail.text.as_str(),
        mail.html.as_str(),
    ];
    let digest = digest_of(&parts);
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}/{hex}", mail.kind.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MailTransport;
    use livery_domain::{identity::email::Email, mail::MailKind};
    use livery_platform::Environment;
    use serde_json::{Value as Json, json};

    fn mail(brand: &str) -> Mail {
        Mail {
            kind: MailKind::PasswordReset,
            tenant: None,
            to: Email::parse("ada@acme.test").unwrap(),
            brand: HeaderText::new(brand),
            subject: HeaderText::new("Choose a new password"),
            text: "lvw_1".into(),
            html: "<p>lvw_1</p>".into(),
        }
    }

    fn request(from: &str, mail: &Mail) -> Request<Bytes> {
        let way = MailTransport::choose(Environment::Production, |name| {
            Some(match name {
                Provider::URL => "https://api.resend.com/emails".into(),
                Provider::KEY => "re_1".into(),
                _ => from.into(),
            })
        });
        let Ok(MailTransport::Provider(provider)) = way else { panic!("{from}") };
        provider.request(mail)
    }

    fn body(from: &str, mail: &Mail) -> Json {
        serde_json::from_slice(request(from, mail).body()).unwrap()
    }

    #[test]
    fn a_request_is_what_resend_documents() {
        let request = request("Livery <mail@livery.example>", &mail("Acme"));
        assert_eq!(request.method(), "POST");
        assert_eq!(request.uri(), "https://api.resend.com/emails");
        assert_eq!(request.headers()["authorization"], "Bearer re_1");
        assert_eq!(request.headers()["content-type"], "application/json");
        let body: Json = serde_json::from_slice(request.body()).unwrap();
        assert_eq!(
            body,
            json!({
                "from": "Acme via Livery <mail@livery.example>",
                "to": ["ada@acme.test"],
                "subject": "Choose a new password",
                "html": "<p>lvw_1</p>",
                "text": "lvw_1",
            })
        );
    }

    #[test]
    fn the_same_mail_has_the_same_key_and_another_mail_another() {
        let key = |mail: &Mail| request("mail@livery.example", mail).headers()["idempotency-key"].clone();
        let first = mail("Acme");
        assert_eq!(key(&first), key(&first.clone()));
        assert!(key(&first).to_str().unwrap().starts_with("password_reset/"));
        assert!(key(&first).len() <= 49, "{:?}", key(&first));
        let changed = [
            Mail { to: Email::parse("bob@acme.test").unwrap(), ..first.clone() },
            Mail { subject: HeaderText::new("Other"), ..first.clone() },
            Mail { text: "lvw_2".into(), ..first.clone() },
            Mail { html: "<p>lvw_2</p>".into(), ..first.clone() },
            Mail { kind: MailKind::Welcome, ..first.clone() },
            mail("Globex"),
        ];
        for other in &changed {
            assert_ne!(key(&first), key(other));
        }
    }

    #[test]
    fn a_senders_name_can_not_become_another_address() {
        let own = "Livery <mail@livery.example>";
        for (brand, wanted) in [
            ("Livery", "Livery <mail@livery.example>"),
            ("", "Livery <mail@livery.example>"),
            ("Acme, Inc.", "Acme Inc. via Livery <mail@livery.example>"),
            ("株式会社アクメ", "株式会社アクメ via Livery <mail@livery.example>"),
            ("Bank <bank@bank.test>, \"x\\", "Bank bank bank.test x via Livery <mail@livery.example>"),
            ("A\r\nBcc: all@evil.test", "A Bcc all evil.test via Livery <mail@livery.example>"),
        ] {
            assert_eq!(body(own, &mail(brand))["from"], wanted);
        }
        assert_eq!(body("mail@livery.example", &mail("Acme"))["from"], "Acme <mail@livery.example>");
        assert_eq!(body("mail@livery.example", &mail(" <> "))["from"], "mail@livery.example");
    }

    #[test]
    fn a_key_is_not_shown_by_who_prints_the_request() {
        let shown = format!("{:?}", request("mail@livery.example", &mail("Acme")).headers());
        assert!(!shown.contains("re_1"), "{shown}");
    }
}
