//! The data of each mail.

use crate::{content, name::Name, page, words::Words};
use livery_domain::{
    clock::UnixMillis,
    id::TenantId,
    identity::email::Email,
    locale::Locale,
    mail::{HeaderText, Mail, MailKind},
    people::role::Role,
};

/// The recipient, the language, and the tenant in whose name the mail is sent.
#[derive(Clone, Copy)]
pub struct Envelope<'a> {
    pub to: &'a Email,
    pub locale: Locale,
    /// The tenant in whose name it is sent; `None` for the platform itself.
    pub tenant: Option<TenantId>,
    /// The tenant's name, or the platform's.
    pub brand: &'a str,
}

/// After a registration: the workspace exists.
pub struct Welcome<'a> {
    /// `https://acme.livery.example/admin`
    pub admin_url: &'a str,
    /// When the trial ends, if there is one.
    pub trial_ends: Option<UnixMillis>,
}

/// The role that a person will have in a tenant.
#[derive(Debug, Clone, Copy)]
pub enum RoleName<'a> {
    BuiltIn(Role),
    /// As the tenant calls it.
    Own(&'a str),
}

/// A member invites a person to a tenant.
pub struct Invitation<'a> {
    /// Name or e-mail of the member who invites.
    pub inviter: &'a str,
    pub role: RoleName<'a>,
    /// With the code in its fragment.
    pub link: &'a str,
    /// `lvi_…`, for pasting where the link does not carry it over.
    pub code: &'a str,
    pub expires: UnixMillis,
}

/// A new password was requested for the person's address, perhaps by another person.
pub struct PasswordReset<'a> {
    /// With the code in its fragment.
    pub link: &'a str,
    /// `lvw_…`, for pasting where the link does not carry it over.
    pub code: &'a str,
    pub expires: UnixMillis,
}

/// The password was changed.
pub struct PasswordChanged<'a> {
    pub at: UnixMillis,
    /// The link by which a person who did not do it requests a new password.
    pub reset_url: &'a str,
}

/// A sign-in on a device that was not seen before.
pub struct NewDevice<'a> {
    pub at: UnixMillis,
    /// What the browser says that it is, `Firefox on Windows`; empty where that is not known.
    pub device: &'a str,
    /// The IP address, where the runtime knows it.
    pub address: Option<&'a str>,
    /// The link by which a person who did not do it signs the device out.
    pub sessions_url: &'a str,
}

/// A mail's content before it is laid out: paragraphs, facts, one link, a code, and a footer.
#[derive(Default)]
pub(crate) struct Letter {
    pub subject: String,
    pub heading: String,
    pub paragraphs: Vec<String>,
    /// What it is called, and what it is.
    pub facts: Vec<(&'static str, String)>,
    /// What the button says, and where it leads.
    pub action: Option<(&'static str, String)>,
    /// What is said of the code, and the code.
    pub code: Option<(&'static str, String)>,
    pub notes: Vec<String>,
    /// Why the person has this mail.
    pub reason: &'static str,
}

impl Envelope<'_> {
    #[must_use]
    pub fn welcome(&self, facts: &Welcome<'_>) -> Mail {
        self.write(MailKind::Welcome, |words, brand| content::welcome(words, brand, facts))
    }

    #[must_use]
    pub fn invitation(&self, facts: &Invitation<'_>) -> Mail {
        let inviter = Name::new(facts.inviter);
        self.write(MailKind::Invitation, |words, brand| {
            let role = Name::new(match facts.role {
                RoleName::BuiltIn(role) => words.role(role),
                RoleName::Own(name) => name,
            });
            content::invitation(words, brand, &inviter, &role, facts)
        })
    }

    #[must_use]
    pub fn password_reset(&self, facts: &PasswordReset<'_>) -> Mail {
        self.write(MailKind::PasswordReset, |words, brand| content::password_reset(words, brand, facts))
    }

    #[must_use]
    pub fn password_changed(&self, facts: &PasswordChanged<'_>) -> Mail {
        self.write(MailKind::PasswordChanged, |words, brand| content::password_changed(words, brand, facts))
    }

    #[must_use]
    pub fn new_device(&self, facts: &NewDevice<'_>) -> Mail {
        let device = Name::new(facts.device);
        let address = facts.address.map(Name::new);
        self.write(MailKind::NewDevice, |words, brand| {
            content::new_device(words, brand, &device, address.as_ref(), facts)
        })
    }

    fn write(&self, kind: MailKind, say: impl FnOnce(Words, &Name) -> Letter) -> Mail {
        let words = Words(self.locale);
        let brand = Name::new(self.brand);
        let letter = say(words, &brand);
        Mail {
            kind,
            tenant: self.tenant,
            to: self.to.clone(),
            // Mail programs make no links of names in headers, so the sender's name is not changed.
            brand: HeaderText::new(self.brand),
            subject: HeaderText::new(&letter.subject),
            text: page::text(words, &brand, &letter),
            html: page::html(words, &brand, &letter),
        }
    }
}
