use crate::world::{World, get, post};

fn fields<'f>(subdomain: &'f str, password: &'f str, plan: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("organisation", "Initech & Sons"),
        ("subdomain", subdomain),
        ("name", "Bill"),
        ("email", "bill@initech.test"),
        ("password", password),
        ("plan", plan),
    ]
}

#[test]
fn whoever_registers_is_led_to_the_new_console() {
    let world = World::new();
    let page = world.send(get("livery.test/register?plan=standard"));
    page.shows("¥29,800").shows("value=\"standard\" checked").shows(".livery.test</span>");
    assert!(page.header("content-security-policy").contains("form-action 'self' https://*.livery.test;"));
    world
        .send(post("livery.test/register", &fields("Initech", "zebra-lamp-river", "starter")))
        .leads_to("https://initech.livery.test/admin/sign-in?done=welcome");
    let sign_in = world.send(get("initech.livery.test/admin/sign-in?done=welcome"));
    sign_in.shows("Sign in to Initech &#38; Sons").shows("Welcome!");
    let mails = world.platform.memory.mails();
    assert_eq!(mails.len(), 1);
}

#[test]
fn everything_that_is_wrong_is_said_at_once_and_what_was_typed_stays() {
    let world = World::new();
    let page = world
        .send(post("livery.test/register", &[("subdomain", "-x-"), ("email", "bill"), ("plan", "gold")]));
    assert_eq!(page.status, 422);
    for field in ["organisation", "subdomain", "name", "email", "plan"] {
        page.shows(&format!("<a href=\"#{field}\">"));
    }
    page.shows("value=\"-x-\"");
    page.shows("at most 100 characters.").shows("required maxlength=\"100\" autocomplete=\"organization\"");
    let weak = world.send(post("livery.test/register", &fields("initech", "short", "free")));
    weak.shows("Use at least 10 characters.").shows("value=\"Initech &#38; Sons\"");
    assert!(!weak.html.contains("value=\"short\""));
    world.send(post("livery.test/register", &fields("www", "zebra-lamp-river", "free"))).shows("reserved");
    let taken = world.send(post("livery.test/register", &fields("acme", "zebra-lamp-river", "free")));
    assert_eq!(taken.status, 409);
    taken.shows("This subdomain is taken.");
}

#[test]
fn one_registers_at_the_platforms_host_alone() {
    let world = World::new();
    assert_eq!(world.send(get("acme.livery.test/register")).status, 404);
    assert_eq!(world.send(get("livery.test/admin/team")).status, 404);
}

#[test]
fn a_refusal_is_said_in_the_readers_language() {
    let world = World::new();
    let refused = |subdomain, password| {
        let call = post("livery.test/register", &fields(subdomain, password, "free"));
        world.send(call.header("accept-language", "ja"))
    };
    refused("www", "zebra-lamp-river").shows("このサブドメインは予約されています");
    refused("acme", "zebra-lamp-river").shows("このサブドメインはすでに使われています");
    let weak = refused("initech", "1234567890");
    weak.shows("広く知られています");
    assert!(!weak.html.contains("This is one of the passwords"), "{}", weak.html);
}
