use crate::world::{World, get, post};

#[test]
fn whoever_knows_the_subdomain_is_led_to_its_console() {
    let world = World::new();
    let page = world.send(get("livery.test/sign-in"));
    assert_eq!(page.status, 200);
    page.shows("<h1>Sign in</h1>").shows(".livery.test</span>");
    assert!(page.header("content-security-policy").contains("form-action 'self' https://*.livery.test;"));
    for typed in ["acme", " Acme ", "acme.livery.test"] {
        world
            .send(post("livery.test/sign-in", &[("subdomain", typed)]))
            .leads_to("https://acme.livery.test/admin/sign-in");
    }
}

#[test]
fn what_is_no_subdomain_is_said_at_the_field_and_above_the_form() {
    let world = World::new();
    for typed in ["", "a", "evil.test/x?", "acme.livery.test.evil.test", "<script>"] {
        let page = world.send(post("livery.test/sign-in", &[("subdomain", typed)]));
        assert_eq!(page.status, 422, "{typed:?}");
        page.shows(r##"<a href="#subdomain">"##)
            .shows(r#"aria-invalid="true""#)
            .shows("<title>Error: Sign in");
        assert!(!page.html.contains("<script>"), "{}", page.html);
    }
}

#[test]
fn a_tenants_host_has_no_such_page() {
    assert_eq!(World::new().send(get("acme.livery.test/sign-in")).status, 404);
}
