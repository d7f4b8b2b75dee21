//! The way from data to a screen: wait for it, show it, or say why not.

use crate::AppError;
use crate::pages::Refused;
use crate::ui::TopBar;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::task::Poll;

/// Shows a screen once its data is there; the server waits for it, so that the page is whole without a script.
pub fn gathered<T, F, V>(data: Resource<Result<T, AppError>>, show: F) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    F: Fn(T) -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    view! {
        <Suspense fallback=Loading>
            {move || {
                let show = show.clone();
                suspended(async move {
                    match data.await {
                        Ok(data) => show(data).into_any(),
                        Err(error) => view! { <Refused error=error/> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

/// The only `Suspend` in the app: on the server it waits one turn. Before Leptos renders a suspended part it looks at it once
/// and throws away what it sees; what was ready by then would be made twice, its resources asked for twice, and the browser,
/// which makes it once, would take over from data that is not that of the page.
pub(crate) fn suspended<T: Send + 'static>(
    part: impl Future<Output = T> + Send + 'static,
) -> Suspend<T> {
    let mut waits = cfg!(feature = "ssr");
    Suspend::new(async move {
        std::future::poll_fn(|cx| {
            if std::mem::take(&mut waits) {
                cx.waker().wake_by_ref();
                Poll::Pending
            } else {
                Poll::Ready(())
            }
        })
        .await;
        part.await
    })
}

/// What stands there while a screen is on its way; it shows itself only when that takes long.
#[component]
fn Loading() -> impl IntoView {
    view! {
        <div class="page">
            <TopBar/>
            <main id="main" class="plain">
                <div class="load" role="status"><span class="vh">"Loading"</span><i></i><i></i><i></i></div>
            </main>
        </div>
    }
}
