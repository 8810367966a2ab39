//! No circle between the modules of one crate: what is below never names what is above it.

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
        circles.extend(graph.circles().into_iter().map(|circle| format!("{}: {}", root.display(), circle.join(", "))));
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
    fn a_child_that_names_its_parents_item_while_the_parent_names_the_childs_is_a_circle() {
        let files = [("", "mod a; use a::A; struct B(A);"), ("a", "use super::B; pub struct A(Option<Box<B>>);")];
        assert_eq!(circles(&files), [["crate", "crate::a"]]);
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
