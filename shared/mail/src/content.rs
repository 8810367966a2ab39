//! The content of each mail, in each language.

use crate::{
    facts::{Invitation, NewDevice, PasswordChanged, PasswordReset, Welcome},
    letter::Letter,
    name::Name,
    words::Words,
};

pub fn welcome(words: Words, brand: &Name, facts: &Welcome<'_>) -> Letter {
    let trial = facts.trial_ends.map(|ends| words.welcome_trial(words.day(ends)));
    Letter {
        subject: words.welcome_subject(brand),
        heading: words.welcome_heading().into(),
        paragraphs: [words.welcome_text(brand)].into_iter().chain(trial).collect(),
        action: Some((words.welcome_action(), facts.admin_url.into())),
        reason: words.welcome_reason(),
        ..Letter::default()
    }
}

pub fn invitation(words: Words, brand: &Name, inviter: &Name, role: &Name, facts: &Invitation<'_>) -> Letter {
    Letter {
        subject: words.invitation_subject(inviter, brand),
        heading: words.invitation_heading(brand),
        paragraphs: vec![words.invitation_text(inviter, brand, role)],
        action: Some((words.invitation_action(), facts.link.into())),
        code: Some((words.invitation_code(), facts.code.into())),
        notes: vec![
            words.invitation_until(words.moment(facts.expires)),
            words.invitation_unexpected().into(),
        ],
        reason: words.invitation_reason(),
        ..Letter::default()
    }
}

pub fn password_reset(words: Words, brand: &Name, facts: &PasswordReset<'_>) -> Letter {
    Letter {
        subject: words.reset_subject(brand),
        heading: words.reset_heading().into(),
        paragraphs: vec![words.reset_text(brand)],
        action: Some((words.reset_action(), facts.link.into())),
        code: Some((words.reset_code(), facts.code.into())),
        notes: vec![words.reset_until(words.moment(facts.expires)), words.reset_unexpected().into()],
        reason: words.reset_reason(),
        ..Letter::default()
    }
}

pub fn password_changed(words: Words, brand: &Name, facts: &PasswordChanged<'_>) -> Letter {
    Letter {
        subject: words.changed_subject(brand),
        heading: words.changed_heading().into(),
        paragraphs: vec![
            words.changed_text(brand, words.moment(facts.at)),
            words.changed_unexpected().into(),
        ],
        action: Some((words.changed_action(), facts.reset_url.into())),
        reason: words.changed_reason(),
        ..Letter::default()
    }
}

pub fn new_device(
    words: Words,
    brand: &Name,
    device: &Name,
    address: Option<&Name>,
    facts: &NewDevice<'_>,
) -> Letter {
    let mut known = vec![(words.device_when(), words.moment(facts.at))];
    if !device.is_empty() {
        known.push((words.device_device(), device.to_string()));
    }
    if let Some(address) = address {
        known.push((words.device_address(), address.to_string()));
    }
    Letter {
        subject: words.device_subject(brand),
        heading: words.device_heading().into(),
        paragraphs: vec![words.device_text(brand), words.device_unexpected().into()],
        action: Some((words.device_action(), facts.sessions_url.into())),
        facts: known,
        reason: words.device_reason(),
        ..Letter::default()
    }
}
