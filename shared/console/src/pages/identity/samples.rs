//! The pages of this area with everything on them.

use super::views::{
    Enter, Forgot, Key, KeyMade, KeyNew, KeyPage, Keys, PlanCard, Profile, Register, Reset, SessionRow,
    SignIn, SignInRow, TenantCard, Tenants,
};
use crate::{
    faults::Faults,
    frame::{Choice, Pager, Section},
    names,
    pages::samples::{EVIL, Sample, at, frame, permissions, sample, shell},
    words::Words,
};
use livery_domain::people::role::Role;

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

pub fn pages(words: Words) -> Vec<Sample> {
    let first = |faults: Faults| SignIn {
        shell: shell(words),
        faults,
        tenant: "Acme".into(),
        email: String::new(),
        to: "/admin".into(),
    };
    vec![
        sample("sign-in", &first(Faults::default())),
        sample("sign-in-wrong", &first(Faults::one("", words.wrong_credentials()))),
        sample(
            "forgot",
            &Forgot { shell: shell(words), faults: Faults::default(), email: String::new(), sent: false },
        ),
        sample(
            "forgot-sent",
            &Forgot { shell: shell(words), faults: Faults::default(), email: String::new(), sent: true },
        ),
        sample(
            "reset",
            &Reset {
                shell: shell(words),
                faults: Faults::one("code", words.code_invalid()),
                code: "lvw_".into(),
            },
        ),
        sample(
            "register",
            &Register {
                shell: shell(words),
                faults: Faults::default(),
                platform: "livery.example".into(),
                organisation: String::new(),
                subdomain: String::new(),
                name: String::new(),
                email: String::new(),
                plans: plans(words),
            },
        ),
        sample(
            "register-faults",
            &Register {
                shell: shell(words),
                faults: register_faults(words),
                platform: "livery.example".into(),
                organisation: EVIL.into(),
                subdomain: "acme".into(),
                name: "Ada".into(),
                email: "ada@acme.example".into(),
                plans: plans(words),
            },
        ),
        sample(
            "keys",
            &Keys {
                shell: shell(words),
                frame: frame(words, Section::Keys),
                keys: (0..4).map(|n| key(words, n)).collect(),
                pager: Pager::default(),
                may_manage: true,
            },
        ),
        sample(
            "keys-empty",
            &Keys {
                shell: shell(words),
                frame: frame(words, Section::Keys),
                keys: vec![],
                pager: Pager::default(),
                may_manage: true,
            },
        ),
        sample(
            "key-new",
            &KeyNew {
                shell: shell(words),
                frame: frame(words, Section::Keys),
                faults: Faults::default(),
                name: String::new(),
                lives: [30_i64, 90, 365]
                    .map(|days| Choice {
                        value: days.to_string(),
                        name: words.days(days),
                        text: "",
                        chosen: days == 90,
                    })
                    .into(),
                permissions: permissions(words),
            },
        ),
        sample(
            "key-made",
            &KeyMade {
                shell: shell(words),
                frame: frame(words, Section::Keys),
                name: "Nightly export".into(),
                secret: "lvk_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE_aBcDeF".into(),
                old_until: Some(at(words, -24)),
            },
        ),
        sample(
            "key",
            &KeyPage {
                shell: shell(words),
                frame: frame(words, Section::Keys),
                faults: Faults::default(),
                key: key(words, 0),
                overlaps: hours(words),
            },
        ),
        sample(
            "profile",
            &Profile {
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
                        current: n == 0,
                    })
                    .collect(),
                sign_ins: [
                    (words.outcome_ok(), " badge--ok"),
                    (words.outcome_wrong(), " badge--warn"),
                    (words.outcome_reused(), " badge--danger"),
                ]
                .map(|(outcome, badge)| SignInRow {
                    at: at(words, 9),
                    outcome,
                    badge,
                    device: names::device(words, Some("Chrome/ Windows")),
                    address: "2001:db8::7".into(),
                })
                .into(),
            },
        ),
        sample(
            "tenants",
            &Tenants {
                shell: shell(words),
                frame: frame(words, Section::Tenants),
                tenants: (0..3)
                    .map(|n| TenantCard {
                        id: format!("ten_{n}"),
                        name: ["Acme", "Globex", EVIL][n].into(),
                        host: ["acme.livery.example", "globex.livery.example", "chat.initech.example"][n]
                            .into(),
                        role: names::role(words, Role::Admin).into(),
                        current: n == 0,
                    })
                    .collect(),
            },
        ),
        sample(
            "enter",
            &Enter {
                shell: shell(words),
                tenant: "Globex".into(),
                host: "globex.livery.example".into(),
                action: "/gallery".into(),
                ticket: "a.b.c".into(),
            },
        ),
    ]
}
