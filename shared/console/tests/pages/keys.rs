use crate::world::{Browser, Page, World};

fn secret(page: &Page) -> String {
    let code = page.html.split("<code id=\"secret\">").nth(1).unwrap();
    code.split('<').next().unwrap().to_owned()
}

fn id(page: &Page) -> String {
    let link = page.html.split("href=\"/admin/keys/key_").nth(1).unwrap();
    format!("key_{}", link.split('"').next().unwrap())
}

#[test]
fn a_key_is_shown_once_then_replaced_and_revoked() {
    let world = World::new();
    let mut browser = Browser::signed_in(&world, "owner@acme.test");
    browser.get("/admin/keys").shows("No API keys yet");
    browser.get("/admin/keys/new").shows("value=\"brand.read\"");
    let fields = [
        ("name", "Nightly <export>"),
        ("permission", "brand.read"),
        ("permission", "usage.read"),
        ("expires", "90"),
    ];
    let made = browser.post("/admin/keys/new", &fields);
    assert_eq!((made.status, made.header("cache-control")), (200, "no-store"));
    let first = secret(&made);
    assert!(first.starts_with("lvk_"));
    let list = browser.get("/admin/keys");
    list.shows("Nightly &#60;export&#62;").shows("Active");
    assert!(!list.html.contains(&first));
    let path = format!("/admin/keys/{}", id(&list));
    let page = browser.get(&path);
    page.shows("See the brand").shows("Replace the key");
    assert!(!page.html.contains(&first));
    let rotated = browser.post(&format!("{path}/rotate"), &[("overlap", "24")]);
    rotated.shows("The old key works until 22 Nov 2026 09:00 UTC.");
    assert_ne!(secret(&rotated), first);
    browser.get("/admin/keys").shows("Being replaced");
    let again = browser.post(&format!("{path}/rotate"), &[("overlap", "24")]);
    assert_eq!(again.status, 409);
    again.shows("This key was replaced already.");
    browser.post(&format!("{path}/revoke"), &[]).leads_to("/admin/keys?done=revoked");
    browser.get("/admin/keys").shows("Revoked");
    let dead = browser.post(&format!("{path}/rotate"), &[("overlap", "24")]);
    assert_eq!(dead.status, 409);
    dead.shows("The API key is revoked. Create a new one.");
}

#[test]
fn what_is_missing_is_said_and_what_was_typed_stays() {
    let world = World::new();
    let mut browser = Browser::signed_in(&world, "owner@acme.test");
    let page = browser.post("/admin/keys/new", &[("name", ""), ("expires", "30")]);
    assert_eq!(page.status, 422);
    page.shows("<a href=\"#name\">").shows("<a href=\"#permissions\">").shows("value=\"30\" selected");
    let page =
        browser.post("/admin/keys/new", &[("name", ""), ("permission", "brand.read"), ("expires", "")]);
    page.shows("value=\"brand.read\" checked");
}
