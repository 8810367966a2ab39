//! Every page with everything on it, in each language: what its words and its markup have to hold.
//!
//! `LIVERY_GALLERY=folder cargo test -p livery-console gallery` writes them there, to be looked at.

use super::identity::views::{
    Enter, Forgot, Key, KeyMade, KeyNew, KeyPage, Keys, PlanCard, Profile, Register, Reset, SessionRow,
    SignIn, SignInRow, TenantCard, Tenants,
};
use super::operations::views::{Audit, Entry, MailPart, MailRow, OpenMail, Outbox, Verified};
use super::people::views::{
    CustomRole, Invitation, Invitations, Invited, Offer, PermissionRow, Person, PersonPage, RolePage, Roles,
    Seats, Team,
};
use super::problems;
use crate::{
    faults::Faults,
    frame::{Choice, Frame, MaySee, Pager, Section, Warning},
    names,
    shell::Shell,
    when::When,
    words::Words,
};
use askama::Template;
use livery_domain::{
    clock::UnixMillis,
    locale::Locale,
    people::{permission::Permission, role::Role},
};
use livery_http::ProblemKind;

const NOW: UnixMillis = UnixMillis(1_795_251_600_000);
const EVIL: &str = "<script>alert(1)</script>\"'&";

fn shell(words: Words) -> Shell {
    Shell { words, here: "/admin/team".into(), form_targets: vec![], notice: None }
}

fn noticed(words: Words) -> Shell {
    Shell { notice: Some(words.done_invited()), ..shell(words) }
}

fn frame(words: Words, current: Section) -> Frame {
    Frame {
        tenant: "Acme Outfitters and Expedition Supplies of the Northern Territories".into(),
        person: "Ada of Acme".into(),
        role: names::role(words, Role::Owner).into(),
        current,
        may_see: MaySee { team: true, keys: true, audit: true },
        csrf: "token".into(),
        warning: None,
    }
}

fn at(words: Words, hours: i64) -> When {
    When::at(words, UnixMillis(NOW.0 - hours * 3_600_000))
}

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

fn permissions(words: Words) -> Vec<Choice> {
    Permission::ALL
        .iter()
        .map(|permission| Choice {
            value: permission.as_str().into(),
            name: names::permission(words, *permission).into(),
            text: "",
            chosen: permission.as_str().ends_with("read"),
        })
        .collect()
}

fn hours(words: Words) -> Vec<Choice> {
    [0_i64, 1, 24, 72]
        .map(|hours| Choice {
            value: hours.to_string(),
            name: words.hours(hours),
            text: "",
            chosen: hours == 24,
        })
        .into()
}

fn key(words: Words, n: i64) -> Key {
    let (state, badge) = [
        (words.key_live(), " badge--ok"),
        (words.key_ending(), " badge--warn"),
        (words.key_expired(), ""),
        (words.key_revoked(), " badge--danger"),
    ][usize::try_from(n).unwrap() % 4];
    Key {
        id: format!("key_{n}"),
        name: ["Nightly export", "CRM sync for the northern warehouse", "Zapier", EVIL]
            [usize::try_from(n).unwrap() % 4]
            .into(),
        hint: "lvk_8fKq".into(),
        state,
        badge,
        scopes: vec!["brand.read", "members.read", "usage.read"],
        made: at(words, 1000),
        expires: (n != 1).then(|| at(words, -2000)),
        used: (n != 2).then(|| at(words, 5)),
        live: n == 0,
    }
}

fn plans(words: Words) -> Vec<PlanCard> {
    [
        ("free", "Free", "¥0", 3_i64, false),
        ("starter", "Starter", "¥29,800", 10, true),
        ("standard", "Standard", "¥49,800", 50, false),
        ("professional", "Professional", "¥98,000", 200, false),
    ]
    .map(|(key, name, price, seats, chosen)| PlanCard {
        key: key.into(),
        name: name.into(),
        price: if key == "free" { words.plan_free().into() } else { price.into() },
        monthly: key != "free",
        limits: vec![words.plan_seats(seats), words.plan_messages("100,000"), words.plan_trial(14_i64)],
        chosen,
    })
    .into()
}

fn register_faults(words: Words) -> Faults {
    let mut faults = Faults::default();
    faults.add("subdomain", words.subdomain_taken());
    faults.add("password", words.password_too_short());
    faults
}

