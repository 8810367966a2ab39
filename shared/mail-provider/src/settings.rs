//! Where mail goes: `LIVERY_MAIL_URL`, `LIVERY_MAIL_KEY`, `LIVERY_MAIL_FROM`.

use http::{HeaderValue, Uri};
use livery_domain::{identity::email::Email, mail::HeaderText};
use livery_platform::{Environment, MailFault};

/// A provider with valid settings.
pub struct Provider {
    pub(crate) url: Uri,
    /// `Bearer …`, marked as sensitive.
    pub(crate) authorization: HeaderValue,
    pub(crate) from: Email,
    /// Name of the platform in front of the address, if the operator gave one.
    pub(crate) from_name: Option<HeaderText>,
}

/// Where a mail goes.
pub enum MailTransport {
    Provider(Box<Provider>),
    /// To the outbox table: in development, where no provider is configured. Never in production: bodies contain tokens that
    /// give access, and a database is copied, backed up and read by more people than a mailbox.
    Outbox,
}

impl MailTransport {
    /// Reads the settings through `look_up`, which gives the text of a variable or secret by name; an empty one counts
    /// as absent.
    ///
    /// # Errors
    /// [`MailFault::NotConfigured`] with the first setting that is missing or malformed, never with its value.
    pub fn choose(
        environment: Environment,
        look_up: impl Fn(&'static str) -> Option<String>,
    ) -> Result<Self, MailFault> {
        let look_up = |name| look_up(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        match look_up(Provider::URL) {
            Some(url) => Ok(Self::Provider(Box::new(Provider::read(&url, look_up)?))),
            None if environment == Environment::Development => Ok(Self::Outbox),
            None => Err(missing(Provider::URL)),
        }
    }
}

impl Provider {
    pub const URL: &'static str = "LIVERY_MAIL_URL";
    pub const KEY: &'static str = "LIVERY_MAIL_KEY";
    pub const FROM: &'static str = "LIVERY_MAIL_FROM";
    /// Every setting above.
    pub const SETTINGS: [&'static str; 3] = [Self::URL, Self::KEY, Self::FROM];

    fn read(url: &str, look_up: impl Fn(&'static str) -> Option<String>) -> Result<Self, MailFault> {
        let url = endpoint(url)?;
        let key = look_up(Self::KEY).ok_or_else(|| missing(Self::KEY))?;
        let mut authorization = HeaderValue::try_from(format!("Bearer {key}"))
            .map_err(|_| malformed(Self::KEY, "it has characters that no header takes"))?;
        authorization.set_sensitive(true);
        let from = look_up(Self::FROM).ok_or_else(|| missing(Self::FROM))?;
        let (from_name, from) = match from.strip_suffix('>').and_then(|from| from.split_once('<')) {
            Some((name, address)) => (Some(HeaderText::new(name)), address),
            None => (None, from.as_str()),
        };
        let from = Email::parse(from)
            .map_err(|_| malformed(Self::FROM, "write `Name <mail@example.com>` or `mail@example.com`"))?;
        Ok(Self { url, authorization, from, from_name: from_name.filter(|name| !name.as_str().is_empty()) })
    }
}

/// `https`, or `http` to this machine only: an eavesdropper would learn the key and every token in a mail.
fn endpoint(url: &str) -> Result<Uri, MailFault> {
    let fault = |why| malformed(Provider::URL, why);
    let url: Uri = url.parse().map_err(|_| fault("it is no URL"))?;
    let host = url.host().ok_or_else(|| fault("it names no host"))?;
    if url.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        return Err(fault("it holds credentials: they belong into LIVERY_MAIL_KEY"));
    }
    match (url.scheme_str(), host) {
        (Some("https"), _) | (Some("http"), "localhost" | "127.0.0.1" | "[::1]") => Ok(url),
        _ => Err(fault("it must begin with https://")),
    }
}

fn missing(setting: &str) -> MailFault {
    MailFault::NotConfigured(format!("{setting} is not set"))
}

fn malformed(setting: &str, why: &str) -> MailFault {
    MailFault::NotConfigured(format!("{setting} is malformed: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: [(&str, &str); 3] = [
        (Provider::URL, "https://api.resend.com/emails"),
        (Provider::KEY, "re_secret"),
        (Provider::FROM, "Livery <mail@livery.example>"),
    ];

    fn chosen(environment: Environment, changed: &[(&str, &str)]) -> Result<MailTransport, String> {
        MailTransport::choose(environment, |name| {
            let found = changed.iter().chain(&GOOD).find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
        .map_err(|fault| fault.to_string())
    }

    fn refusal(name: &'static str, value: &str) -> String {
        chosen(Environment::Production, &[(name, value)]).err().unwrap_or_default()
    }

    #[test]
    fn without_a_provider_development_has_the_outbox_and_production_nothing() {
        let without = [(Provider::URL, "")];
        assert!(matches!(chosen(Environment::Development, &without), Ok(MailTransport::Outbox)));
        assert_eq!(refusal(Provider::URL, ""), "no mail provider: LIVERY_MAIL_URL is not set");
        assert!(matches!(chosen(Environment::Development, &[]), Ok(MailTransport::Provider(_))));
        assert!(matches!(chosen(Environment::Production, &[]), Ok(MailTransport::Provider(_))));
    }

    #[test]
    fn a_provider_that_is_half_configured_is_told_by_setting_and_never_by_value() {
        for (name, value, why) in [
            (Provider::KEY, "", "LIVERY_MAIL_KEY is not set"),
            (Provider::KEY, "re_secret\nx", "LIVERY_MAIL_KEY is malformed"),
            (Provider::FROM, " ", "LIVERY_MAIL_FROM is not set"),
            (Provider::FROM, "Livery", "LIVERY_MAIL_FROM is malformed"),
            (Provider::FROM, "Livery <secret>", "LIVERY_MAIL_FROM is malformed"),
            (Provider::URL, "secret", "LIVERY_MAIL_URL is malformed"),
            (
                Provider::URL,
                "http://api.secret.test/emails",
                "LIVERY_MAIL_URL is malformed: it must begin with",
            ),
            (Provider::URL, "ftp://localhost/secret", "LIVERY_MAIL_URL is malformed: it must begin with"),
            (Provider::URL, "https://secret@api.test/", "LIVERY_MAIL_URL is malformed: it holds credentials"),
        ] {
            let told = refusal(name, value);
            assert!(told.contains(why) && !told.contains("secret"), "{value}: {told}");
        }
    }

    #[test]
    fn plain_http_goes_to_this_machine_alone() {
        for url in ["http://localhost:8025/emails", "http://127.0.0.1:8025/", "http://[::1]:8025/emails"] {
            assert_eq!(refusal(Provider::URL, url), "", "{url}");
        }
        for url in ["http://localhost.evil.test/", "http://127.0.0.10/", "http://10.0.0.1/"] {
            assert_ne!(refusal(Provider::URL, url), "", "{url}");
        }
    }
}
