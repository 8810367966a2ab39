//! The mail that carries an invitation's code.

use super::{InvitationView, SentInvitation};
use livery_access::Member;
use livery_domain::{identity::credential::Credential, locale::Locale, tenancy::tenant::Tenant};
use livery_http::{Exchange, Problem};
use livery_mail::{Envelope, Invitation, RoleName};
use livery_platform::{Configured, Database, Mailer};
use livery_store::{Read, identity::accounts, people::invitations::InvitationRecord};
use serde::Serialize;

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Delivery {
    /// A mail provider has taken it.
    Sent,
    /// None has; why stands in the log.
    Failed,
}

/// Sends the mail of an invitation that stands. That this fails is told and undoes nothing.
pub async fn send<P: Database + Configured + Mailer>(
    exchange: &Exchange<'_, P>,
    member: &Member,
    mut record: InvitationRecord,
    code: &Credential,
    wished: Option<Locale>,
) -> Result<SentInvitation, Problem> {
    let inviter = Read::optional(member.actor.user().map(accounts::find)).map(Option::flatten);
    let people = inviter.and(accounts::find_by_email(&record.email));
    let (inviter, invited) = people.from(exchange.platform).await?;
    // Whoever has an account has chosen a language; whoever has none may well speak the inviter's.
    let locale = invited
        .and_then(|account| account.locale)
        .or(wished)
        .or_else(|| inviter.as_ref().and_then(|person| person.locale))
        .unwrap_or_default();
    let link = format!("{}/admin/invitation#{}", origin_of(exchange, &member.tenant), code.reveal());
    let role = record.role_name.as_deref().map_or(RoleName::BuiltIn(record.role.role), RoleName::Own);
    let envelope =
        Envelope { to: &record.email, locale, tenant: Some(member.tenant.id), brand: &member.tenant.name };
    let mail = envelope.invitation(&Invitation {
        inviter: inviter.as_ref().map_or(member.tenant.name.as_str(), |person| person.name.as_str()),
        role,
        link: &link,
        code: code.reveal(),
        expires: record.expires_at,
    });
    let delivery = match exchange.platform.send(&mail).await {
        Ok(()) => Delivery::Sent,
        Err(fault) => {
            exchange.note(fault);
            Delivery::Failed
        }
    };
    if record.inviter.is_none() && record.invited_by == member.actor.user() {
        record.inviter = inviter.map(|person| person.name);
    }
    Ok(SentInvitation { invitation: InvitationView::new(record, exchange.now), delivery })
}

/// Scheme and host of the tenant as this request reached it; from the platform's own host, the tenant's below it.
fn origin_of<P: Configured>(exchange: &Exchange<'_, P>, tenant: &Tenant) -> String {
    let at_platform = exchange.host().is_ok_and(|host| host == exchange.platform.settings().platform_host);
    if !at_platform {
        return exchange.client.own_origin();
    }
    let scheme = if exchange.client.secure { "https" } else { "http" };
    format!("{scheme}://{}.{}", tenant.key, exchange.client.authority)
}
