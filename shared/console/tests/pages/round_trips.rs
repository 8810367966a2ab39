//! What a page costs in trips to SQL: each is a wait for another machine where the database is one.

use crate::world::{Browser, World, post};

#[test]
fn each_page_makes_as_many_trips_as_it_needs() {
    let world = World::new();
    let mut browser = Browser::signed_in(&world, "owner@acme.test");
    let mut made = vec![];
    // The host, then the session with the person, then what the page shows: of a profile, in two lists.
    for (path, wanted) in [("/admin/team", 3), ("/admin/team/roles", 3), ("/admin/profile", 4)] {
        let before = world.platform.memory.sql_trips();
        assert_eq!(browser.get(path).status, 200, "{path}");
        made.push((path, world.platform.memory.sql_trips() - before, wanted));
    }
    let before = world.platform.memory.sql_trips();
    let fields = [("email", "owner@acme.test"), ("password", "livery-demo")];
    let page = world.send(post("acme.livery.test/admin/sign-in", &fields));
    assert_eq!(page.status, 303, "{}", page.html);
    made.push(("sign-in", world.platform.memory.sql_trips() - before, 3));
    assert!(made.iter().all(|(_, made, wanted)| made == wanted), "page, made, wanted: {made:?}");
}
