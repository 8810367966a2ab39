//! The pages of this area with everything on them.

use super::views::{
    CustomRole, Invitation, Invitations, Invited, Offer, PermissionRow, Person, PersonPage, RolePage, Roles,
    Seats, Team,
};
use crate::{
    faults::Faults,
    frame::{Choice, Frame, Pager, Section, Warning},
    names,
    pages::samples::{EVIL, Sample, at, frame, noticed, pager, permissions, sample, shell},
    words::Words,
};
use livery_domain::people::{permission::Permission, role::Role};

fn seats() -> Seats {
    Seats { used: 21, invited: 2, limit: Some(25) }
}

fn person(words: Words, n: i64) -> Person {
    let names = [
        "Ada of Acme",
        "山田 太郎",
        "Maximiliana Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh",
        "Bo",
        EVIL,
    ];
    let roles = [Role::Owner, Role::Admin, Role::Manager, Role::Member, Role::Viewer];
    let index = usize::try_from(n).unwrap() % 5;
    Person {
        id: format!("usr_{n}"),
        name: names[index].into(),
        email: format!("person.{n}.with-quite-a-long-address@acme-outfitters.example"),
        initial: names::initial(names[index]),
        role: names::role(words, roles[index]).into(),
        is_owner: n == 0,
        is_me: n == 0,
        joined: at(words, 24 * 30 * n),
        seen: (n != 3).then(|| at(words, n)),
    }
}

fn roles(words: Words) -> Vec<Choice> {
    let mut choices: Vec<_> = Role::ALL
        .into_iter()
        .map(|role| Choice {
            value: role.as_str().into(),
            name: names::role(words, role).into(),
            text: names::role_text(words, role),
            chosen: role == Role::Manager,
        })
        .collect();
    choices.push(Choice {
        value: "rol_1".into(),
        name: "Night shift".into(),
        text: words.role_custom(),
        chosen: false,
    });
    choices
}

pub fn pages(words: Words) -> Vec<Sample> {
    let offer = |known| {
        Some(Offer {
            tenant: "Acme".into(),
            role: names::role(words, Role::Manager).into(),
            email: "new@acme.example".into(),
            known,
        })
    };
    let code = || "lvi_0123456789".to_owned();
    vec![
        sample(
            "invitation",
            &Invitation {
                shell: shell(words),
                faults: Faults::default(),
                code: String::new(),
                name: String::new(),
                offer: None,
            },
        ),
        sample(
            "invitation-expired",
            &Invitation {
                shell: shell(words),
                faults: Faults::one("code", words.invitation_expired()),
                code: code(),
                name: String::new(),
                offer: None,
            },
        ),
        sample(
            "invitation-new",
            &Invitation {
                shell: shell(words),
                faults: Faults::default(),
                code: code(),
                name: String::new(),
                offer: offer(false),
            },
        ),
        sample(
            "invitation-known",
            &Invitation {
                shell: shell(words),
                faults: Faults::default(),
                code: code(),
                name: String::new(),
                offer: offer(true),
            },
        ),
        sample(
            "team",
            &Team {
                shell: noticed(words),
                frame: frame(words, Section::Team),
                tab: "people",
                seats: seats(),
                people: (0..6).map(|n| person(words, n)).collect(),
                pager: pager(),
                may_invite: true,
                may_manage: true,
            },
        ),
        sample(
            "team-suspended",
            &Team {
                shell: shell(words),
                frame: Frame {
                    warning: Some(Warning { title: words.suspended_title(), text: words.suspended_text() }),
                    ..frame(words, Section::Team)
                },
                tab: "people",
                seats: Seats { used: 3, invited: 0, limit: Some(3) },
                people: (0..1).map(|n| person(words, n)).collect(),
                pager: Pager::default(),
                may_invite: false,
                may_manage: false,
            },
        ),
        sample(
            "person",
            &PersonPage {
                shell: shell(words),
                frame: frame(words, Section::Team),
                faults: Faults::default(),
                person: person(words, 2),
                choices: roles(words),
            },
        ),
        sample(
            "person-last-owner",
            &PersonPage {
                shell: shell(words),
                frame: frame(words, Section::Team),
                faults: Faults::one("role", words.last_owner()),
                person: person(words, 0),
                choices: roles(words),
            },
        ),
        sample(
            "invitations",
            &Invitations {
                shell: noticed(words),
                frame: frame(words, Section::Team),
                tab: "invitations",
                faults: Faults::default(),
                seats: seats(),
                email: String::new(),
                choices: roles(words),
                invitations: [
                    (words.invitation_pending(), " badge--warn", true),
                    (words.invitation_accepted(), " badge--ok", false),
                    (words.invitation_has_expired(), "", true),
                    (words.invitation_was_revoked(), " badge--danger", false),
                ]
                .into_iter()
                .enumerate()
                .map(|(n, (state, badge, open))| Invited {
                    id: format!("inv_{n}"),
                    email: format!("newcomer.{n}@acme-outfitters.example"),
                    role: names::role(words, Role::Member).into(),
                    state,
                    badge,
                    sent: at(words, 30),
                    open,
                })
                .collect(),
                pager: Pager::default(),
                may_invite: true,
            },
        ),
        sample(
            "invitations-empty",
            &Invitations {
                shell: shell(words),
                frame: frame(words, Section::Team),
                tab: "invitations",
                faults: Faults::one("email", words.already_member()),
                seats: seats(),
                email: EVIL.into(),
                choices: roles(words),
                invitations: vec![],
                pager: Pager::default(),
                may_invite: true,
            },
        ),
        sample(
            "roles",
            &Roles {
                shell: shell(words),
                frame: frame(words, Section::Team),
                tab: "roles",
                custom: vec![CustomRole { id: "rol_1".into(), name: "Night shift".into(), count: 4 }],
                may_manage: true,
                roles: Role::ALL.map(|role| names::role(words, role)).into(),
                table: Permission::ALL
                    .iter()
                    .map(|permission| PermissionRow {
                        name: names::permission(words, *permission),
                        has: Role::ALL.map(|role| role.permissions().has(*permission)).into(),
                    })
                    .collect(),
            },
        ),
        sample(
            "role",
            &RolePage {
                shell: shell(words),
                frame: frame(words, Section::Team),
                faults: Faults::default(),
                id: Some("rol_1".into()),
                name: "Night shift".into(),
                permissions: permissions(words),
            },
        ),
        sample(
            "role-new",
            &RolePage {
                shell: shell(words),
                frame: frame(words, Section::Team),
                faults: Faults::one("permissions", words.permissions_missing()),
                id: None,
                name: EVIL.into(),
                permissions: permissions(words),
            },
        ),
    ]
}
