//! Mail that development keeps, to be looked at, instead of sending it.
//!
//! The only table with the bodies of mails, and in development alone: they hold tokens that let their reader in, and
//! whoever saw a copy of a production database could take over accounts. The adapters of the port `Mailer` see to it.

use crate::StoreError;
use livery_domain::{
    clock::UnixMillis,
    id::{MailId, TenantId},
    mail::{Mail, MailKind},
};
use livery_platform::{Database, Row, Statement, WrongShape};

/// Mails that are kept: a day's work on the console. At some 8 KB each that is 1.6 MB.
pub const KEPT: i64 = 200;
/// Mails in the list: one page that is looked through by eye.
pub const LISTED: i64 = 100;

const ADD: &str = "
    INSERT INTO outbox (id, tenant_id, kind, recipient, subject, text, html, created_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
const FORGET: &str = "
    DELETE FROM outbox WHERE id NOT IN (SELECT id FROM outbox ORDER BY created_at DESC, id DESC LIMIT ?1)";
const NEWEST: &str = "
    SELECT id, tenant_id, kind, recipient, subject, created_at FROM outbox
    ORDER BY created_at DESC, id DESC LIMIT ?1";
const ONE: &str = "
    SELECT id, tenant_id, kind, recipient, subject, created_at, text, html FROM outbox WHERE id = ?1";

/// A kept mail as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub id: MailId,
    /// In whose name; `None` for the platform itself.
    pub tenant: Option<TenantId>,
    pub kind: MailKind,
    pub recipient: String,
    pub subject: String,
    pub at: UnixMillis,
}

/// A kept mail, whole. Without `Debug`, as a mail is.
#[derive(Clone, PartialEq, Eq)]
pub struct Kept {
    pub about: Listed,
    /// Plain text.
    pub text: String,
    /// A whole HTML document. To be shown as one of another origin (a sandboxed frame), never as part of a page.
    pub html: String,
}

/// Keeps a mail and forgets all but the newest [`KEPT`].
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn add(db: &impl Database, id: MailId, mail: &Mail, now: UnixMillis) -> Result<(), StoreError> {
    let row = vec![
        id.to_string().into(),
        mail.tenant.map(|tenant| tenant.to_string()).into(),
        mail.kind.as_str().into(),
        mail.to.as_str().into(),
        mail.subject.as_str().into(),
        mail.text.as_str().into(),
        mail.html.as_str().into(),
        now.0.into(),
    ];
    db.batch(vec![Statement::platform(ADD, row), Statement::platform(FORGET, vec![KEPT.into()])]).await?;
    Ok(())
}

/// The newest [`LISTED`] mails, newest first.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn newest(db: &impl Database) -> Result<Vec<Listed>, StoreError> {
    let rows = db.query(Statement::platform(NEWEST, vec![LISTED.into()])).await?;
    rows.iter().map(|row| Ok(listed(row)?)).collect()
}

/// One kept mail; `None` where it is not kept, or not any more.
///
/// # Errors
/// [`StoreError`] where the database fails.
pub async fn one(db: &impl Database, id: MailId) -> Result<Option<Kept>, StoreError> {
    let rows = db.query(Statement::platform(ONE, vec![id.to_string().into()])).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    Ok(Some(Kept { about: listed(row)?, text: row.text(6)?.to_owned(), html: row.text(7)?.to_owned() }))
}

fn listed(row: &Row) -> Result<Listed, WrongShape> {
    Ok(Listed {
        id: row.parsed(0)?,
        tenant: row.optional_text(1)?.map(str::parse).transpose().map_err(|_| WrongShape(1))?,
        kind: MailKind::parse(row.text(2)?).ok_or(WrongShape(2))?,
        recipient: row.text(3)?.to_owned(),
        subject: row.text(4)?.to_owned(),
        at: UnixMillis(row.integer(5)?),
    })
}
