//! What the outbox keeps, and what it deletes. Not a contract case, because those share the table.

use futures_util::FutureExt;
use livery_domain::{
    clock::UnixMillis,
    id::{MailId, TenantId},
    identity::email::Email,
    mail::{HeaderText, Mail, MailKind},
};
use livery_platform::{Clock, fresh_bytes};
use livery_platform_memory::Memory;
use livery_store::operations::outbox::{self, KEPT, LISTED};

fn id(platform: &Memory) -> MailId {
    MailId::new(platform.now(), fresh_bytes(platform))
}

fn mail(subject: &str, tenant: Option<TenantId>) -> Mail {
    Mail {
        kind: MailKind::Invitation,
        tenant,
        to: Email::parse("ada@acme.test").unwrap(),
        brand: HeaderText::new("Acme"),
        subject: HeaderText::new(subject),
        text: format!("{subject}: lvi_1"),
        html: format!("<p>{subject}: lvi_1</p>"),
    }
}

fn keep(platform: &Memory, id: MailId, mail: &Mail) {
    outbox::add(platform, id, mail, platform.now()).now_or_never().unwrap().unwrap();
}

#[test]
fn a_kept_mail_is_listed_and_shown_whole() {
    let platform = Memory::new("").unwrap();
    let tenant = TenantId::new(platform.now(), fresh_bytes(&platform));
    let (of_tenant, of_platform) = (id(&platform), id(&platform));
    keep(&platform, of_tenant, &mail("Acme に招待", Some(tenant)));
    platform.pass_millis(1);
    keep(&platform, of_platform, &mail("Welcome", None));
    let listed = outbox::newest(&platform).now_or_never().unwrap().unwrap();
    assert_eq!(listed.iter().map(|mail| mail.id).collect::<Vec<_>>(), [of_platform, of_tenant]);
    assert_eq!(listed[0].tenant, None);
    let kept = outbox::one(&platform, of_tenant).now_or_never().unwrap().unwrap().unwrap();
    assert_eq!(kept.about, listed[1]);
    assert_eq!(kept.about.tenant, Some(tenant));
    assert_eq!(kept.about.kind, MailKind::Invitation);
    assert_eq!(kept.about.recipient, "ada@acme.test");
    assert_eq!(kept.about.subject, "Acme に招待");
    assert_eq!(kept.about.at, UnixMillis(platform.now().0 - 1));
    assert_eq!(kept.text, "Acme に招待: lvi_1");
    assert_eq!(kept.html, "<p>Acme に招待: lvi_1</p>");
}

#[test]
fn the_newest_200_are_kept_and_the_newest_100_listed() {
    let platform = Memory::new("").unwrap();
    let first = id(&platform);
    keep(&platform, first, &mail("0", None));
    for number in 1..KEPT {
        platform.pass_millis(1);
        keep(&platform, id(&platform), &mail(&number.to_string(), None));
    }
    let is_kept = |id| outbox::one(&platform, id).now_or_never().unwrap().unwrap().is_some();
    assert!(is_kept(first), "the 200th newest");
    let listed = outbox::newest(&platform).now_or_never().unwrap().unwrap();
    assert_eq!(listed.len(), usize::try_from(LISTED).unwrap());
    assert_eq!(listed[0].subject, (KEPT - 1).to_string());
    platform.pass_millis(1);
    keep(&platform, id(&platform), &mail("one more", None));
    assert!(!is_kept(first), "the 201st newest");
}
