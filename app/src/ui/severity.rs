//! How bad it is: a shape, then the word, then the colour, so that it also reads in grey.
use domain::Severity;
use leptos::prelude::*;

/// The mark of a severity with its word, as it stands in rows and headers; the place decides the size.
#[component]
pub fn SeverityMark(
    /// A severity, or a signal of one where it changes before the reader's eyes.
    #[prop(into)]
    severity: Signal<Severity>,
) -> impl IntoView {
    view! {
        <span class=move || class(severity.get())>
            <svg class="sevmark" viewBox="0 0 20 20" aria-hidden="true" inner_html=move || shape(severity.get())></svg>
            <b>{move || severity.get().label()}</b>
        </span>
    }
}

/// Octagon, triangle, diamond, circle, and a dashed circle for "Not set"; the numeral stands inside.
fn shape(severity: Severity) -> &'static str {
    match severity {
        Severity::Sev1 => {
            r#"<path class="f" d="M6.3 1.2h7.4l5.1 5.1v7.4l-5.1 5.1H6.3l-5.1-5.1V6.3z"/><text x="10" y="14.1" text-anchor="middle">1</text>"#
        }
        Severity::Sev2 => {
            r#"<path class="f" d="M10 1.3l9.2 17H.8z"/><text x="10" y="15.6" text-anchor="middle">2</text>"#
        }
        Severity::Sev3 => {
            r#"<path class="o" d="M10 1.4l8.6 8.6-8.6 8.6L1.4 10z"/><text x="10" y="14.1" text-anchor="middle">3</text>"#
        }
        Severity::Sev4 => {
            r#"<circle class="o" cx="10" cy="10" r="8.2"/><text x="10" y="14.1" text-anchor="middle">4</text>"#
        }
        Severity::Unset => {
            r#"<circle class="o" cx="10" cy="10" r="8.2" stroke-dasharray="3 2.8"/><text x="10" y="14.1" text-anchor="middle">?</text>"#
        }
    }
}

/// The classes that give the shape its colour.
fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Sev1 => "sev s1",
        Severity::Sev2 => "sev s2",
        Severity::Sev3 => "sev s3",
        Severity::Sev4 => "sev s4",
        Severity::Unset => "sev s0",
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn html(severity: Severity) -> String {
        Owner::new().with(|| view! { <SeverityMark severity=severity/> }.to_html())
    }

    #[test]
    fn the_word_is_there_for_those_who_do_not_see_the_shape() {
        for severity in Severity::ALL {
            let html = html(severity);
            assert!(html.contains(&format!("<b>{}", severity.label())), "{html}");
            assert!(html.contains(r#"aria-hidden="true""#), "{html}");
        }
    }

    #[test]
    fn no_two_severities_have_the_same_shape_or_colour() {
        let shapes: HashSet<_> = Severity::ALL.into_iter().map(shape).collect();
        let classes: HashSet<_> = Severity::ALL.into_iter().map(class).collect();
        assert_eq!((shapes.len(), classes.len()), (5, 5));
    }
}
