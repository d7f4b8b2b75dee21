//! Two people at once: what one wrote and what the other sent meanwhile, field by field. Nothing is ever overwritten.

use domain::incident::Form;
use domain::text::clean;

/// A field that both changed; the writer chooses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clash {
    /// Which.
    pub field: String,
    /// What the other one wrote.
    pub theirs: String,
    /// Who drafted it; nobody when it was sent.
    pub by: Option<String>,
}

/// Fields in which people write sentences. In the others, a choice or a time, the last one stands.
const WRITTEN: [&str; 7] = [
    "headline",
    "situation",
    "impact",
    "hypothesis",
    "needs",
    "public_title",
    "message",
];

/// Brings what was written onto a new beginning: fields that nobody touched follow it, fields that were touched stay.
/// `begun` is what the writer began with.
pub(super) fn merge(begun: &Form, mine: &Form, theirs: &Form) -> (Form, Vec<Clash>) {
    let mut clashes = Vec::new();
    let mut merged = Form::default();
    for name in names(mine, theirs) {
        let touched = !same(begun.raw(name), mine.raw(name));
        let moved = !same(begun.raw(name), theirs.raw(name));
        let (mine, theirs) = (mine.raw(name), theirs.raw(name));
        let value = match (name, touched) {
            // Not the writer's: it says which sitrep they have seen.
            ("after", _) | (_, false) => theirs,
            (_, true) => mine,
        };
        if let Some(theirs) = theirs
            && WRITTEN.contains(&name)
            && touched
            && moved
            && !same(mine, Some(theirs))
        {
            clashes.push(Clash {
                field: name.to_owned(),
                theirs: theirs.to_owned(),
                by: None,
            });
        }
        if let Some(value) = value {
            merged.0.push((name.to_owned(), value.to_owned()));
        }
    }
    // A word that the writer chose to keep may stand several times under one name.
    let kept = mine.0.iter().filter(|(name, _)| name == "kept").cloned();
    merged.0.extend(kept);
    (merged, clashes)
}

/// True when the writer changed nothing.
pub(super) fn untouched(begun: &Form, mine: &Form) -> bool {
    names(mine, begun).all(|name| same(begun.raw(name), mine.raw(name)))
        && mine.raw("kept").is_none()
}

fn names<'a>(one: &'a Form, two: &'a Form) -> impl Iterator<Item = &'a str> {
    let first = one.0.iter().map(|(name, _)| name.as_str());
    let second = two
        .0
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| one.raw(name).is_none());
    first.chain(second).filter(|name| *name != "kept")
}

/// Browsers write line ends their own way; that is no change.
pub(super) fn same(one: Option<&str>, two: Option<&str>) -> bool {
    one == two || one.map(clean) == two.map(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> Form {
        Form(
            fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn untouched_fields_follow_and_touched_ones_stay() {
        let begun = form(&[("after", "4"), ("situation", "a"), ("needs", "b")]);
        let mine = form(&[("after", "4"), ("situation", "a mine"), ("needs", "b")]);
        let theirs = form(&[("after", "5"), ("situation", "a"), ("needs", "b theirs")]);
        let (merged, clashes) = merge(&begun, &mine, &theirs);
        assert_eq!(
            merged,
            form(&[
                ("after", "5"),
                ("situation", "a mine"),
                ("needs", "b theirs")
            ])
        );
        assert_eq!(clashes, []);
    }

    #[test]
    fn a_text_that_both_changed_stays_mine_and_shows_theirs() {
        let begun = form(&[("situation", "a")]);
        let (merged, clashes) = merge(
            &begun,
            &form(&[("situation", "mine")]),
            &form(&[("situation", "theirs")]),
        );
        assert_eq!(merged.raw("situation"), Some("mine"));
        assert_eq!(
            clashes,
            [Clash {
                field: "situation".to_owned(),
                theirs: "theirs".to_owned(),
                by: None
            }]
        );
    }

    #[test]
    fn both_writing_the_same_is_no_clash() {
        let begun = form(&[("situation", "a")]);
        let both = form(&[("situation", "b")]);
        assert_eq!(merge(&begun, &both, &both).1, []);
    }

    #[test]
    fn a_tick_taken_off_stays_off_and_kept_words_stay_kept() {
        let begun = form(&[("send_public", "on")]);
        let mine = form(&[("kept", "db-1"), ("kept", "db-2")]);
        let (merged, _) = merge(&begun, &mine, &begun);
        assert!(!merged.ticked("send_public"));
        assert_eq!(merged, form(&[("kept", "db-1"), ("kept", "db-2")]));
        assert!(!untouched(&begun, &mine));
    }

    #[test]
    fn the_browsers_line_ends_are_no_change() {
        let begun = form(&[("situation", "a\nb")]);
        assert!(untouched(&begun, &form(&[("situation", "a\r\nb")])));
    }
}
