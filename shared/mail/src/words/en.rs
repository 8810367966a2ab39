use super::{Words, utc};
use crate::{
    letter::{Invitation, Letter, NewDevice, PasswordChanged, PasswordReset, Welcome},
    name::Name,
};
use livery_domain::{clock::UnixMillis, people::role::Role};
use time::macros::format_description;

/// English.
pub struct En;

/// `21 November 2026`
fn day(at: UnixMillis) -> String {
    utc(at).format(format_description!("[day padding:none] [month repr:long] [year]")).unwrap_or_default()
}

/// `21 November 2026, 09:00 UTC`
fn moment(at: UnixMillis) -> String {
    let time = utc(at).format(format_description!("[hour]:[minute]")).unwrap_or_default();
    format!("{}, {time} UTC", day(at))
}

impl Words for En {
    fn welcome(&self, brand: &Name, facts: &Welcome<'_>) -> Letter {
        let mut paragraphs = vec![format!(
            "Your workspace {brand} is set up. Sign in to choose its colours, invite your team, and put the widget on your site."
        )];
        if let Some(ends) = facts.trial_ends {
            paragraphs.push(format!("You can try everything until {}.", day(ends)));
        }
        Letter {
            subject: format!("{brand} is ready"),
            heading: "Welcome".into(),
            paragraphs,
            action: Some(("Open your workspace".into(), facts.admin_url.into())),
            reason: "You get this mail because somebody registered a workspace with your e-mail address."
                .into(),
            ..Letter::default()
        }
    }

    fn role(&self, role: Role) -> &'static str {
        match role {
            Role::Owner => "Owner",
            Role::Admin => "Admin",
            Role::Manager => "Manager",
            Role::Member => "Member",
            Role::Viewer => "Viewer",
        }
    }

    fn invitation(&self, brand: &Name, inviter: &Name, role: &Name, facts: &Invitation<'_>) -> Letter {
        Letter {
            subject: format!("{inviter} invites you to {brand}"),
            heading: format!("Join {brand}"),
            paragraphs: vec![format!(
                "{inviter} invites you to work with them in {brand}. Your role will be: {role}."
            )],
            action: Some(("Accept the invitation".into(), facts.link.into())),
            code: Some((
                "If you are asked for an invitation code, paste this one:".into(),
                facts.code.into(),
            )),
            notes: vec![
                format!("The invitation can be used once, until {}.", moment(facts.expires)),
                "If you did not expect it, ignore this mail: nothing happens without you.".into(),
            ],
            reason: "You get this mail because somebody entered your e-mail address in an invitation.".into(),
            ..Letter::default()
        }
    }

    fn password_reset(&self, brand: &Name, facts: &PasswordReset<'_>) -> Letter {
        Letter {
            subject: format!("Choose a new password for {brand}"),
            heading: "Choose a new password".into(),
            paragraphs: vec![format!("Somebody asked for a new password for your account at {brand}.")],
            action: Some(("Choose a new password".into(), facts.link.into())),
            code: Some(("If you are asked for a code, paste this one:".into(), facts.code.into())),
            notes: vec![
                format!("The link works once, until {}. Give it to nobody.", moment(facts.expires)),
                "If it was not you, ignore this mail: your password stays as it is.".into(),
            ],
            reason: "You get this mail because your e-mail address was entered where a forgotten password is reset.".into(),
            ..Letter::default()
        }
    }

    fn password_changed(&self, brand: &Name, facts: &PasswordChanged<'_>) -> Letter {
        Letter {
            subject: format!("Your password for {brand} was changed"),
            heading: "Your password was changed".into(),
            paragraphs: vec![
                format!("The password of your account at {brand} was changed on {}.", moment(facts.at)),
                "If it was you, there is nothing to do. If not, choose a new password now.".into(),
            ],
            action: Some(("It was not me".into(), facts.reset_url.into())),
            reason: "You get this mail whenever your password changes.".into(),
            ..Letter::default()
        }
    }

    fn new_device(
        &self,
        brand: &Name,
        device: &Name,
        address: Option<&Name>,
        facts: &NewDevice<'_>,
    ) -> Letter {
        let mut known = vec![("When", moment(facts.at))];
        if !device.is_empty() {
            known.push(("Device", device.to_string()));
        }
        if let Some(address) = address {
            known.push(("IP address", address.to_string()));
        }
        Letter {
            subject: format!("New sign-in to {brand}"),
            heading: "New sign-in".into(),
            paragraphs: vec![
                format!("Somebody signed in to your account at {brand} on a device that was not used before."),
                "If it was you, there is nothing to do. If not, sign the device out and change your password.".into(),
            ],
            action: Some(("Look at your sessions".into(), facts.sessions_url.into())),
            facts: known,
            reason: "You get this mail whenever a new device signs in to your account.".into(),
            ..Letter::default()
        }
    }

    fn if_the_button_does_not_work(&self) -> &'static str {
        "If the button does not work, open this address in your browser:"
    }

    fn no_reply(&self) -> &'static str {
        "Nobody reads replies to this address."
    }
}
