//! The comparison of two sitreps: the summary and what goes over the wire.

use domain::diff::{Diff, sitreps, words};

const POOLER: &str = "The pooler rollout opens one pool per worker.";
const DNS: &str = "DNS has been ruled out by Sam.";

#[test]
fn a_sitrep_is_summed_up() {
    let old = [
        ("situation", "Errors at 38% now."),
        ("impact", "Deploys fail."),
        ("needs", ""),
        ("owner", "Bo"),
    ];
    let new = [
        ("headline", "Pooler"),
        ("situation", "Errors at 31% now."),
        ("impact", "Deploys fail slowly."),
        ("needs", "A hand."),
    ];
    let diff = sitreps(4, 5, &old, &new);
    assert_eq!((diff.from, diff.to), (4, 5));
    let names: Vec<_> = diff
        .fields
        .iter()
        .map(|field| field.field.as_str())
        .collect();
    assert_eq!(names, ["headline", "situation", "impact", "needs", "owner"]);
    assert_eq!(
        diff.summary,
        "Headline new, situation +1 −1, impact +1, needs new, owner emptied"
    );
}

#[test]
fn the_summary_names_every_sort_of_change() {
    let one = |old: &str, new: &str| {
        sitreps(1, 2, &[("next_steps", old)], &[("next_steps", new)]).summary
    };
    assert_eq!(one("a", "a"), "no change");
    assert_eq!(one("a b", "a"), "Next steps −1");
    assert_eq!(one("a b", "a, b"), "Next steps punctuation only");
    assert_eq!(
        one(&format!("{DNS}\n{POOLER}"), &format!("{POOLER}\n{DNS}")),
        "Next steps reordered"
    );
    assert_eq!(one(" ", "  "), "Next steps punctuation only");
    assert_eq!(sitreps(1, 1, &[], &[]).summary, "no change");
}

#[test]
fn the_summary_stays_one_short_line() {
    let names: Vec<String> = (0..50)
        .map(|n| format!("{}{n}", "very long name ".repeat(20)))
        .collect();
    let new: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "text")).collect();
    let summary = sitreps(1, 2, &[], &new).summary;
    assert!(summary.ends_with(" and 44 more"), "{summary}");
    assert!(
        summary.chars().count() < 320 && !summary.contains('\n'),
        "{summary}"
    );
}

#[test]
fn a_name_given_twice_counts_once() {
    let diff = sitreps(1, 2, &[], &[("a", "first"), ("a", "second")]);
    assert_eq!(diff.fields.len(), 1);
    assert_eq!(diff.fields[0].ops[0].text, "first");
}

#[test]
fn the_wire_is_the_contract() {
    let diff = sitreps(
        1,
        2,
        &[("situation", "38% fail")],
        &[("situation", "31% fail")],
    );
    let json = serde_json::to_value(&diff).expect("a diff is plain data");
    assert_eq!(
        json,
        serde_json::json!({"from": 1, "to": 2, "summary": "Situation +1 −1", "fields": [{
        "field": "situation", "changed": true, "added": 1, "removed": 1, "ops": [
            {"op": "delete", "text": "38%"}, {"op": "insert", "text": "31%"},
            {"op": "equal", "text": " fail"},
        ]}]})
    );
    assert_eq!(
        serde_json::from_value::<Diff>(json).expect("and comes back"),
        diff
    );
    let moved = words(
        "text",
        &format!("{DNS}\n{POOLER}\n"),
        &format!("{POOLER}\n{DNS}\n"),
    );
    let json = serde_json::to_string(&moved).expect("a diff is plain data");
    assert!(
        json.contains(r#""moved":true"#) && !json.contains(r#""moved":false"#),
        "{json}"
    );
}