fn entry(words: Words, n: i64) -> Entry {
    let actions = ["member.role_changed", "invitation.created", "api_key.created", "session.opened"];
    Entry {
        seq: 120 - n,
        at: at(words, n * 7),
        actor: if n == 2 { "usr_019aa52f0e80700080000000000000b1".into() } else { "Ada of Acme".into() },
        what: crate::names::action(words, actions[usize::try_from(n).unwrap() % 4]),
        action: actions[usize::try_from(n).unwrap() % 4].into(),
        target: "usr_019aa52f0e80700080000000000000b3".into(),
        request: "req_019aa52f0e80700080000000000000c3".into(),
        address: (n != 1).then(|| "2001:db8::7".into()),
        hash: "k3Jw0C4qPZz9pQ2bS0mVq7nH1m7xk3y2f0aY8m3oB1c".into(),
        before: (n != 1).then(|| "{\n  \"role\": \"member\"\n}".into()),
        after: Some(format!("{{\n  \"role\": \"admin\",\n  \"note\": \"{EVIL}\"\n}}")),
    }
}

/// Name and HTML of every page.
#[allow(clippy::too_many_lines, reason = "one entry per page")]
fn pages(words: Words) -> Vec<(&'static str, String)> {
    let first = |faults: Faults| SignIn {
        shell: shell(words),
        faults,
        tenant: "Acme".into(),
        email: String::new(),
        to: "/admin".into(),
    };
    let offer = |known| {
        Some(Offer {
            tenant: "Acme".into(),
            role: names::role(words, Role::Manager).into(),
            email: "new@acme.example".into(),
            known,
        })
    };
    let code = || "lvi_0123456789".to_owned();
    let pager = || Pager { next: Some("?cursor=1".into()), first: "?".into() };
    let mut pages = vec![];
    macro_rules! add {
        ($name:expr, $view:expr) => {
            pages.push(($name, $view.render().unwrap()));
        };
    }
    add!("sign-in", first(Faults::default()));
    add!("sign-in-wrong", first(Faults::one("", words.wrong_credentials())));
    add!(
        "forgot",
        Forgot { shell: shell(words), faults: Faults::default(), email: String::new(), sent: false }
    );
    add!(
        "forgot-sent",
        Forgot { shell: shell(words), faults: Faults::default(), email: String::new(), sent: true }
    );
    add!(
        "reset",
        Reset { shell: shell(words), faults: Faults::one("code", words.code_invalid()), code: "lvw_".into() }
    );
    add!(
        "invitation",
        Invitation {
            shell: shell(words),
            faults: Faults::default(),
            code: String::new(),
            name: String::new(),
            offer: None
        }
    );
    add!(
        "invitation-expired",
        Invitation {
            shell: shell(words),
            faults: Faults::one("code", words.invitation_expired()),
            code: code(),
            name: String::new(),
            offer: None
        }
    );
    add!(
        "invitation-new",
        Invitation {
            shell: shell(words),
            faults: Faults::default(),
            code: code(),
            name: String::new(),
            offer: offer(false)
        }
    );
    add!(
        "invitation-known",
        Invitation {
            shell: shell(words),
            faults: Faults::default(),
            code: code(),
            name: String::new(),
            offer: offer(true)
        }
    );
    add!(
        "register",
        Register {
            shell: shell(words),
            faults: Faults::default(),
            platform: "livery.example".into(),
            organisation: String::new(),
            subdomain: String::new(),
            name: String::new(),
            email: String::new(),
            plans: plans(words)
        }
    );
    add!(
        "register-faults",
        Register {
            shell: shell(words),
            faults: register_faults(words),
            platform: "livery.example".into(),
            organisation: EVIL.into(),
            subdomain: "acme".into(),
            name: "Ada".into(),
            email: "ada@acme.example".into(),
            plans: plans(words)
        }
    );
    add!(
        "team",
        Team {
            shell: noticed(words),
            frame: frame(words, Section::Team),
            tab: "people",
            seats: seats(),
            people: (0..6).map(|n| person(words, n)).collect(),
            pager: pager(),
            may_invite: true,
            may_manage: true
        }
    );
    add!(
        "team-suspended",
        Team {
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
            may_manage: false
        }
    );
    add!(
        "person",
        PersonPage {
            shell: shell(words),
            frame: frame(words, Section::Team),
            faults: Faults::default(),
            person: person(words, 2),
            choices: roles(words)
        }
    );
    add!(
        "person-last-owner",
        PersonPage {
            shell: shell(words),
            frame: frame(words, Section::Team),
            faults: Faults::one("role", words.last_owner()),
            person: person(words, 0),
            choices: roles(words)
        }
    );
    add!(
        "invitations",
        Invitations {
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
                (words.invitation_was_revoked(), " badge--danger", false)
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
                open
            })
            .collect(),
            pager: Pager::default(),
            may_invite: true
        }
    );
    add!(
        "invitations-empty",
        Invitations {
            shell: shell(words),
            frame: frame(words, Section::Team),
            tab: "invitations",
            faults: Faults::one("email", words.already_member()),
            seats: seats(),
            email: EVIL.into(),
            choices: roles(words),
            invitations: vec![],
            pager: Pager::default(),
            may_invite: true
        }
    );
    add!(
        "roles",
        Roles {
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
                    has: Role::ALL.map(|role| role.permissions().has(*permission)).into()
                })
                .collect()
        }
    );
    add!(
        "role",
        RolePage {
            shell: shell(words),
            frame: frame(words, Section::Team),
            faults: Faults::default(),
            id: Some("rol_1".into()),
            name: "Night shift".into(),
            permissions: permissions(words)
        }
    );
    add!(
        "role-new",
        RolePage {
            shell: shell(words),
            frame: frame(words, Section::Team),
            faults: Faults::one("permissions", words.permissions_missing()),
            id: None,
            name: EVIL.into(),
            permissions: permissions(words)
        }
    );
    add!(
        "keys",
        Keys {
            shell: shell(words),
            frame: frame(words, Section::Keys),
            keys: (0..4).map(|n| key(words, n)).collect(),
            pager: Pager::default(),
            may_manage: true
        }
    );
    add!(
        "keys-empty",
        Keys {
            shell: shell(words),
            frame: frame(words, Section::Keys),
            keys: vec![],
            pager: Pager::default(),
            may_manage: true
        }
    );
    add!(
        "key-new",
        KeyNew {
            shell: shell(words),
            frame: frame(words, Section::Keys),
            faults: Faults::default(),
            name: String::new(),
            lives: [30_i64, 90, 365]
                .map(|days| Choice {
                    value: days.to_string(),
                    name: words.days(days),
                    text: "",
                    chosen: days == 90
                })
                .into(),
            permissions: permissions(words)
        }
    );
    add!(
        "key-made",
        KeyMade {
            shell: shell(words),
            frame: frame(words, Section::Keys),
            name: "Nightly export".into(),
            secret: "lvk_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE_aBcDeF".into(),
            old_until: Some(at(words, -24))
        }
    );
    add!(
        "key",
        KeyPage {
            shell: shell(words),
            frame: frame(words, Section::Keys),
            faults: Faults::default(),
            key: key(words, 0),
            overlaps: hours(words)
        }
    );
    add!(
        "audit",
        Audit {
            shell: shell(words),
            frame: frame(words, Section::Audit),
            actions: super::operations::audit::actions(words, ""),
            actor: String::new(),
            entries: (0..4).map(|n| entry(words, n)).collect(),
            pager: pager(),
            verified: Some(Verified {
                whole: true,
                title: words.verified(),
                text: words.verified_text(120_i64)
            })
        }
    );
    add!(
        "audit-broken",
        Audit {
            shell: shell(words),
            frame: frame(words, Section::Audit),
            actions: super::operations::audit::actions(words, EVIL),
            actor: EVIL.into(),
            entries: vec![],
            pager: Pager::default(),
            verified: Some(Verified {
                whole: false,
                title: words.verify_broken(),
                text: words.verify_broken_text(7)
            })
        }
    );
    add!(
        "profile",
        Profile {
            shell: shell(words),
            frame: frame(words, Section::Profile),
            faults: Faults::default(),
            name: "Ada of Acme".into(),
            email: "ada@acme.example".into(),
            sessions: (0..3)
                .map(|n| SessionRow {
                    id: format!("ses_{n}"),
                    device: names::device(words, Some(["Firefox/1 Linux", "Safari/ iPhone", ""][n])),
                    kind: format!(
                        "{} · Acme",
                        if n == 0 { words.session_console() } else { words.session_api() }
                    ),
                    address: "192.0.2.7".into(),
                    seen: at(words, 3),
                    current: n == 0
                })
                .collect(),
            sign_ins: [
                (words.outcome_ok(), " badge--ok"),
                (words.outcome_wrong(), " badge--warn"),
                (words.outcome_reused(), " badge--danger")
            ]
            .map(|(outcome, badge)| SignInRow {
                at: at(words, 9),
                outcome,
                badge,
                device: names::device(words, Some("Chrome/ Windows")),
                address: "2001:db8::7".into()
            })
            .into()
        }
    );
    add!(
        "tenants",
        Tenants {
            shell: shell(words),
            frame: frame(words, Section::Tenants),
            tenants: (0..3)
                .map(|n| TenantCard {
                    id: format!("ten_{n}"),
                    name: ["Acme", "Globex", EVIL][n].into(),
                    host: ["acme.livery.example", "globex.livery.example", "chat.initech.example"][n].into(),
                    role: names::role(words, Role::Admin).into(),
                    current: n == 0
                })
                .collect()
        }
    );
    add!(
        "enter",
        Enter {
            shell: shell(words),
            tenant: "Globex".into(),
            host: "globex.livery.example".into(),
            action: "/gallery".into(),
            ticket: "a.b.c".into()
        }
    );
    add!(
        "outbox",
        Outbox {
            shell: shell(words),
            mails: (0..3)
                .map(|n| MailRow {
                    id: format!("mai_{n}"),
                    to: format!("person{n}@acme.example"),
                    subject: "Ada of Acme invites you to Acme".into(),
                    at: at(words, n)
                })
                .collect(),
            open: None
        }
    );
    add!(
        "outbox-mail",
        Outbox {
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
                        link: true
                    },
                    MailPart { text: "\n\nAcme".into(), link: false }
                ]
            })
        }
    );

    add!("problems", problems::list(shell(words)));
    // Every code, so that the words of each go through the tests of markup.
    for kind in ProblemKind::ALL {
        add!(kind.facts().1, problems::one(shell(words), kind));
    }

    pages
}

