//! The list of sitreps, the newest first. It is made once; what is chosen moves two marks in it.

use super::Review;
use crate::data::SitrepHead;
use crate::ui::{At, Delta};
use domain::time::elapsed;
use leptos::prelude::*;

/// The list.
#[component]
pub(super) fn Versions(review: Review) -> impl IntoView {
    let heads = move || {
        let mut heads = review.log.with(|log| log.heads.clone());
        heads.reverse();
        heads
    };
    let count = move || match review.log.with(|log| log.heads.len()) {
        1 => "1 sitrep".to_owned(),
        many => format!("{many} sitreps"),
    };
    view! {
        <nav class="versions" aria-labelledby="versions-h">
            <h2 class="sect" id="versions-h">
                {count} " " <span class="end"><kbd>"j"</kbd> " " <kbd>"k"</kbd> " next, previous"</span>
            </h2>
            <ol role="list">
                <For each=heads key=|head| head.version let:head>
                    <Line review=review head=head/>
                </For>
            </ol>
        </nav>
    }
}

#[component]
fn Line(review: Review, head: SitrepHead) -> impl IntoView {
    let version = head.version;
    let began = review.log.with_untracked(|log| log.incident.declared_at);
    let here = Memo::new(move |_| review.picked.get().to == version);
    let from = Memo::new(move |_| review.picked.get().from() == Some(version));
    let words = head.headline.unwrap_or(head.summary);
    view! {
        <li>
            <a
                href=move || review.picked.get().to(version).address(review.number)
                aria-current=move || here.get().then_some("true")
                data-from=move || from.get().then_some("")
            >
                <span class="no"><span class="vh">"Sitrep "</span>{version}</span>
                <span class="w">
                    <b>{words}</b>
                    <span class="meta">
                        <At at=head.sent_at/> {format!(" T+{} {}", elapsed(head.sent_at - began), head.by)}
                    </span>
                </span>
                <span class="chg">
                    {match head.changes {
                        Some((added, removed)) => view! { <Delta added=added removed=removed/> }.into_any(),
                        None => "first".into_any(),
                    }}
                </span>
            </a>
        </li>
    }
}
