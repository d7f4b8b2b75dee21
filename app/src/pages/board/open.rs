//! The table of open incidents; calm words when there is none.

use super::{Shown, order, row::OpenRow};
use domain::{Kind, Number, Severity};
use leptos::prelude::*;

/// What is open, the worst first.
#[component]
pub(super) fn OpenTable(
    /// The board.
    shown: Shown,
    /// Open ones, in order.
    open: Memo<Vec<Number>>,
) -> impl IntoView {
    let (order, pointer) = order::steady(open);
    let any = Memo::new(move |_| order.with(|order| !order.is_empty()));
    // Only something grave stands larger than the rest.
    let lead = Memo::new(move |_| {
        let first = *order.read().first()?;
        shown.rows.with(|rows| {
            let row = rows.get(&first)?;
            let grave = matches!(row.severity, Severity::Sev1 | Severity::Sev2);
            (grave && row.kind == Kind::Live).then_some(first)
        })
    });
    view! {
        <section class="open" aria-labelledby="open-h" on:pointermove=move |event| pointer.moved(&event)>
            <h2 id="open-h" class="sect">"Open "<span class="n">{move || order.with(Vec::len)}</span></h2>
            <Show when=move || any.get() fallback=Nothing>
                <table role="table" class="grid" aria-labelledby="open-h">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col" class="c-sev">"Severity"</th>
                            <th role="columnheader" scope="col">"Incident"</th>
                            <th role="columnheader" scope="col" class="c-ic">"In command"</th>
                            <th role="columnheader" scope="col" class="c-cust">"Customers know"</th>
                            <th role="columnheader" scope="col" class="c-sit">"Sitrep"</th>
                            <th role="columnheader" scope="col" class="c-own">"Without owner"</th>
                            <th role="columnheader" scope="col" class="c-t num">"Elapsed"</th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">
                        <For each=move || order.get() key=|number| *number let(number)>
                            <OpenRow number=number shown=shown lead=lead/>
                        </For>
                    </tbody>
                </table>
            </Show>
        </section>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <div class="nothing">
            <p>
                "Declare as soon as something may be wrong for customers: one field, and it can be called off as a false alarm. Earlier ones are under "
                <a href="/incidents">"Incidents"</a>"."
            </p>
        </div>
    }
}
