//! One component of the list.

use super::drag::{Drag, Side};
use super::edit::Edit;
use crate::forms::{HouseForm, posted_in};
use crate::house::HouseAnswer;
use crate::me::use_session;
use crate::ui::Icon;
use crate::ui::focus::focus;
use domain::{Component, ComponentId};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// A row. Changing it opens fields in its place, by an address, so that it works without a script.
#[component]
pub(super) fn Row(
    id: ComponentId,
    members: Memo<Vec<ComponentId>>,
    admin: Memo<bool>,
) -> impl IntoView {
    let session = use_session();
    let Some(first) = session
        .directory
        .with_untracked(|d| d.component(&id).cloned())
    else {
        return ().into_any();
    };
    let which = id.clone();
    let component = Memo::new(move |_| {
        session
            .directory
            .with(|d| d.component(&which).cloned())
            .unwrap_or_else(|| first.clone())
    });
    let query = use_query_map();
    let of = id.as_str().to_owned();
    // What was typed and refused stays open for another try.
    let refused = RwSignal::new(posted_in("change_component", Some(("component", &of))).is_some());
    let editing = Memo::new(move |_| {
        let asked = query.with(|query| query.get("edit")).as_deref() == Some(of.as_str());
        admin.get() && (asked || refused.get())
    });
    let drag = expect_context::<Drag>();
    let class = move || match (editing.get(), component.with(|c| c.hidden)) {
        (true, _) => "editing",
        (false, true) => "off",
        (false, false) => "",
    };
    let (taken, over, beside) = (id.clone(), id.clone(), id.clone());
    let lands = move || match drag.lands(&beside) {
        None => None,
        Some(Side::Before) => Some("before"),
        Some(Side::After) => Some("after"),
    };
    view! {
        <li
            class=class
            draggable=move || (admin.get() && !editing.get()).then_some("true")
            data-lands=lands
            on:dragstart=move |event| drag.begin(&event, taken.clone())
            on:dragover=move |event| drag.above(&event, over.clone())
            on:drop=move |event| drag.land(&event)
            on:dragend=move |_| drag.end()
        >
            <Show when=move || editing.get() fallback=move || view! { <Line component=component members=members admin=admin/> }>
                <Edit component=component.get_untracked() refused=refused/>
            </Show>
        </li>
    }
    .into_any()
}

#[component]
fn Line(
    component: Memo<Component>,
    members: Memo<Vec<ComponentId>>,
    admin: Memo<bool>,
) -> impl IntoView {
    let id = component.with_untracked(|c| c.id.as_str().to_owned());
    let edit = format!("/components?edit={id}");
    let name = move || component.with(|c| c.name.clone());
    view! {
        <Show when=move || admin.get() fallback=|| view! { <span class="ord"></span> }>
            <Order id=id.clone() component=component members=members/>
        </Show>
        <span class="name">
            {name}
            {move || {
                let line = component.with(|c| c.description.clone());
                (!line.is_empty()).then(|| view! { <span class="meta">{line}</span> })
            }}
        </span>
        <span class="help where">{move || component.with(|c| c.hidden).then_some("Not on the page")}</span>
        <span class="edit">
            <Show when=move || admin.get()>
                <a class="quiet small" href=edit.clone() aria-label=move || format!("Change {}", name())>"Change"</a>
            </Show>
        </span>
    }
}

/// One place up, one place down, inside the group.
#[component]
fn Order(id: String, component: Memo<Component>, members: Memo<Vec<ComponentId>>) -> impl IntoView {
    let first = move || members.with(|m| component.with(|c| m.first() == Some(&c.id)));
    let last = move || members.with(|m| component.with(|c| m.last() == Some(&c.id)));
    let label = move |to: &str| component.with(|c| format!("Move {} {to}", c.name));
    // A moved row loses the focus; it goes back to the button that was pressed.
    let pressed = RwSignal::new("up");
    let again = id.clone();
    let done = Callback::new(move |_: HouseAnswer| {
        let button = format!("{}-{again}", pressed.get_untracked());
        leptos::task::spawn_local(async move {
            leptos::task::tick().await;
            focus(&button);
        });
    });
    let step = |to: &'static str, edge: Signal<bool>, icon: Icon| {
        view! {
            <button
                id=format!("{to}-{id}")
                class="quiet small icon"
                name="to"
                value=to
                aria-label=move || label(to)
                aria-disabled=move || edge.get().then_some("true")
                on:click=move |event| {
                    pressed.set(to);
                    if edge.get_untracked() {
                        event.prevent_default();
                    }
                }
            >
                <Icon name=icon/>
            </button>
        }
    };
    let up = step("up", Signal::derive(first), Icon::Up);
    let down = step("down", Signal::derive(last), Icon::Down);
    view! {
        <HouseForm what="move_component" action="/components" class="ord" of=("component", id.clone()) quiet=true on_done=done>
            {up}
            {down}
        </HouseForm>
    }
}
