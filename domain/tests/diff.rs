//! The comparison of two texts: what a reader gets to see.

use domain::diff::{Op, OpKind, share_new, words};

/// `=same -gone +new`, moved text in angle brackets, for tests that read like the screen.
fn shown(old: &str, new: &str) -> String {
    let diff = words("text", old, new);
    let parts = diff.ops.iter().map(|Op { op, text, moved }| {
        let sign = match op {
            OpKind::Equal => '=',
            OpKind::Insert => '+',
            OpKind::Delete => '-',
        };
        if *moved {
            format!("{sign}<{text}>")
        } else {
            format!("{sign}[{text}]")
        }
    });
    parts
        .collect::<String>()
        .replace('\n', "⏎")
        .replace('\r', "␍")
}

fn counts(old: &str, new: &str) -> (usize, usize) {
    let diff = words("text", old, new);
    (diff.added, diff.removed)
}

// ---- what a reader sees

#[test]
fn a_figure_is_one_word() {
    assert_eq!(
        shown(
            "Webhooks are delayed; 41,200 are waiting.",
            "Webhooks are delayed; 44,900 are waiting."
        ),
        "=[Webhooks are delayed; ]-[41,200]+[44,900]=[ are waiting.]"
    );
    assert_eq!(
        shown("About 38% fail.", "About 31% fail."),
        "=[About ]-[38%]+[31%]=[ fail.]"
    );
    assert_eq!(
        shown("Told 14:15.", "Told 14:28."),
        "=[Told ]-[14:15]+[14:28]=[.]"
    );
    assert_eq!(shown("Took .5 s", "Took .7 s"), "=[Took ]-[.5]+[.7]=[ s]");
}

#[test]
fn a_name_with_hyphens_is_one_word() {
    assert_eq!(
        shown(
            "Reads go to db-eu-1 in eu-west.",
            "Reads go to db-eu-2 in eu-west."
        ),
        "=[Reads go to ]-[db-eu-1]+[db-eu-2]=[ in eu-west.]"
    );
}

#[test]
fn a_list_without_spaces_is_several_words() {
    assert_eq!(
        shown("eu-west,eu-north", "eu-west,us-east"),
        "=[eu-west,]-[eu-north]+[us-east]"
    );
    assert_eq!(
        shown(
            "(see [runbook](https://a.example/1))",
            "(see [runbook](https://a.example/2))"
        ),
        "=[(see [runbook](]-[https://a.example/1]+[https://a.example/2]=[))]"
    );
}

#[test]
fn neighbours_with_up_to_two_words_between_are_joined() {
    assert_eq!(
        shown(
            "down from 42% since the limit was raised to 600 at 14:02. Other regions are normal.",
            "down from 38% at 14:16. Other regions are normal."
        ),
        "=[down from ]-[42% since the limit was raised to 600 at 14:02]+[38% at 14:16]\
         =[. Other regions are normal.]"
    );
    assert_eq!(shown("a b c d e", "A b c D e"), "-[a b c d]+[A b c D]=[ e]");
    assert_eq!(
        shown("a b c x d e", "A b c x D e"),
        "-[a]+[A]=[ b c x ]-[d]+[D]=[ e]"
    );
    assert_eq!(
        shown("ab\ncd", "AB\nCD"),
        "-[ab]+[AB]=[⏎]-[cd]+[CD]",
        "never across a line end"
    );
}

#[test]
fn an_added_clause_stands_alone() {
    assert_eq!(
        shown(
            "slow for eu-west customers. Running apps",
            "slow for eu-west customers; trying again usually works. Running apps"
        ),
        "=[slow for eu-west customers]+[; trying again usually works]=[. Running apps]"
    );
    assert_eq!(
        shown("It is bad.", "It is bad. It will pass."),
        "=[It is bad.]+[ It will pass.]"
    );
}

#[test]
fn words_are_paired_rather_than_spaces() {
    assert_eq!(
        shown("Bo Bo Bo y z w v", "p q r s Bo Bo Bo"),
        "+[p q r s ]=[Bo Bo Bo]-[ y z w v]"
    );
}

