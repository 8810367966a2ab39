//! What the live log deletes, and whether a listener notices. A contract case can't wait for ten minutes.

use crate::sql_ports::SqlPorts;
use futures_util::FutureExt;
use livery_domain::{
    brand::release::Rev,
    embed::live::{Cursor, Frame, REMEMBERED_RELEASES, ReleasePointer},
    id::{TenantId, VisitorId},
    tenancy::tenant::TenantScope,
};
use livery_platform::{Clock, Database, Heard, Hub, Listener, Statement, fresh_bytes};

const MINUTE: i64 = 60_000;

struct World {
    platform: SqlPorts,
    scope: TenantScope,
    ada: VisitorId,
    ben: VisitorId,
}

fn world() -> World {
    let platform = SqlPorts::new();
    let id = TenantId::new(platform.now(), fresh_bytes(&platform));
    let tenant = format!(
        "INSERT INTO tenants (id, key, name, plan_key, created_at) VALUES ('{id}', 'acme', 'Acme', 'free', 0)"
    );
    platform.memory.execute_batch(&tenant).unwrap();
    let visitor = || VisitorId::new(platform.now(), fresh_bytes(&platform));
    let (ada, ben) = (visitor(), visitor());
    World { platform, scope: TenantScope::grant(id), ada, ben }
}

fn pointer(rev: Rev) -> ReleasePointer {
    ReleasePointer { rev, stylesheet: format!("/b/{rev}.css"), config: format!("/w/{rev}.json") }
}

/// Any frame for a visitor; its number distinguishes it from others.
const fn note(number: Rev) -> Frame {
    Frame::Hello { rev: 1000 + number }
}

impl World {
    fn publish(&self, rev: Rev) {
        self.platform.publish_release(&self.scope, pointer(rev)).now_or_never().unwrap().unwrap();
    }

    fn tell(&self, visitor: VisitorId, number: Rev) {
        let told = self.platform.publish_to_visitor(&self.scope, visitor, &note(number)).now_or_never();
        told.unwrap().unwrap();
    }

    fn listen(&self, since: Option<Rev>, cursor: Option<&Cursor>) -> Heard {
        let listener = Listener { visitor: Some(self.ada), since, cursor };
        self.platform.listen(&self.scope, listener, 0).now_or_never().unwrap().unwrap()
    }

    fn rows(&self) -> i64 {
        let count = Statement::platform("SELECT COUNT(*) FROM live_log", vec![]);
        let rows = self.platform.query(count).now_or_never().unwrap().unwrap();
        rows.first().unwrap().integer(0).unwrap()
    }
}

fn cursor(text: &str) -> Cursor {
    Cursor::parse(text).unwrap()
}

#[test]
fn a_cursor_passes_over_what_is_for_others() {
    let world = world();
    let start = world.listen(None, None).cursor;
    world.tell(world.ada, 1);
    world.tell(world.ben, 2);
    world.publish(1);
    world.tell(world.ben, 3);
    let heard = world.listen(None, Some(&start));
    assert_eq!(heard.frames, [note(1), Frame::Release(pointer(1))]);
    assert_eq!(world.listen(None, Some(&heard.cursor)), Heard { frames: vec![], cursor: heard.cursor });
}

#[test]
fn a_full_page_ends_at_the_last_frame_that_was_read() {
    let world = world();
    let mut at = world.listen(None, None).cursor;
    for number in 0..450 {
        world.tell(world.ben, number);
        world.tell(world.ada, number);
    }
    let mut pages = Vec::new();
    let mut frames = Vec::new();
    while pages.last() != Some(&0) {
        let heard = world.listen(None, Some(&at));
        pages.push(heard.frames.len());
        frames.extend(heard.frames);
        at = heard.cursor;
    }
    assert_eq!(pages, [200, 200, 50, 0]);
    assert_eq!(frames, (0..450).map(note).collect::<Vec<_>>());
}

#[test]
fn a_cursor_is_known_for_as_long_as_nothing_after_it_is_forgotten() {
    let world = world();
    world.tell(world.ada, 1);
    let early = world.listen(None, None).cursor;
    world.tell(world.ada, 2);
    let late = world.listen(None, None).cursor;
    world.platform.memory.pass_millis(10 * MINUTE);
    world.publish(1);
    // Ten minutes to the millisecond are not older than ten minutes.
    assert_eq!(world.listen(None, Some(&early)).frames, [note(2), Frame::Release(pointer(1))]);
    world.platform.memory.pass_millis(1);
    world.publish(2);
    let greeting = [Frame::Hello { rev: 2 }, Frame::Release(pointer(1)), Frame::Release(pointer(2))];
    assert_eq!(world.listen(Some(0), Some(&early)).frames, greeting);
    let releases = [Frame::Release(pointer(1)), Frame::Release(pointer(2))];
    assert_eq!(world.listen(Some(0), Some(&late)).frames, releases);
}

#[test]
fn a_cursor_that_the_log_never_reached_is_not_known() {
    let world = world();
    world.publish(1);
    for made_up in ["2", "9223372036854775807", "9223372036854775808", "1.", "-1", "a", "0.1", "00"] {
        let heard = world.listen(None, Some(&cursor(made_up)));
        if made_up == "00" {
            // Another spelling of a number that was there.
            assert_eq!(heard.frames, [Frame::Release(pointer(1))]);
        } else {
            assert_eq!(heard.frames, [Frame::Hello { rev: 1 }], "{made_up}");
        }
        assert_eq!(heard.cursor, cursor("1"));
    }
}

#[test]
fn releases_outlive_any_number_of_messages() {
    let world = world();
    world.publish(1);
    world.publish(2);
    for number in 0..300 {
        world.tell(world.ben, number);
        world.platform.memory.pass_millis(MINUTE);
    }
    assert_eq!(world.rows(), 2 + 11);
    let heard = world.listen(Some(1), None);
    assert_eq!(heard.frames, [Frame::Hello { rev: 2 }, Frame::Release(pointer(2))]);
}

#[test]
fn the_log_keeps_as_many_releases_as_a_hub_remembers() {
    let world = world();
    for rev in 1..=REMEMBERED_RELEASES + 5 {
        world.publish(rev);
    }
    assert_eq!(world.rows(), REMEMBERED_RELEASES);
    // A listener that has received the fifth has missed none of the rest; one that has received the fourth has.
    let all: Vec<Frame> = (6..=REMEMBERED_RELEASES + 5).map(|rev| Frame::Release(pointer(rev))).collect();
    assert_eq!(world.listen(None, Some(&cursor("5"))).frames, all);
    let newest = REMEMBERED_RELEASES + 5;
    let greeting = [Frame::Hello { rev: newest }, Frame::Snapshot(pointer(newest))];
    assert_eq!(world.listen(Some(4), Some(&cursor("4"))).frames, greeting);
}

#[test]
fn a_release_that_is_known_takes_no_lock() {
    let world = world();
    world.publish(7);
    let before = world.platform.memory.statements();
    world.publish(7);
    world.publish(6);
    assert_eq!(world.platform.memory.statements() - before, 2);
}
