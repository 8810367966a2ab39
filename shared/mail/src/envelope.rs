//! A mail as it is sent: its recipient, and its two forms.

use crate::{
    content,
    facts::{Invitation, NewDevice, PasswordChanged, PasswordReset, RoleName, Welcome},
    letter::Letter,
    name::Name,
    page,
    words::Words,
};
use livery_domain::{
    id::TenantId,
    identity::email::Email,
    locale::Locale,
    mail::{HeaderText, Mail, MailKind},
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