#[test]
fn punctuation_is_shown_but_known_as_such() {
    let diff = words("text", "One, two, three.", "One; two; three!");
    assert_eq!((diff.added, diff.removed), (0, 0));
    assert!(diff.changed && diff.is_punctuation_only());
    assert_eq!(shown("One, two.", "One; two."), "=[One]-[,]+[;]=[ two.]");
    for (old, new) in [
        ("a b", "a  b"),
        ("a\nb", "a\r\nb"),
        ("- a b", "* a b"),
        ("a b", "**a** b"),
        ("a", "a\n"),
        ("a b", "a \u{1} b"),
    ] {
        assert!(
            words("text", old, new).is_punctuation_only(),
            "{old:?} {new:?}"
        );
    }
    for (old, new) in [
        ("a", "a"),
        ("1.5", "15"),
        ("5 left", "-5 left"),
        ("load < 5", "load > 5"),
        ("✅ eu", "❌ eu"),
        ("- [ ] call", "- [x] call"),
        ("a.", "b."),
        ("", "a"),
    ] {
        assert!(
            !words("text", old, new).is_punctuation_only(),
            "{old:?} {new:?}"
        );
    }
}

#[test]
fn languages_without_spaces_are_compared_by_character() {
    assert_eq!(
        shown("東京の接続は正常です。", "大阪の接続は正常です。"),
        "-[東京]+[大阪]=[の接続は正常です。]"
    );
    assert_eq!(
        shown("השירות איטי מאוד", "השירות תקין מאוד"),
        "=[השירות ]-[איטי]+[תקין]=[ מאוד]"
    );
    assert_eq!(
        shown("ok 👩🏽‍🚒 on it", "ok 👩🏽‍🚀 on it"),
        "=[ok ]-[👩🏽‍🚒]+[👩🏽‍🚀]=[ on it]"
    );
    assert_eq!(
        shown("*\u{FE0F}\u{20E3} now", "*\u{20E3} now"),
        "-[*\u{FE0F}\u{20E3}]+[*\u{20E3}]=[ now]"
    );
    assert_eq!(
        shown("press *️⃣ now", "press #️⃣ now"),
        "=[press ]-[*️⃣]+[#️⃣]=[ now]"
    );
}

#[test]
fn counts_are_the_words_shown() {
    assert_eq!(counts("", ""), (0, 0));
    assert_eq!(counts("41,200", "44,900"), (1, 1));
    assert_eq!(counts("", "API東京\u{304B}\u{3099} ok"), (5, 0));
    assert_eq!(counts("", "Two words."), (2, 0));
    assert_eq!(counts("Two words.", ""), (0, 2));
    assert_eq!(
        counts(
            "Reads stay on db-eu-1 (old).",
            "Reads go to db-eu-2 (new), slowly."
        ),
        (5, 4)
    );
}

// ---- moved paragraphs

const POOLER: &str = "The pooler rollout opens one pool per worker.";
const DNS: &str = "DNS has been ruled out by Sam.";
const DEPLOY: &str = "No deploy since Tuesday evening.";

#[test]
fn a_moved_paragraph_is_no_news() {
    let old = format!("{POOLER}\n\n{DNS}\n\n{DEPLOY}\n");
    let new = format!("{DEPLOY}\n\n{POOLER}\n\n{DNS}\n");
    let diff = words("text", &old, &new);
    assert_eq!((diff.added, diff.removed), (0, 0));
    assert!(diff.changed && diff.is_reordered_only() && !diff.is_punctuation_only());
    assert!(share_new(&diff) < f32::EPSILON);
    assert_eq!(
        shown(&old, &new),
        format!("+<{DEPLOY}⏎>+[⏎]=[{POOLER}⏎⏎{DNS}⏎]-[⏎]-<{DEPLOY}⏎>")
    );
}

#[test]
fn a_moved_paragraph_does_not_hide_the_change_beside_it() {
    let old = format!("{POOLER}\n\n{DNS}\n\nErrors at 38% now.");
    let new = format!("Errors at 31% now.\n\n{DNS}\n\n{POOLER}");
    let diff = words("text", &old, &new);
    let news: String = diff
        .ops
        .iter()
        .filter(|op| op.op == OpKind::Insert && !op.moved)
        .map(|op| op.text.as_str())
        .collect();
    assert!(news.contains("31%"), "{:?}", diff.ops);
    assert!(
        !news.contains("pooler") && !news.contains("DNS"),
        "{:?}",
        diff.ops
    );
}

