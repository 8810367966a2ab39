use crate::world::{World, get};

#[test]
fn what_would_have_been_sent_is_shown_with_its_links_and_in_a_sandbox() {
    let world = World::new();
    world.send(get("livery.test/outbox")).shows("No mail yet");
    let id = "mal_019aa52f0e80700080000000000000a1";
    let sql = format!(
        "INSERT INTO outbox (id, tenant_id, kind, recipient, subject, text, html, created_at) VALUES
         ('{id}', NULL, 'invitation', 'new@acme.test', 'Ada & Bo invite you',
          'Open https://acme.livery.test/admin/invitation#lvi_1 now', '<p onclick=x>Hello</p>', 1795251600000)"
    );
    world.platform.memory.execute_batch(&sql).unwrap();
    world.send(get("livery.test/outbox")).shows("Ada &#38; Bo invite you").shows("new@acme.test");
    world
        .send(get(&format!("livery.test/outbox?mail={id}")))
        .shows("<a href=\"https://acme.livery.test/admin/invitation#lvi_1\">");
    let html = world.send(get(&format!("livery.test/outbox?mail={id}&as=html")));
    assert!(html.header("content-security-policy").contains("sandbox"), "{:?}", html.headers);
    assert_eq!(world.send(get("livery.test/outbox?mail=mal_1")).status, 404);
    assert_eq!(world.send(get("acme.livery.test/outbox")).status, 404);
}

#[test]
fn in_production_there_is_no_outbox() {
    assert_eq!(World::in_production().send(get("livery.test/outbox")).status, 404);
}
