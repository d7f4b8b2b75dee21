//! What changed between two texts, as people see it: `<ins>` and `<del>`, the counts, the list of fields. The stylesheet
//! adds the words "added" and "removed" around them for those who listen.

use crate::ui::Words;
use domain::diff::{FieldDiff, Op, OpKind};
use domain::incident::field_label;
use leptos::prelude::*;
use std::sync::Arc;

/// Which of the two texts is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DiffSide {
    /// Both in one: what went, struck through, beside what came.
    #[default]
    Both,
    /// The old one, with what went.
    Old,
    /// The new one, with what came.
    New,
}

impl DiffSide {
    fn shows(self, op: &Op) -> bool {
        match (self, op.op) {
            (Self::Both | Self::Old | Self::New, OpKind::Equal) => true,
            // What moved is shown once: where it stands now.
            (Self::Both, OpKind::Delete) => !op.moved,
            (Self::Both | Self::New, OpKind::Insert) | (Self::Old, OpKind::Delete) => true,
            (Self::Old, OpKind::Insert) | (Self::New, OpKind::Delete) => false,
        }
    }
}

/// A text with its changes, for inside a paragraph or a cell.
#[component]
pub fn DiffText(
    /// The steps from the old text to the new one.
    ops: Vec<Op>,
    /// Which text is shown.
    #[prop(optional)]
    side: DiffSide,
    /// Words to mark, as the guard found them.
    #[prop(optional, into)]
    marks: Arc<[String]>,
) -> impl IntoView {
    let mut gone = None;
    ops.into_iter()
        .filter(|op| side.shows(op))
        .map(|op| {
            // Struck words and the words in their place never touch.
            let touching = op.op == OpKind::Insert
                && !op.text.starts_with(char::is_whitespace)
                && gone.take() == Some(true);
            gone = (op.op == OpKind::Delete).then(|| !op.text.ends_with(char::is_whitespace));
            let words = view! { <Words text=op.text marks=marks.clone()/> };
            let shown = match (op.op, op.moved) {
                (OpKind::Equal, _) => words.into_any(),
                (OpKind::Insert | OpKind::Delete, true) => {
                    view! { <span class="moved"><span class="vh">"[moved] "</span>{words}</span> }
                        .into_any()
                }
                (OpKind::Insert, false) => view! { <ins>{words}</ins> }.into_any(),
                (OpKind::Delete, false) => view! { <del>{words}</del> }.into_any(),
            };
            (touching.then_some(" "), shown)
        })
        .collect_view()
}

/// "+21 −13": words added and removed.
#[component]
pub fn Delta(
    /// Words added.
    added: usize,
    /// Words removed.
    removed: usize,
) -> impl IntoView {
    view! {
        <span class="vh">"Words: "</span>
        {format!("+{added}")}
        <span class="vh">" added, "</span>
        {format!(" −{removed}")}
        <span class="vh">" removed"</span>
    }
}

/// What the counts cannot say of a field that changed, or the counts themselves.
#[component]
pub fn FieldDelta(
    /// The field.
    field: FieldDiff,
) -> impl IntoView {
    if !field.changed {
        "no change".into_any()
    } else if field.is_reordered_only() {
        "reordered".into_any()
    } else if field.is_punctuation_only() {
        "punctuation only".into_any()
    } else {
        view! { <Delta added=field.added removed=field.removed/> }.into_any()
    }
}

/// The changed fields one below the other, and one quiet line for those that stayed.
#[component]
pub fn DiffList(
    /// Every field that was compared.
    fields: Vec<FieldDiff>,
    /// Words to mark, as the guard found them.
    #[prop(optional, into)]
    marks: Arc<[String]>,
) -> impl IntoView {
    let (changed, same): (Vec<_>, Vec<_>) = fields.into_iter().partition(|field| field.changed);
    let nothing = changed.is_empty();
    let same: Vec<_> = same
        .iter()
        .filter(|field| !field.ops.is_empty())
        .map(|field| field_label(&field.field).to_lowercase())
        .collect();
    view! {
        {(!nothing)
            .then(|| {
                view! {
                    <dl class="diff">
                        {changed
                            .into_iter()
                            .map(|field| view! { <DiffRow field=field marks=marks.clone()/> }.into_any())
                            .collect_view()}
                    </dl>
                }
            })}
        {match (nothing, same.is_empty()) {
            (true, _) => view! { <p class="help">"No word has changed."</p> }.into_any(),
            (false, false) => view! { <p class="help">"No change in " {listed(&same)} "."</p> }.into_any(),
            (false, true) => ().into_any(),
        }}
    }
}

#[component]
fn DiffRow(field: FieldDiff, marks: Arc<[String]>) -> impl IntoView {
    let label = field_label(&field.field);
    let ops = field.ops.clone();
    view! {
        <div>
            <dt>{label}<span class="delta"><FieldDelta field=field/></span></dt>
            <dd><DiffText ops=ops marks=marks/></dd>
        </div>
    }
}

/// "impact, needs and links".
fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use domain::diff::words;

    fn html(view: impl IntoView + 'static) -> String {
        Owner::new().with(|| view.to_html()).replace("<!>", "")
    }

    #[test]
    fn what_went_and_what_came_stand_beside_each_other() {
        let field = words("situation", "About 38% fail.", "About 31% fail.");
        let html = html(view! { <DiffText ops=field.ops/> });
        assert_eq!(html, "About <del>38%</del> <ins>31%</ins> fail.");
    }

    #[test]
    fn each_side_shows_its_own_text() {
        let field = words("situation", "About 38% fail.", "About 31% fail.");
        let old = html(view! { <DiffText ops=field.ops.clone() side=DiffSide::Old/> });
        let new = html(view! { <DiffText ops=field.ops side=DiffSide::New/> });
        assert_eq!(old, "About <del>38%</del> fail.");
        assert_eq!(new, "About <ins>31%</ins> fail.");
    }

    #[test]
    fn a_paragraph_that_only_moved_is_no_news() {
        let (one, two) = ("The first one is long.", "The second one is longer.");
        let field = words(
            "situation",
            &format!("{one}\n{two}\n"),
            &format!("{two}\n{one}\n"),
        );
        let html = html(view! { <DiffText ops=field.ops/> });
        assert!(!html.contains("<ins>") && !html.contains("<del>"), "{html}");
        assert_eq!(html.matches(one).count(), 1, "{html}");
        assert_eq!(html.matches(two).count(), 1, "{html}");
    }

    #[test]
    fn what_people_wrote_is_text() {
        let field = words("needs", "", "</ins><script>alert(1)</script>");
        let html = html(view! { <DiffList fields=vec![field]/> });
        assert!(!html.contains("<script>"), "{html}");
    }

    #[test]
    fn fields_that_stayed_are_named_in_one_line() {
        let fields = vec![
            words("situation", "a", "b"),
            words("impact", "c", "c"),
            words("needs", "d", "d"),
            words("links", "", ""),
        ];
        let html = html(view! { <DiffList fields=fields/> });
        assert!(html.contains("No change in impact and needs."), "{html}");
    }
}
