//! The page as a whole in Statuspage's words: an indicator and a description, from components **and** open incidents.
//!
//! Statuspage does not publish how it blends several components. This is the rule that Freshstatus publishes for the same
//! words, and then the worse of it and of the open incidents counts, so that the page never says that all is well while
//! somebody reads about an incident below.

use super::{ComponentStatus, Impact};

/// How everything is, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Indicator {
    /// Nothing is wrong.
    None,
    /// Something is down on purpose.
    Maintenance,
    /// Something is a little wrong.
    Minor,
    /// Much is wrong.
    Major,
    /// Everything is wrong.
    Critical,
}

impl Indicator {
    /// The wire form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Maintenance => "maintenance",
            Self::Minor => "minor",
            Self::Major => "major",
            Self::Critical => "critical",
        }
    }
}

/// Indicator and description. `impacts` are those of the incidents that go on.
pub fn overall(
    components: &[ComponentStatus],
    impacts: impl IntoIterator<Item = Impact>,
) -> (Indicator, &'static str) {
    let by_components = of_components(components);
    let by_incidents =
        impacts
            .into_iter()
            .max()
            .map_or(
                (Indicator::None, "All Systems Operational"),
                |impact| match impact {
                    // Whoever writes of an incident says that something is not as it should be.
                    Impact::None | Impact::Minor => {
                        (Indicator::Minor, "Partially Degraded Service")
                    }
                    Impact::Major => (Indicator::Major, "Partial System Outage"),
                    Impact::Critical => (Indicator::Critical, "Major System Outage"),
                },
            );
    if by_incidents.0 > by_components.0 {
        by_incidents
    } else {
        by_components
    }
}

fn of_components(components: &[ComponentStatus]) -> (Indicator, &'static str) {
    use ComponentStatus as S;
    let any = |status| components.contains(&status);
    let all = |status| any(status) && components.iter().all(|one| *one == status);
    if all(S::MajorOutage) {
        (Indicator::Critical, "Major System Outage")
    } else if all(S::PartialOutage) || any(S::MajorOutage) {
        (Indicator::Major, "Partial System Outage")
    } else if any(S::PartialOutage) {
        (Indicator::Minor, "Minor Service Outage")
    } else if all(S::DegradedPerformance) && components.len() > 1 {
        (Indicator::Minor, "Degraded System Service")
    } else if any(S::DegradedPerformance) {
        (Indicator::Minor, "Partially Degraded Service")
    } else if any(S::UnderMaintenance) {
        (Indicator::Maintenance, "Service Under Maintenance")
    } else {
        (Indicator::None, "All Systems Operational")
    }
}

#[cfg(test)]
mod tests {
    use super::ComponentStatus::{
        DegradedPerformance as Slow, MajorOutage as Down, Operational as Well,
        PartialOutage as Partly, UnderMaintenance as Care,
    };
    use super::*;

    #[test]
    fn the_worst_speaks_and_all_of_them_more_than_one() {
        let cases: &[(&[ComponentStatus], &str, &str)] = &[
            (&[], "none", "All Systems Operational"),
            (&[Well, Well], "none", "All Systems Operational"),
            (&[Care], "maintenance", "Service Under Maintenance"),
            (&[Well, Care], "maintenance", "Service Under Maintenance"),
            (&[Slow], "minor", "Partially Degraded Service"),
            (&[Well, Slow, Care], "minor", "Partially Degraded Service"),
            (&[Slow, Slow], "minor", "Degraded System Service"),
            (&[Well, Partly, Slow], "minor", "Minor Service Outage"),
            (&[Partly], "major", "Partial System Outage"),
            (&[Partly, Partly], "major", "Partial System Outage"),
            (&[Well, Down, Partly], "major", "Partial System Outage"),
            (&[Down], "critical", "Major System Outage"),
            (&[Down, Down], "critical", "Major System Outage"),
        ];
        for (components, indicator, description) in cases {
            let (is, says) = overall(components, []);
            assert_eq!(
                (is.as_str(), says),
                (*indicator, *description),
                "{components:?}"
            );
        }
    }

    #[test]
    fn an_open_incident_means_that_not_all_is_well() {
        let cases: &[(&[ComponentStatus], Impact, &str)] = &[
            (&[Well], Impact::None, "minor"),
            (&[Care], Impact::None, "minor"),
            (&[Well], Impact::Major, "major"),
            (&[Slow], Impact::Critical, "critical"),
            (&[Down], Impact::Minor, "critical"),
        ];
        for (components, impact, indicator) in cases {
            let (is, _) = overall(components, [*impact]);
            assert_eq!(is.as_str(), *indicator, "{components:?} {impact:?}");
        }
    }
}
