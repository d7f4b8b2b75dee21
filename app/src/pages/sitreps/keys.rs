//! The keys of the review: `j` and `k` go through the sitreps, `s` turns the layout, `f` compares from the one in sight.

use super::Review;
use super::choice::Picked;
use crate::ui::keys::use_keys;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// Listens as long as the screen stands.
pub(super) fn review_keys(review: Review) {
    let navigate = use_navigate();
    use_keys(move |key| {
        let Some(next) = after(key, review) else {
            return false;
        };
        let options = NavigateOptions {
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(&next.address(review.number), options);
        true
    });
}

/// What a key leads to; nothing when it is not ours, or there is no further.
fn after(key: &str, review: Review) -> Option<Picked> {
    let picked = review.picked.get_untracked();
    let last = review
        .log
        .with_untracked(|log| log.heads.last().map(|head| head.version))?;
    match key {
        "j" => (picked.to < last).then(|| picked.to(picked.to + 1)),
        "k" => (picked.to > 1).then(|| picked.to(picked.to - 1)),
        "s" => Some(picked.view(!picked.side)),
        "f" => Some(picked.set(Some(picked.to))),
        _ => None,
    }
}
