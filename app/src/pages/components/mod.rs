//! What customers know, in groups and in order. Order is moved by buttons, so that it needs neither a pointer nor a script;
//! whoever has both may drag, and undo what was done here.

mod drag;
mod edit;
mod group;
mod row;

use crate::forms::{HouseForm, Undo, keep, typed};
use crate::house::HouseCommand;
use crate::me::use_session;
use crate::pages::people::WhoMayChange;
use crate::ui::focus::focus;
use crate::ui::{Icon, Page};
use drag::Drag;
use leptos::prelude::*;

/// The components.
#[component]
pub fn Components() -> impl IntoView {
    let session = use_session();
    let undo = Undo(RwSignal::new(Vec::new()));
    let drag = Drag::new(session, undo);
    provide_context(undo);
    provide_context(drag);
    let admin = Memo::new(move |_| session.may_keep_house());
    let count = move || session.directory.with(|d| d.components.len());
    let groups = Memo::new(move |_| {
        session.directory.with(|directory| {
            directory
                .groups()
                .into_iter()
                .map(|(name, _)| name.to_owned())
                .collect::<Vec<String>>()
        })
    });
    let none = Memo::new(move |_| groups.with(Vec::is_empty));
    view! {
        <Page class="components-page" title="Components">
            <main id="main" class="plain" tabindex="-1">
                <header class="head">
                    <h1>"Components "<span class="n">{count}</span></h1>
                    <p class="help">
                        "The parts of your service as customers name them, in the order of the status page. "
                        {move || (!admin.get()).then(|| view! { <WhoMayChange/> })}
                    </p>
                </header>
                <Show when=move || none.get()>
                    <div class="nothing">
                        <h2>"No component yet"</h2>
                        <p>"Without one, the status page shows incidents only, and an update cannot say which part is affected."</p>
                    </div>
                </Show>
                <For each=move || groups.get() key=Clone::clone let(name)>
                    <group::Group name=name admin=admin groups=groups/>
                </For>
                <Show when=move || admin.get()><NewGroup/></Show>
                <LastDone undo=undo refused=drag.refused/>
            </main>
        </Page>
    }
}

/// What was done last on this page, and a way back; what was not done, and why.
#[component]
fn LastDone(undo: Undo, refused: RwSignal<Option<String>>) -> impl IntoView {
    let session = use_session();
    let last = Memo::new(move |_| {
        undo.0
            .with(|all| all.last().map(|(words, _)| words.clone()))
    });
    let busy = RwSignal::new(false);
    let back = move |_| {
        let Some((words, back)) = undo.0.try_update(Vec::pop).flatten() else {
            return;
        };
        busy.set(true);
        leptos::task::spawn_local(async move {
            let command = HouseCommand::PutBackComponents {
                back: Box::new(back.clone()),
            };
            // Undoing is not undone.
            let kept = keep(session, None, command).await;
            if kept.is_err() {
                undo.0.update(|all| all.push((words, back)));
            }
            refused.set(kept.err().map(|why| why.to_string()));
            busy.set(false);
            focus("main");
        });
    };
    view! {
        <div class="done" role="status">
            {move || refused.get().map(|why| view! { <p class="err"><Icon name=Icon::Problem/>{why}</p> })}
            {move || {
                last.get()
                    .map(|words| {
                        view! {
                            <p class="row">
                                {words}
                                <button type="button" class="btn small" aria-disabled=move || busy.get().then_some("true") on:click=back>"Undo"</button>
                            </p>
                        }
                    })
            }}
        </div>
    }
}

/// A group exists as soon as a component stands in it.
#[component]
fn NewGroup() -> impl IntoView {
    let of = Some(("part", "new-group"));
    view! {
        <section class="sec" aria-labelledby="new-h">
            <header>
                <h2 id="new-h">"New component"</h2>
                <p class="help">"With a new group, or without one."</p>
            </header>
            <div>
                <HouseForm what="add_component" action="/components" class="form" of=("part", "new-group".to_owned()) clears=true>
                    <div class="pair">
                        <p class="field">
                            <label for="new-name">"Name"</label>
                            <input type="text" id="new-name" name="name" required autocomplete="off" value=typed("add_component", of, "name", "")/>
                        </p>
                        <p class="field">
                            <label for="new-group">"Group "<span class="help">"optional"</span></label>
                            <input type="text" id="new-group" name="group" autocomplete="off" value=typed("add_component", of, "group", "")/>
                        </p>
                    </div>
                    <p class="field">
                        <label for="new-description">"A line for customers "<span class="help">"optional"</span></label>
                        <input type="text" id="new-description" name="description" autocomplete="off" value=typed("add_component", of, "description", "")/>
                    </p>
                    <p class="row"><button class="btn primary">"Add component"</button></p>
                </HouseForm>
            </div>
        </section>
    }
}
