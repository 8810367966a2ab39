//! Every mail in every language: what it says, and what it can't be made to say.

// Clippy's exceptions for tests stop at functions without `#[test]`.
#![allow(clippy::unwrap_used)]

use livery_domain::{
    clock::UnixMillis,
    identity::email::Email,
    locale::Locale,
    mail::{Mail, MailKind},
    people::role::Role,
};
use livery_mail::{Envelope, Invitation, NewDevice, PasswordChanged, PasswordReset, RoleName, Welcome};

/// 2026-11-21T09:05:00Z
const AT: UnixMillis = UnixMillis(1_795_251_900_000);

/// Values that are chosen outside of Livery.
struct Chosen<'a> {
    brand: &'a str,
    inviter: &'a str,
    role: RoleName<'a>,
    device: &'a str,
    address: &'a str,
}

const GOOD: Chosen<'_> = Chosen {
    brand: "Acme",
    inviter: "Ada Lovelace",
    role: RoleName::BuiltIn(Role::Manager),
    device: "Firefox on Windows",
    address: "192.0.2.7",
};

fn mails(locale: Locale, chosen: &Chosen<'_>) -> Vec<Mail> {
    let to = Email::parse("grace@acme.test").unwrap();
    let envelope = Envelope { to: &to, locale, tenant: None, brand: chosen.brand };
    vec![
        envelope.welcome(&Welcome { admin_url: "https://acme.livery.test/admin", trial_ends: Some(AT) }),
        envelope.invitation(&Invitation {
            inviter: chosen.inviter,
            role: chosen.role,
            link: "https://acme.livery.test/admin/invitation#lvi_code",
            code: "lvi_code",
            expires: AT,
        }),
        envelope.password_reset(&PasswordReset {
            link: "https://acme.livery.test/admin/reset#lvw_code",
            code: "lvw_code",
            expires: AT,
        }),
        envelope.password_changed(&PasswordChanged {
            at: AT,
            reset_url: "https://acme.livery.test/admin/forgot",
        }),
        envelope.new_device(&NewDevice {
            at: AT,
            device: chosen.device,
            address: Some(chosen.address),
            sessions_url: "https://acme.livery.test/admin/profile",
        }),
    ]
}

#[test]
fn every_mail_says_what_was_agreed() {
    for locale in Locale::ALL {
        let mails = mails(locale, &GOOD);
        assert_eq!(mails.iter().map(|mail| mail.kind).collect::<Vec<_>>(), MailKind::ALL);
        for mail in mails {
            let name = format!("{}.{}", mail.kind.as_str(), locale.as_str());
            let said = format!("Subject: {}\n\n{}", mail.subject.as_str(), mail.text);
            insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, said) });
        }
    }
}

#[test]
fn both_forms_of_a_mail_say_the_same() {
    for locale in Locale::ALL {
        for mail in mails(locale, &GOOD) {
            for line in mail.text.lines().map(str::trim).filter(|line| !line.is_empty() && *line != "--") {
                // A fact's two halves stand in two cells, a button's label without its colon.
                for said in line.trim_end_matches(':').split(": ") {
                    assert!(mail.html.contains(said), "{said} in {}", mail.html);
                }
            }
            assert!(mail.html.starts_with("<!DOCTYPE html>"));
            assert!(mail.html.contains(&format!("<html lang=\"{}\"", locale.as_str())));
        }
    }
}

#[test]
fn a_hostile_name_stays_a_name() {
    let hostile =
        "</td><script>alert(1)</script><a href=\"https://evil.example\">Win & 'go'\r\nBcc: all@evil.example";
    let chosen = Chosen {
        brand: hostile,
        inviter: hostile,
        role: RoleName::Own(hostile),
        device: hostile,
        address: hostile,
    };
    for locale in Locale::ALL {
        let honest = mails(locale, &GOOD);
        for (mail, honest) in mails(locale, &chosen).iter().zip(&honest) {
            let tags = |html: &str| html.matches('<').count();
            assert_eq!(tags(&mail.html), tags(&honest.html), "{}", mail.html);
            for bad in [
                "<script",
                "<a href=\"https://evil",
                "Win & ",
                "'go'",
                "https://evil.example",
                "all@evil.example",
            ] {
                assert!(!mail.html.contains(bad), "{bad} in {}", mail.html);
            }
            assert!(!mail.text.contains("evil.example"), "a link in {}", mail.text);
            // No line of the text begins with a value from outside.
            assert_eq!(mail.text.lines().count(), honest.text.lines().count(), "{}", mail.text);
            for header in [mail.subject.as_str(), mail.brand.as_str()] {
                assert!(!header.contains(['\r', '\n']), "{header}");
            }
        }
    }
}

#[test]
fn a_mail_loads_nothing_and_leads_nowhere_but_where_its_caller_says() {
    for locale in Locale::ALL {
        for mail in mails(locale, &GOOD) {
            for fetching in
                ["<img", "src=", "url(", "<link", "@import", "<iframe", "<script", "<form", "background="]
            {
                assert!(!mail.html.contains(fetching), "{fetching}");
            }
            let mut links: Vec<_> =
                mail.html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            assert!(links.iter().all(|link| link.starts_with("https://acme.livery.test/admin")), "{links:?}");
            links.dedup();
            assert_eq!(links.len(), 1, "one thing to do: {links:?}");
        }
    }
}

#[test]
fn what_is_not_known_is_not_shown() {
    let to = Email::parse("grace@acme.test").unwrap();
    let envelope = Envelope { to: &to, locale: Locale::En, tenant: None, brand: "Acme" };
    let mail = envelope.new_device(&NewDevice {
        at: AT,
        device: "",
        address: None,
        sessions_url: "https://acme.livery.test/admin/profile",
    });
    assert!(!mail.text.contains("Device:") && !mail.text.contains("IP address:"), "{}", mail.text);
    let mail = envelope.welcome(&Welcome { admin_url: "https://acme.livery.test/admin", trial_ends: None });
    assert!(!mail.text.contains("until"), "{}", mail.text);
}

/// Gmail cuts a mail off at 102 KB; ours stay far below with the longest names.
#[test]
fn no_mail_is_long_enough_to_be_cut_off() {
    let long = "あ".repeat(500);
    let chosen =
        Chosen { brand: &long, inviter: &long, role: RoleName::Own(&long), device: &long, address: &long };
    for mail in Locale::ALL.iter().flat_map(|locale| mails(*locale, &chosen)) {
        assert!(mail.html.len() < 16 * 1024, "{} octets", mail.html.len());
    }
}
