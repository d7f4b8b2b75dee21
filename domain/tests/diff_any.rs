//! The comparison of any two texts: nothing is lost, and what is said of it is true.

use domain::diff::{FieldDiff, OpKind, share_new, words};
use proptest::prelude::*;

fn joined(diff: &FieldDiff, without: OpKind) -> String {
    let kept = diff.ops.iter().filter(|op| op.op != without);
    kept.map(|op| op.text.as_str()).collect()
}

/// Few different pieces, so that repeats, moves and near misses happen all the time.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "b",
        "db-eu-2",
        "38%",
        " ",
        "  ",
        ", ",
        ".",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\t",
        "東京",
        "שלום ",
        "\u{202E}",
        "é",
        "e\u{301}",
        "👩🏽‍🚒",
        "-",
        "* ",
        "(",
        "]",
        "\u{a0}",
        "—",
        "one two three four\n",
        "five six seven eight\n",
        "nine ten eleven\r\n",
        "\u{0}",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn check(old: &str, new: &str) -> Result<(), TestCaseError> {
    let diff = words("text", old, new);
    prop_assert_eq!(joined(&diff, OpKind::Delete), new);
    prop_assert_eq!(joined(&diff, OpKind::Insert), old);
    prop_assert_eq!(diff.changed, old != new);
    prop_assert_eq!(
        diff.changed,
        diff.ops.iter().any(|op| op.op != OpKind::Equal)
    );
    prop_assert!(diff.ops.iter().all(|op| !op.text.is_empty()));
    prop_assert!(
        diff.ops
            .iter()
            .all(|op| !(op.moved && op.op == OpKind::Equal))
    );
    prop_assert!((0.0..=1.0).contains(&share_new(&diff)));
    // What is marked as moved away has arrived somewhere, line by line.
    let moved = |kind| {
        let mut lines: Vec<&str> = diff
            .ops
            .iter()
            .filter(|op| op.moved && op.op == kind)
            .flat_map(|op| op.text.split_inclusive('\n'))
            .collect();
        lines.sort_unstable();
        lines
    };
    prop_assert_eq!(moved(OpKind::Delete), moved(OpKind::Insert));
    // Neighbours of the same sort are one step.
    let mut pairs = diff.ops.windows(2);
    prop_assert!(
        !pairs.any(|pair| (pair[0].op, pair[0].moved) == (pair[1].op, pair[1].moved)),
        "{:?}",
        diff.ops
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn nothing_is_lost_in_texts_that_resemble_each_other(old in text(), new in text()) {
        check(&old, &new)?;
    }

    #[test]
    fn nothing_is_lost_in_any_texts(old in any::<String>(), new in any::<String>()) {
        check(&old, &new)?;
    }

    #[test]
    fn nothing_is_lost_when_lines_are_shuffled(
        (old, new) in prop::collection::vec(text(), 0..12)
            .prop_flat_map(|lines| (Just(lines.clone()), Just(lines).prop_shuffle()))
            .prop_map(|(old, new)| (old.join("\n"), new.join("\n")))
    ) {
        check(&old, &new)?;
    }

    #[test]
    fn paragraphs_in_another_order_bring_no_new_words(
        (old, new) in prop::collection::hash_set("[a-z]{3,8} [a-z]{3,8} [a-z]{3,8}\\.", 0..12)
            .prop_map(|lines| lines.into_iter().collect::<Vec<_>>())
            .prop_flat_map(|lines| (Just(lines.clone()), Just(lines).prop_shuffle()))
    ) {
        let diff = words("text", &old.join("\n\n"), &new.join("\n\n"));
        prop_assert_eq!((diff.added, diff.removed), (0, 0));
    }
}
