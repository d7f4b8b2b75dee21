//! The filter as it stands in the address, so that what somebody looks at can be shared.

use crate::data::Filter;
use domain::{Kind, Number, Phase, Severity};

/// A choice of phases by one word.
pub(super) const GROUPS: [(&str, &str); 2] = [("open", "Open"), ("unfinished", "Not finished")];

/// What was asked for, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// Words to look for.
    pub(super) q: String,
    /// A phase, or one of [`GROUPS`].
    pub(super) phase: String,
    /// A severity.
    pub(super) severity: String,
    /// A kind.
    pub(super) kind: String,
    /// Where the page begins.
    pub(super) before: Option<Number>,
}

impl Asked {
    /// Reads an address; `get` gives the value of a name. What is not understood counts as not asked for.
    pub(super) fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| get(name).unwrap_or_default().trim().to_owned();
        Self {
            q: text("q"),
            phase: text("phase"),
            severity: text("severity"),
            kind: text("kind"),
            before: text("before").parse().ok().map(Number),
        }
    }

    /// What the server is asked.
    pub(super) fn filter(&self) -> Filter {
        let of =
            |belongs: fn(Phase) -> bool| Phase::ALL.into_iter().filter(|p| belongs(*p)).collect();
        Filter {
            q: self.q.clone(),
            phases: match self.phase.as_str() {
                "open" => of(Phase::is_open),
                "unfinished" => of(|phase| !phase.is_over()),
                one => one.parse().into_iter().collect(),
            },
            severities: self.severity.parse::<Severity>().into_iter().collect(),
            kind: self.kind.parse::<Kind>().ok(),
            before: self.before,
        }
    }

    /// True when everything is shown.
    pub(super) fn is_everything(&self) -> bool {
        let filter = self.filter();
        filter.q.is_empty()
            && filter.phases.is_empty()
            && filter.severities.is_empty()
            && filter.kind.is_none()
    }

    /// The address of the page that begins before a number; the first one without.
    pub(super) fn address(&self, before: Option<Number>) -> String {
        let before = before.map(|number| number.to_string()).unwrap_or_default();
        let fields = [
            ("q", self.q.as_str()),
            ("severity", &self.severity),
            ("phase", &self.phase),
            ("kind", &self.kind),
            ("before", &before),
        ];
        let query: Vec<String> = fields
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        if query.is_empty() {
            "/incidents".to_owned()
        } else {
            format!("/incidents?{}", query.join("&"))
        }
    }
}

/// A value as it may stand in an address: letters, digits and "-_.~" as they are, a space as "+", the rest by its bytes.
pub(in crate::pages) fn encoded(value: &str) -> String {
    use std::fmt::Write as _;
    value.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            b' ' => out.push('+'),
            _ => {
                // Writing to a string cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(fields: &[(&str, &str)]) -> Asked {
        Asked::read(|name| {
            fields
                .iter()
                .find(|(n, _)| *n == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn an_address_says_what_to_show_and_nonsense_shows_everything() {
        let some = asked(&[
            ("q", " webhook "),
            ("severity", "sev1"),
            ("phase", "open"),
            ("before", "90"),
        ]);
        let filter = some.filter();
        assert_eq!(filter.q, "webhook");
        assert_eq!(filter.severities, [Severity::Sev1]);
        assert_eq!(
            filter.phases,
            [Phase::Assess, Phase::Mitigate, Phase::Watch]
        );
        assert_eq!(filter.before, Some(Number(90)));
        assert!(!some.is_everything());
        let nonsense = asked(&[
            ("severity", "9"),
            ("phase", "lunch"),
            ("kind", "odd"),
            ("before", "x"),
        ]);
        assert_eq!(nonsense.filter(), Filter::default());
        assert!(nonsense.is_everything());
    }

    #[test]
    fn the_address_of_the_next_page_keeps_the_filter() {
        let some = asked(&[("q", "50% slow & late"), ("kind", "drill")]);
        assert_eq!(
            some.address(Some(Number(90))),
            "/incidents?q=50%25+slow+%26+late&kind=drill&before=90"
        );
        assert_eq!(Asked::default().address(None), "/incidents");
    }
}
