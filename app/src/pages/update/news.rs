//! What others sent while this was written. The text stays; what it is compared with has moved.

use super::desk::use_desk;
use crate::ui::Icon;
use domain::time::short;
use leptos::prelude::*;

/// The notices, the newest last.
#[component]
pub(super) fn NewsOfOthers() -> impl IntoView {
    let desk = use_desk();
    view! {
        <div role="status">
            {move || {
                let news = desk.news.get();
                (!news.is_empty())
                    .then(|| {
                        let next = desk.version();
                        let lines = news
                            .into_iter()
                            .map(|news| {
                                let at = short(news.at, desk.clock().at.get_untracked());
                                let what = match news.sitrep {
                                    Some(version) => {
                                        format!(
                                            "Sitrep {version} was sent by {} at {at} UTC while you wrote; yours will be sitrep {next}. ",
                                            news.by,
                                        )
                                    }
                                    None => {
                                        format!(
                                            "{} told customers something at {at} UTC while you wrote. ",
                                            news.by,
                                        )
                                    }
                                };
                                view! { <p><b>{what}</b></p> }
                            })
                            .collect_view();
                        view! {
                            <div class="notice">
                                <Icon name=Icon::Doc/>
                                <div>
                                    {lines}
                                    <p>
                                        "Everything you wrote is still here, and is now compared with the newest. "
                                        <a href="#din-h">"See the changes"</a>
                                    </p>
                                </div>
                            </div>
                        }
                    })
            }}
        </div>
    }
}
