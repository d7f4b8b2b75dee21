//! The comparison itself: what changed, and folded below it what did not.

use super::Review;
use super::marks::ChangeKeys;
use super::parts::{Inline, Same, SideBySide, Whole};
use crate::AppError;
use crate::data::Comparison;
use crate::pages::suspended;
use domain::diff::FieldDiff;
use domain::time::length;
use leptos::prelude::*;

/// The comparison, which stays on the screen until the next one is there.
#[component]
pub(super) fn Article(
    review: Review,
    compared: Resource<Result<Option<Comparison>, AppError>>,
) -> impl IntoView {
    view! {
        <Transition fallback=|| view! { <div class="load" role="status"><span class="vh">"Loading"</span><i></i><i></i><i></i></div> }>
            {move || suspended(async move {
                match compared.await {
                    Ok(Some(comparison)) => view! { <Compared review=review comparison=comparison/> }.into_any(),
                    Ok(None) => ().into_any(),
                    Err(error) => view! { <Failed review=review error=error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Failed(review: Review, error: AppError) -> impl IntoView {
    view! {
        <article class="doc">
            <header><h2 id="cmp-h">"Nothing to compare"</h2></header>
            <p>{error.to_string()}</p>
            <p><a href=format!("/incidents/{}/sitreps", review.number)>"The last sitrep"</a></p>
        </article>
    }
}

#[component]
fn Compared(review: Review, comparison: Comparison) -> impl IntoView {
    let Comparison { from, to, diff } = comparison;
    let version = to.sitrep.version;
    let fields: Vec<FieldDiff> = diff
        .fields
        .into_iter()
        .filter(|field| !field.ops.is_empty())
        .collect();
    let all = fields.len();
    let (changed, same): (Vec<_>, Vec<_>) = fields.into_iter().partition(|field| field.changed);
    let Some(from) = from else {
        return view! {
            <article class="doc">
                <header>
                    <h2 id="cmp-h">{format!("Sitrep {version}")}</h2>
                    <p class="help">"The first one: there is nothing before it to compare with."</p>
                </header>
                <Whole sitrep=to.sitrep/>
            </article>
        }
        .into_any();
    };
    let before = from.sitrep.version;
    let heading = if before + 1 == version {
        format!("What changed in sitrep {version}")
    } else {
        format!("What changed from sitrep {before} to sitrep {version}")
    };
    let apart = to.sent_at - from.sent_at;
    let span = match apart.num_minutes() {
        0 => "within a minute of".to_owned(),
        1.. => format!("in the {} after", length(apart)),
        _ => format!("looking back {} from", length(-apart)),
    };
    let facts = match changed.len() {
        _ if before == version => {
            "This is one and the same sitrep. Choose another to compare it with.".to_owned()
        }
        0 => format!("Nothing changed {span} sitrep {before}."),
        some => format!("{some} of {all} sections changed {span} sitrep {before}."),
    };
    let side = Memo::new(move |_| review.picked.get().side);
    view! {
        <article class="doc">
            <header><h2 id="cmp-h">{heading}</h2><p class="help">{facts}</p></header>
            {move || {
                if changed.is_empty() {
                    ().into_any()
                } else if side.get() {
                    view! { <SideBySide fields=changed.clone() from=from.clone() to=to.clone()/> }.into_any()
                } else {
                    view! { <Inline fields=changed.clone()/> }.into_any()
                }
            }}
            <Same fields=same/>
        </article>
        <ChangeKeys/>
    }
    .into_any()
}
