//! Which two sitreps are compared, and how: all of it in the address, so that what one sees can be shared.

use leptos_router::params::ParamsMap;

/// What the address asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Choice {
    /// The older one; the one before `to` when it is left out.
    pub from: Option<i64>,
    /// The newer one; the last when it is left out.
    pub to: Option<i64>,
    /// Side by side instead of in one.
    pub side: bool,
}

impl Choice {
    /// Reads the address. A version in the path counts as `to`.
    pub(super) fn read(path: &ParamsMap, query: &ParamsMap) -> Self {
        let version = |map: &ParamsMap, name: &str| map.get(name).and_then(|v| v.parse().ok());
        Self {
            from: version(query, "from"),
            to: version(query, "to").or_else(|| version(path, "version")),
            side: query.get("view").as_deref() == Some("side"),
        }
    }

    /// What is shown, once it is known which one is the last.
    pub(super) fn picked(self, last: i64) -> Picked {
        Picked {
            set: self.from,
            to: self.to.unwrap_or(last),
            side: self.side,
        }
    }
}

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Picked {
    /// The older one, if somebody set it; it then stays while one goes through the others.
    pub set: Option<i64>,
    /// The newer one.
    pub to: i64,
    /// Side by side instead of in one.
    pub side: bool,
}

impl Picked {
    /// The older one: as set, else the one before; nothing for the first alone.
    pub(super) fn from(self) -> Option<i64> {
        self.set.or_else(|| (self.to > 1).then_some(self.to - 1))
    }

    /// The address that shows this.
    pub(super) fn address(self, number: impl std::fmt::Display) -> String {
        let from = self
            .set
            .map_or_else(String::new, |from| format!("from={from}&"));
        let view = if self.side { "&view=side" } else { "" };
        format!("/incidents/{number}/sitreps?{from}to={}{view}", self.to)
    }

    /// Another sitrep: against what was set, else against the one before it.
    pub(super) fn to(self, to: i64) -> Self {
        Self {
            set: self.set.filter(|from| *from != to),
            to,
            ..self
        }
    }

    /// From another sitrep, or from the one before again.
    pub(super) fn set(self, set: Option<i64>) -> Self {
        Self { set, ..self }
    }

    /// The other way round.
    pub(super) fn swapped(self) -> Self {
        self.from().map_or(self, |from| Self {
            set: Some(self.to),
            to: from,
            ..self
        })
    }

    /// In one, or side by side.
    pub(super) fn view(self, side: bool) -> Self {
        Self { side, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picked(set: Option<i64>, to: i64) -> Picked {
        Picked {
            set,
            to,
            side: false,
        }
    }

    #[test]
    fn an_empty_address_shows_the_last_against_the_one_before_it() {
        assert_eq!(Choice::default().picked(5), picked(None, 5));
        assert_eq!(picked(None, 5).from(), Some(4));
        assert_eq!(picked(None, 1).from(), None);
    }

    #[test]
    fn an_address_says_everything() {
        assert_eq!(
            picked(Some(4), 5).view(true).address(142),
            "/incidents/142/sitreps?from=4&to=5&view=side"
        );
        assert_eq!(picked(None, 1).address(142), "/incidents/142/sitreps?to=1");
    }

    #[test]
    fn what_was_set_stays_while_one_goes_on() {
        assert_eq!(picked(None, 5).to(8), picked(None, 8));
        assert_eq!(picked(Some(5), 5).to(6).to(7), picked(Some(5), 7));
        assert_eq!(picked(Some(2), 5).to(2), picked(None, 2));
        assert_eq!(picked(Some(2), 5).set(None), picked(None, 5));
    }

    #[test]
    fn swapping_turns_the_comparison_round() {
        assert_eq!(picked(None, 5).swapped(), picked(Some(5), 4));
        assert_eq!(picked(Some(2), 5).swapped().swapped(), picked(Some(2), 5));
        assert_eq!(picked(None, 1).swapped(), picked(None, 1));
    }
}