#[test]
fn every_page_is_whole_and_quotes_what_people_wrote() {
    for locale in Locale::ALL {
        for (name, html) in pages(Words(locale)) {
            let lang = locale.as_str();
            assert!(html.starts_with("<!doctype html>") && html.trim_end().ends_with("</html>"), "{name}");
            assert!(html.contains(&format!("<html lang=\"{lang}\">")), "{name}");
            assert_eq!(html.matches("<h1").count(), 1, "{name} in {lang}");
            assert_eq!(html.matches("<main").count(), 1, "{name}");
            assert!(!html.contains("<script>alert") && !html.contains("=\"<"), "{name}: {html}");
            for forbidden in [" style=", " onclick=", " onsubmit=", "javascript:"] {
                assert!(!html.contains(forbidden), "{name} has {forbidden}");
            }
        }
    }
}

#[test]
fn every_form_that_changes_something_within_carries_the_sessions_token() {
    for (name, html) in pages(Words(Locale::En)) {
        let Some(main) = html.split("class=\"console\"").nth(1) else { continue };
        for form in main.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap();
            let free = form.contains("method=\"get\"") || form.contains("/admin/language");
            assert!(free || form.contains("name=\"csrf\" value=\"token\""), "{name}: <form{form}");
        }
    }
}

#[test]
fn every_field_has_a_label_and_every_fault_a_field() {
    for (name, html) in pages(Words(Locale::Ja)) {
        for field in html.split("<input").skip(1).chain(html.split("<select").skip(1)) {
            let tag = field.split('>').next().unwrap();
            if ["hidden", "radio", "checkbox"].iter().any(|kind| tag.contains(&format!("type=\"{kind}\""))) {
                continue;
            }
            let id = tag.split("id=\"").nth(1).unwrap().split('"').next().unwrap();
            assert!(html.contains(&format!("<label for=\"{id}\"")), "{name}: {id}");
        }
        for target in html.split("<li><a href=\"#").skip(1) {
            let id = target.split('"').next().unwrap();
            assert!(html.contains(&format!("id=\"{id}\"")), "{name}: #{id}");
        }
    }
}

#[test]
fn gallery() {
    let Ok(folder) = std::env::var("LIVERY_GALLERY") else { return };
    for locale in Locale::ALL {
        for (name, html) in pages(Words(locale)) {
            std::fs::write(format!("{folder}/{name}.{}.html", locale.as_str()), html).unwrap();
        }
    }
}
