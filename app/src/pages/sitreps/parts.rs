//! The sections of a comparison: in one, side by side, unchanged, and a sitrep whole.

use crate::ui::{At, DiffSide, DiffText, FieldDelta, Words};
use domain::diff::{FieldDiff, Op, OpKind};
use domain::incident::{SentSitrep, Sitrep, field_label};
use leptos::prelude::*;

/// What went and what came in one text.
#[component]
pub(super) fn Inline(fields: Vec<FieldDiff>) -> impl IntoView {
    view! {
        <dl class="inl">
            {fields
                .into_iter()
                .map(|field| {
                    let label = field_label(&field.field);
                    let ops = field.ops.clone();
                    view! {
                        <div>
                            <dt>{label}<span class="delta"><FieldDelta field=field/></span></dt>
                            <dd><DiffText ops=ops/></dd>
                        </div>
                    }
                    .into_any()
                })
                .collect_view()}
        </dl>
    }
}

/// The old text on the left, the new one on the right.
#[component]
pub(super) fn SideBySide(
    fields: Vec<FieldDiff>,
    from: SentSitrep,
    to: SentSitrep,
) -> impl IntoView {
    let head = |sent: SentSitrep| {
        let by = sent.by.map_or_else(|| "an import".to_owned(), |by| by.name);
        view! {
            <th scope="col">
                {format!("Sitrep {} ", sent.sitrep.version)}
                <span class="help"><At at=sent.sent_at/>{format!(", {by}")}</span>
            </th>
        }
    };
    view! {
        <table class="sbs">
            <thead>
                <tr><th scope="col"><span class="vh">"Section"</span></th>{head(from)}{head(to)}</tr>
            </thead>
            <tbody>
                {fields
                    .into_iter()
                    .map(|field| {
                        let old = field.ops.clone();
                        view! {
                            <tr>
                                <th scope="row">{field_label(&field.field)}</th>
                                <td><DiffText ops=old side=DiffSide::Old/></td>
                                <td><DiffText ops=field.ops side=DiffSide::New/></td>
                            </tr>
                        }
                        .into_any()
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
}

/// What did not change, folded.
#[component]
pub(super) fn Same(fields: Vec<FieldDiff>) -> impl IntoView {
    let words = match fields.len() {
        0 => return ().into_any(),
        1 => "1 section did not change".to_owned(),
        many => format!("{many} sections did not change"),
    };
    view! {
        <details class="same">
            <summary>{words}</summary>
            <dl>
                {fields
                    .into_iter()
                    .map(|field| {
                        view! { <div><dt>{field_label(&field.field)}</dt><dd><Words text=kept(&field.ops)/></dd></div> }.into_any()
                    })
                    .collect_view()}
            </dl>
        </details>
    }
    .into_any()
}

fn kept(ops: &[Op]) -> String {
    let new = ops.iter().filter(|op| op.op != OpKind::Delete);
    new.map(|op| op.text.as_str()).collect()
}

/// A sitrep with nothing to compare it with.
#[component]
pub(super) fn Whole(sitrep: Sitrep) -> impl IntoView {
    let rows: Vec<_> = sitrep
        .fields()
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(field, text)| {
            let text = text.to_owned();
            view! { <div><dt>{field_label(field)}</dt><dd><Words text=text/></dd></div> }.into_any()
        })
        .collect();
    view! { <dl class="inl">{rows}</dl> }
}
