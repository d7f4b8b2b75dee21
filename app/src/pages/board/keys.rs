//! The board's keys: j and k walk the rows, 1 to 4 set the severity of the one that has the focus, d declares.

use super::Shown;
use crate::forms::{Doer, carry_out};
use crate::pages::declare::open_panel;
use crate::ui::focus::{focus, step};
use crate::ui::keys::use_keys;
use domain::incident::IncidentCommand;
use domain::{Number, Severity};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// The link of each row, open or not finished.
const ROWS: &str = ".grid .c-what a";

/// Listens to the board's keys.
pub(super) fn board_keys(shown: Shown) {
    let navigate = use_navigate();
    let doer = use_context::<Doer>();
    use_keys(move |key| match key {
        "d" => {
            if shown.session.may_act() && !open_panel() {
                navigate("/incidents/new", leptos_router::NavigateOptions::default());
            }
            true
        }
        "/" => {
            navigate("/incidents", leptos_router::NavigateOptions::default());
            true
        }
        "j" => step(ROWS, 1),
        "k" => step(ROWS, -1),
        "1" | "2" | "3" | "4" => set_severity(shown, doer.clone(), key),
        _ => false,
    });
}

fn set_severity(shown: Shown, doer: Option<Doer>, key: &str) -> bool {
    let (Some(number), Ok(severity)) = (focused(), key.parse::<Severity>()) else {
        return false;
    };
    if !shown.session.may_act() {
        return false;
    }
    leptos::task::spawn_local(async move {
        let done = carry_out(
            doer,
            shown.session,
            number,
            IncidentCommand::SetSeverity { severity },
        )
        .await;
        let tag = shown.session.directory.with_untracked(|d| d.tag(number));
        shown
            .refused
            .set(done.err().map(|why| format!("{tag} stays as it is. {why}")));
        focus(&super::row::row_id(number));
    });
    true
}

/// The open incident whose row has the focus.
fn focused() -> Option<Number> {
    #[cfg(feature = "hydrate")]
    return document()
        .active_element()?
        .closest("tr[data-number]")
        .ok()??
        .get_attribute("data-number")?
        .parse()
        .ok()
        .map(Number);
    #[cfg(not(feature = "hydrate"))]
    None
}
