//! No cycle between the modules of one crate, as there is none between crates. A module and its children count as one.

// Clippy's exceptions for tests stop at functions without `#[test]`; everything here is a test or serves one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod crates;
mod graph;
mod uses;

use graph::Graph;

#[test]
fn no_crate_has_a_circle_between_its_modules() {
    let mut circles = Vec::new();
    let mut modules = 0;
    for root in crates::roots() {
        let graph = Graph::of(&root);
        modules += graph.len();
        circles.extend(
            graph.circles().into_iter().map(|circle| format!("{}: {}", root.display(), circle.join(", "))),
        );
    }
    assert!(modules > 300, "only {modules} modules were read");
    assert!(circles.is_empty(), "circles between modules:\n{}", circles.join("\n"));
}

#[cfg(test)]
mod of_the_check {
    use super::graph::Graph;

    fn circles(files: &[(&str, &str)]) -> Vec<Vec<String>> {
        Graph::of_sources(files).circles()
    }

    #[test]
    fn modules_that_name_each_other_are_a_circle_however_long_the_way_back() {
        let files = [
            ("", "mod a; mod b; mod c;"),
            ("a", "use super::b::B; pub struct A(B);"),
            ("b", "pub struct B(crate::c::C);"),
            ("c", "pub struct C(Option<Box<super::a::A>>);"),
        ];
        assert_eq!(circles(&files), [["crate::a", "crate::b", "crate::c"]]);
    }

    #[test]
    fn a_module_and_its_children_are_one_room() {
        let files =
            [("", "mod a; use a::A; struct B(A);"), ("a", "use super::B; pub struct A(Option<Box<B>>);")];
        assert!(circles(&files).is_empty());
    }

    #[test]
    fn a_name_that_a_parent_only_passes_on_is_its_origins() {
        let files = [
            ("", "mod a; mod b; pub use a::A;"),
            ("a", "pub struct A;"),
            ("b", "use crate::A; fn f(_: A, _: super::A) {}"),
        ];
        assert!(circles(&files).is_empty());
    }

    #[test]
    fn paths_inside_of_functions_and_macros_count() {
        let files = [
            ("", "mod a; mod b;"),
            ("a", "pub fn f() { crate::b::g() }"),
            ("b", "pub fn g() { println!(\"{}\", crate::a::f()) }"),
        ];
        assert_eq!(circles(&files), [["crate::a", "crate::b"]]);
    }

    #[test]
    fn what_only_tests_name_is_no_circle() {
        let files = [
            ("", "mod a; mod b;"),
            ("a", "pub fn f() { crate::b::g() }"),
            ("b", "pub fn g() {} #[cfg(test)] mod tests { use crate::a; #[test] fn t() { a::f() } }"),
        ];
        assert!(circles(&files).is_empty());
    }
}
