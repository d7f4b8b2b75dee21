//! How a component does, as customers and the team see it: a shape, the word, the colour.
use super::Icon;
use domain::ComponentStatus;
use leptos::prelude::*;

/// The public state of a component, or of anything that stands for one.
#[component]
pub fn StatusMark(
    /// How it does.
    status: ComponentStatus,
) -> impl IntoView {
    view! {
        <span class=format!("st {}", status_class(status))>
            <Icon name=status_icon(status)/>
            {status.label()}
        </span>
    }
}

/// The shape of a state.
pub fn status_icon(status: ComponentStatus) -> Icon {
    match status {
        ComponentStatus::Operational => Icon::StWorking,
        ComponentStatus::DegradedPerformance => Icon::StSlow,
        ComponentStatus::PartialOutage => Icon::StPartly,
        ComponentStatus::MajorOutage => Icon::StDown,
        ComponentStatus::UnderMaintenance => Icon::StMaintenance,
    }
}

/// The class that gives a state its colour.
pub fn status_class(status: ComponentStatus) -> &'static str {
    match status {
        ComponentStatus::Operational => "ok",
        ComponentStatus::DegradedPerformance => "slow",
        ComponentStatus::PartialOutage => "part",
        ComponentStatus::MajorOutage => "down",
        ComponentStatus::UnderMaintenance => "work",
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_state_has_a_shape_a_colour_and_its_word() {
        let shapes: HashSet<&str> = ComponentStatus::ALL
            .map(|status| status_icon(status).href())
            .into();
        assert_eq!(shapes.len(), ComponentStatus::ALL.len());
        for status in ComponentStatus::ALL {
            let html = view! { <StatusMark status=status/> }.to_html();
            assert!(html.contains(status.label()), "{html}");
            assert!(html.contains(status_class(status)), "{html}");
        }
    }
}
