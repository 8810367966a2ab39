//! The pages of this area with everything on them.

use super::{
    audit::actions,
    views::{Audit, Entry, MailPart, MailRow, OpenMail, Outbox, Verified},
};
use crate::{
    frame::{Pager, Section},
    names,
    pages::samples::{EVIL, Sample, at, frame, pager, sample, shell},
    words::Words,
};

fn entry(words: Words, n: i64) -> Entry {
    let actions = ["member.role_changed", "invitation.created", "api_key.created", "session.opened"];
    Entry {
        seq: 120 - n,
        at: at(words, n * 7),
        actor: if n == 2 { "usr_019aa52f0e80700080000000000000b1".into() } else { "Ada of Acme".into() },
        what: names::action(words, actions[usize::try_from(n).unwrap() % 4]),
        action: actions[usize::try_from(n).unwrap() % 4].into(),
        target: "usr_019aa52f0e80700080000000000000b3".into(),
        request: "req_019aa52f0e80700080000000000000c3".into(),
        address: (n != 1).then(|| "2001:db8::7".into()),
        hash: "k3Jw0C4qPZz9pQ2bS0mVq7nH1m7xk3y2f0aY8m3oB1c".into(),
        before: (n != 1).then(|| "{\n  \"role\": \"member\"\n}".into()),
        after: Some(format!("{{\n  \"role\": \"admin\",\n  \"note\": \"{EVIL}\"\n}}")),
    }
}

pub fn pages(words: Words) -> Vec<Sample> {
    vec![
        sample(
            "audit",
            &Audit {
                shell: shell(words),
                frame: frame(words, Section::Audit),
                actions: actions(words, ""),
                actor: String::new(),
                entries: (0..4).map(|n| entry(words, n)).collect(),
                pager: pager(),
                verified: Some(Verified {
                    whole: true,
                    title: words.verified(),
                    text: words.verified_text(120_i64),
                }),
            },
        ),
        sample(
            "audit-broken",
            &Audit {
                shell: shell(words),
                frame: frame(words, Section::Audit),
                actions: actions(words, EVIL),
                actor: EVIL.into(),
                entries: vec![],
                pager: Pager::default(),
                verified: Some(Verified {
                    whole: false,
                    title: words.verify_broken(),
                    text: words.verify_broken_text(7),
                }),
            },
        ),
        sample(
            "outbox",
            &Outbox {
                shell: shell(words),
                mails: (0..3)
                    .map(|n| MailRow {
                        id: format!("mai_{n}"),
                        to: format!("person{n}@acme.example"),
                        subject: "Ada of Acme invites you to Acme".into(),
                        at: at(words, n),
                    })
                    .collect(),
                open: None,
            },
        ),
        sample(
            "outbox-mail",
            &Outbox {
                shell: shell(words),
                mails: vec![],
                open: Some(OpenMail {
                    id: "mai_1".into(),
                    to: "person@acme.example".into(),
                    subject: "Ada invites you".into(),
                    at: at(words, 0),
                    parts: vec![
                        MailPart { text: "Hello,\n\nopen ".into(), link: false },
                        MailPart {
                            text: "https://acme.livery.example/admin/invitation#lvi_abc".into(),
                            link: true,
                        },
                        MailPart { text: "\n\nAcme".into(), link: false },
                    ],
                }),
            },
        ),
    ]
}
