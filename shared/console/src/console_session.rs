//! A signed-in person: the console's session, and the second check against forged forms.

use crate::{
    cookies,
    form::Form,
    frame::{Choice, Frame, MaySee, Section, Warning},
    language, names, origin,
    shell::Shell,
    words::Words,
};
use livery_access::{self as access, Member};
use livery_domain::{
    hash::content_hash, locale::Locale, people::permission::Permission, tenancy::lifecycle::TenantStatus,
};
use livery_http::{Exchange, Problem, ProblemKind};
use livery_people::me::{self, MeView};
use livery_platform::{Configured, Database};

pub struct ConsoleSession {
    pub member: Member,
    pub name: String,
    pub email: String,
    pub words: Words,
    csrf: String,
}

/// The person behind the console's cookie.
///
/// # Errors
/// 401 without a live session of the tenant at this host, and what the tenant's status has for its member.
pub async fn enter<P: Database + Configured>(exchange: &Exchange<'_, P>) -> Result<ConsoleSession, Problem> {
    let cookie = cookies::read(exchange.request.headers(), &exchange.client, cookies::SESSION)
        .ok_or(ProblemKind::Unauthenticated)?;
    let member = access::console(exchange, &cookie).await?;
    let MeView { name, email, locale, .. } = me::show(exchange, &member).await?;
    let locale = locale.and_then(Locale::parse);
    let words = locale.map_or_else(|| language::words(&exchange.client, &exchange.request), Words);
    // The cookie is 256 random bits: this says nothing about it, and is another value than the hash that is stored.
    let csrf = content_hash(format!("livery console form {cookie}").as_bytes());
    Ok(ConsoleSession {
        member,
        name: name.unwrap_or_default(),
        email: email.unwrap_or_default(),
        words,
        csrf,
    })
}

impl ConsoleSession {
    /// A form that this session's own page sent.
    ///
    /// # Errors
    /// 403 for any other, 415 and 400 for what is no form.
    pub fn form<P>(&self, exchange: &Exchange<'_, P>) -> Result<Form, Problem> {
        origin::same(exchange)?;
        let form = Form::read(exchange)?;
        if form.text("csrf") == self.csrf { Ok(form) } else { Err(ProblemKind::ForgedForm.into()) }
    }

    pub fn shell<P>(&self, exchange: &Exchange<'_, P>) -> Shell {
        Shell::in_words(self.words, &exchange.request)
    }

    pub fn may(&self, permission: Permission) -> bool {
        self.member.permissions.has(permission)
    }

    pub fn frame(&self, current: Section) -> Frame {
        let role = match self.member.role {
            Some(role) if role.custom_role.is_none() => names::role(self.words, role.role),
            _ => self.words.role_custom(),
        };
        Frame {
            tenant: self.member.tenant.name.clone(),
            person: self.name.clone(),
            role: role.to_owned(),
            current,
            may_see: MaySee {
                team: self.may(Permission::MembersRead),
                keys: self.may(Permission::ApiKeysRead),
                audit: self.may(Permission::AuditRead),
            },
            csrf: self.csrf.clone(),
            warning: self.warning(),
        }
    }

    fn warning(&self) -> Option<Warning> {
        let words = self.words;
        let (title, text) = match self.member.tenant.status {
            TenantStatus::Active | TenantStatus::Provisioning => return None,
            TenantStatus::Suspended => (words.suspended_title(), words.suspended_text()),
            TenantStatus::Maintenance => (words.maintenance_title(), words.maintenance_text()),
            TenantStatus::Deactivated => (words.deactivated_title(), words.deactivated_text()),
        };
        Some(Warning { title, text })
    }
}

/// The permissions that a member can give: its own.
pub fn permissions(inside: &ConsoleSession, chosen: impl Fn(Permission) -> bool) -> Vec<Choice> {
    inside
        .member
        .permissions
        .iter()
        .map(|permission| Choice {
            value: permission.as_str().to_owned(),
            name: names::permission(inside.words, permission).to_owned(),
            text: "",
            chosen: chosen(permission),
        })
        .collect()
}
