//! Import of design tokens files that are unusual, hostile or ambiguous.

use livery_theme::{Import, MAX_ALIAS_STEPS, MAX_DESIGN_TOKENS, MAX_GROUP_DEPTH, import_design_tokens};
use serde_json::{Map, Value, json};

fn import(document: Value) -> Import {
    import_design_tokens(&document).expect("a design tokens file")
}

fn primary(document: Value) -> Value {
    import(document).patch.pointer("/tokens/color/light/primary").cloned().unwrap_or_default()
}

fn fault(document: Value) -> (String, String) {
    let faults = import_design_tokens(&document).expect_err("refused");
    (faults[0].pointer.clone(), faults[0].detail.clone())
}

#[test]
fn the_type_of_a_group_is_inherited_and_a_wrong_one_keeps_a_token_out() {
    assert_eq!(
        primary(json!({ "$type": "color", "brand": { "primary": { "$value": "#123456" } } })),
        "#123456"
    );
    let wrong = import(json!({ "brand": { "$type": "dimension", "primary": { "$value": "#123456" } } }));
    assert_eq!(wrong.patch, json!({}));
    assert_eq!(wrong.skipped[0].reason, "its $type is dimension, not color");
    let own =
        json!({ "brand": { "$type": "dimension", "primary": { "$type": "color", "$value": "#123456" } } });
    assert_eq!(primary(own), "#123456");
}

#[test]
fn an_alias_is_followed_and_brings_the_type_of_its_target() {
    let document = json!({
        "palette": { "$type": "color", "blue": { "$value": { "colorSpace": "srgb", "components": [0, 0, 1], "hex": "#0000ff" } } },
        "mid": { "$value": "{palette.blue}" },
        "brand": { "primary": { "$value": "{mid}", "$extensions": { "x.test": { "$value": "#f00" } } } },
    });
    assert_eq!(primary(document), "#0000ff");
    let size = import(
        json!({ "size": { "$type": "dimension", "$value": "1px" }, "primary": { "$value": "{size}" } }),
    );
    assert_eq!(size.skipped[0].reason, "its $type is dimension, not color");
}

#[test]
fn an_alias_to_nothing_is_skipped_and_a_cycle_is_a_fault() {
    let missing = import(json!({ "brand": { "primary": { "$value": "{no.such}" } } }));
    assert_eq!(missing.skipped[0].reason, "refers to {no.such}, which is not in the file");
    let cycle = json!({ "a": { "$value": "{b}" }, "b": { "$value": "{c}" }, "c": { "$value": "{a}" } });
    assert_eq!(fault(cycle), ("/a".into(), "refers, in the end, to itself".into()));
    assert_eq!(fault(json!({ "a": { "$value": "{a}" } })).0, "/a");
}

#[test]
fn a_chain_of_aliases_may_have_the_limit_of_steps() {
    let chain = |steps: usize| {
        let mut file = Map::new();
        file.insert("primary".into(), json!({ "$value": "{a1}" }));
        for step in 1..steps {
            file.insert(format!("a{step}"), json!({ "$value": format!("{{a{}}}", step + 1) }));
        }
        file.insert(format!("a{steps}"), json!({ "$value": "#f00" }));
        Value::Object(file)
    };
    assert_eq!(primary(chain(MAX_ALIAS_STEPS)), "#f00");
    assert_eq!(fault(chain(MAX_ALIAS_STEPS + 1)).0, "/primary");
}

#[test]
fn groups_and_tokens_are_bounded() {
    let group = |inner: Value| Value::Object(Map::from_iter([("g".to_owned(), inner)]));
    let deep = |depth: usize| (0..depth).fold(json!({ "$value": "#f00" }), |inner, _| group(inner));
    assert!(import_design_tokens(&deep(MAX_GROUP_DEPTH)).is_ok());
    assert!(fault(deep(MAX_GROUP_DEPTH + 1)).1.contains("deep"));
    assert!(fault(deep(2_000)).1.contains("deep"));
    let many =
        |count: usize| (0..count).map(|i| (format!("t{i}"), json!({ "$value": i }))).collect::<Map<_, _>>();
    assert!(import_design_tokens(&Value::Object(many(MAX_DESIGN_TOKENS))).is_ok());
    let faults = import_design_tokens(&Value::Object(many(MAX_DESIGN_TOKENS + 1))).expect_err("too many");
    assert_eq!(faults.len(), 1);
    for odd in [json!(null), json!([]), json!("x"), json!(1)] {
        assert_eq!(fault(odd).0, "");
    }
}

#[test]
fn the_better_name_wins_whatever_the_order_and_the_others_are_told() {
    let document = json!({
        "accent": { "$value": "#111" }, "brand": { "primary": { "$value": "#222" } }, "color": { "primary": { "$value": "#333" } },
    });
    let import = import(document.clone());
    assert_eq!(primary(document), "#333");
    let reasons: Vec<_> =
        import.skipped.iter().map(|skipped| (skipped.path.as_str(), skipped.reason.as_str())).collect();
    let reason = "/tokens/color/light/primary is taken from color.primary";
    assert_eq!(reasons, [("accent", reason), ("brand.primary", reason)]);
    let own =
        json!({ "color": { "light": { "primary": { "$value": "#444" } }, "primary": { "$value": "#333" } } });
    assert_eq!(primary(own), "#444");
}

#[test]
fn a_value_that_is_no_css_of_its_kind_never_reaches_the_patch() {
    for hostile in
        ["red;}body{display:none", "url(//evil.test)", "var(--x)", "</style>", "expression(1)", "", "{"]
    {
        assert_eq!(import(json!({ "primary": { "$value": hostile } })).patch, json!({}), "{hostile}");
    }
    let long = import(json!({ "font": { "family": { "$value": ["x".repeat(300)] } } }));
    assert_eq!(long.patch, json!({}));
    assert!(long.skipped[0].reason.contains("256"));
}