#[test]
fn a_wrapped_paragraph_moves_whole() {
    let old =
        format!("The pooler opens one pool\nper worker.\n\n{DNS}\n{DEPLOY}\nLast line stays here");
    let new =
        format!("{DNS}\n{DEPLOY}\nLast line stays here\nThe pooler opens one pool\nper worker.\n");
    assert_eq!(counts(&old, &new), (0, 0), "{}", shown(&old, &new));
}

#[test]
fn every_copy_of_a_paragraph_finds_its_place() {
    let rest = "Stays in place.\nAnd so here.\nThis one too.\nAnd the last.";
    let old = format!("{POOLER}\n{DNS}\nOld\n{DNS}\n{rest}\n");
    let new = format!("{rest}\n{POOLER}\n{DNS}\nNew\n{DNS}\n");
    assert_eq!(counts(&old, &new), (1, 1));
    let old = format!("{DNS}\n{rest}\n{DNS}\n");
    let new = format!("{DNS}\nStays in place.\n{DNS}\n{}\n", &rest[16..]);
    assert_eq!(counts(&old, &new), (0, 0));
}

#[test]
fn short_lines_that_changed_places_are_news() {
    let diff = words(
        "text",
        "db-eu-1:\ndown\ndb-eu-2:\nup",
        "db-eu-1:\nup\ndb-eu-2:\ndown",
    );
    assert!(diff.added > 0 && diff.removed > 0);
    assert!(diff.ops.iter().all(|op| !op.moved), "{:?}", diff.ops);
}

#[test]
fn a_new_copy_of_a_paragraph_has_not_moved() {
    let old = format!("{DNS}\n{POOLER}");
    let new = format!("{DNS}\n{POOLER}\n{DNS}");
    let diff = words("text", &old, &new);
    assert_eq!((diff.added, diff.removed), (7, 0));
    assert!(diff.ops.iter().all(|op| !op.moved));
}

#[test]
fn a_new_paragraph_in_front_leaves_the_edited_one_with_its_old_self() {
    let new = format!(
        "Something else entirely came up.\n\n{DNS}\n\n{}",
        POOLER.replace("one", "a")
    );
    assert_eq!(counts(&format!("{DNS}\n\n{POOLER}"), &new), (6, 1));
}

#[test]
fn empty_lines_pair_nothing() {
    let old = format!("{DNS}\n\n{POOLER}");
    let (dns, pooler) = (DNS.replace("Sam", "Bo"), POOLER.replace("one", "a"));
    let came_up = "Something else entirely came up.";
    let first = format!("{came_up}\n\n{dns}\n\n{pooler}");
    let last = format!("{dns}\n\n{pooler}\n\n{came_up}");
    assert_eq!(
        (counts(&old, &first), counts(&old, &last)),
        ((7, 2), (7, 2))
    );
}

// ---- line ends and edges

#[test]
fn line_ends_alone_change_no_word() {
    assert_eq!(shown("\n", "a\nb"), "+[a]=[⏎]+[b]");
    let unix = format!("{POOLER}\n\n{DNS}\n- a\n- b\n");
    let windows = unix.replace('\n', "\r\n");
    let diff = words("text", &unix, &windows);
    assert_eq!((diff.added, diff.removed), (0, 0));
    assert!(diff.is_punctuation_only(), "{:?}", diff.ops);
}

#[test]
fn a_paragraph_moves_between_texts_with_other_line_ends() {
    let old = format!("{POOLER}\r\n{DNS}\r\n{DEPLOY}\r\n");
    assert_eq!(
        counts(&old, &format!("{DEPLOY}\n{POOLER}\n{DNS}\n")),
        (0, 0)
    );
}

#[test]
fn equal_texts_are_one_step_and_empty_ones_none() {
    let same = words("text", POOLER, POOLER);
    assert!(!same.changed && !same.is_punctuation_only() && !same.is_reordered_only());
    assert_eq!(
        same.ops,
        [Op {
            op: OpKind::Equal,
            text: POOLER.to_owned(),
            moved: false
        }]
    );
    assert_eq!(words("text", "", "").ops, []);
}

#[test]
fn share_of_new_words() {
    let share = |old, new| share_new(&words("text", old, new));
    assert!(share("", "") < f32::EPSILON);
    assert!(share("gone", "") < f32::EPSILON);
    assert!((share("", "all new") - 1.0).abs() < f32::EPSILON);
    assert!((share("a b c d", "a b c e") - 0.25).abs() < f32::EPSILON);
    assert!(share("...", "?!") < f32::EPSILON);
}
