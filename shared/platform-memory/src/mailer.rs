use crate::Memory;
use livery_domain::mail::Mail;
use livery_platform::{MailFault, Mailer};

impl Memory {
    /// Every mail sent so far, oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        self.mails.borrow().clone()
    }

    /// From now on every mail is refused for this reason, or accepted again with `None`.
    pub fn set_mail_fault(&self, fault: Option<MailFault>) {
        *self.mail_fault.borrow_mut() = fault;
    }
}

impl Mailer for Memory {
    async fn send(&self, mail: &Mail) -> Result<(), MailFault> {
        self.works().map_err(|fault| MailFault::Unreachable(fault.to_string()))?;
        if let Some(fault) = self.mail_fault.borrow().clone() {
            return Err(fault);
        }
        self.mails.borrow_mut().push(mail.clone());
        Ok(())
    }
}
