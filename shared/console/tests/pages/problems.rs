use crate::world::{World, get, post};
use livery_http::{Problem, ProblemKind};
use serde_json::Value as Json;

/// Where the document of a problem leads.
fn type_of(kind: ProblemKind) -> String {
    let document: Json = serde_json::from_slice(Problem::new(kind).into_response("req_1").body()).unwrap();
    document["type"].as_str().unwrap().to_owned()
}

#[test]
fn the_type_of_every_problem_is_a_page_at_every_host_in_each_language() {
    let world = World::new();
    for kind in ProblemKind::ALL {
        let (status, code, title) = kind.facts();
        for host in ["livery.test", "acme.livery.test", "unknown.livery.test"] {
            let page = world.send(get(&format!("{host}{}", type_of(kind))));
            assert_eq!(page.status, 200, "{host} {code}");
            page.shows(&format!("<code>{code}</code>")).shows(&format!(">{}</p>", status.as_u16()));
            assert_eq!(page.header("content-language"), "en");
            assert!(
                page.header("content-security-policy").starts_with("default-src 'none'; style-src 'self'")
            );
            assert!(page.html.contains(&title.replace('\'', "&#39;")), "{}", page.html);
        }
        let japanese =
            world.send(get(&format!("livery.test{}", type_of(kind))).header("accept-language", "ja"));
        assert_eq!(japanese.header("content-language"), "ja");
        japanese.shows("対処");
        assert!(!japanese.html.contains(title), "{}", japanese.html);
    }
}

#[test]
fn a_page_lists_the_reasons_that_can_come_with_its_problem() {
    let world = World::new();
    let page = world.send(get("acme.livery.test/problems/gone"));
    page.shows(r#"<tr id="invitation_expired">"#).shows("Ask the team to send it again.");
    assert!(!page.html.contains("weak_password"), "{}", page.html);
    let page = world.send(get("acme.livery.test/problems/invalid_content"));
    page.shows("<code>GET /v1/permissions</code>");
    let page = world.send(get("acme.livery.test/problems/not_found"));
    assert!(!page.html.contains("<table"), "{}", page.html);
}

#[test]
fn the_list_leads_to_every_page() {
    let world = World::new();
    let page = world.send(get("livery.test/problems"));
    assert_eq!(page.status, 200);
    for kind in ProblemKind::ALL {
        page.shows(&format!("href=\"{}\"", type_of(kind))).shows(kind.facts().1);
    }
}

#[test]
fn a_code_that_no_problem_has_is_not_found_and_a_page_is_only_read() {
    let world = World::new();
    for code in ["teapot", "NOT_FOUND", "not_found/x", "%3Cscript%3E", ""] {
        let page = world.send(get(&format!("livery.test/problems/{code}")));
        assert_eq!(page.status, 404, "{code}");
        assert!(!page.html.contains("<script>"), "{}", page.html);
    }
    let refused = world.send(post("livery.test/problems/not_found", &[]));
    assert_eq!((refused.status, refused.header("allow")), (405, "GET, HEAD"));
}
