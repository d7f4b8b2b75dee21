//! The way from data to a screen: wait for it, show it, or say why not.

use crate::AppError;
use crate::pages::Refused;
use crate::ui::TopBar;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

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
                Suspend::new(async move {
                    match data.await {
                        Ok(data) => show(data).into_any(),
                        Err(error) => view! { <Refused error=error/> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
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
