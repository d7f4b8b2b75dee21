//! What pressing the button does, in words.

use domain::Number;
use domain::directory::Directory;

/// What is ticked, and for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Plan {
    /// The sitrep's version, when it goes out.
    pub sitrep: Option<i64>,
    /// True when customers are told.
    pub public: bool,
    /// True when the incident is resolved with it.
    pub resolve: bool,
    /// How many people the sitrep reaches in the room.
    pub reach: usize,
    /// True when it goes by mail, too.
    pub mailed: bool,
}

impl Plan {
    /// "Send sitrep 5 to 6 people in the room and publish to the status page".
    pub(super) fn words(self, directory: &Directory, number: Number) -> String {
        let mut parts = Vec::new();
        if let Some(version) = self.sitrep {
            parts.push(format!("send sitrep {version} {}", self.audience()));
        }
        if self.public {
            parts.push("publish to the status page".to_owned());
        }
        if self.resolve && !parts.is_empty() {
            parts.push(format!("resolve {}", directory.tag(number)));
        }
        let sentence = match parts.as_slice() {
            [] => "send nothing".to_owned(),
            [one] => one.clone(),
            [first, last] => format!("{first} and {last}"),
            [most @ .., last] => format!("{}, and {last}", most.join(", ")),
        };
        let mut letters = sentence.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect())
            .unwrap_or_default()
    }

    /// While it is under way.
    pub(super) fn busy_words(self) -> String {
        match (self.sitrep, self.public) {
            (Some(_), true) => format!("Sending {} and publishing", self.audience()),
            (Some(_), false) => format!("Sending {}", self.audience()),
            (None, _) => "Publishing".to_owned(),
        }
    }

    /// "to 6 people in the room".
    pub(super) fn audience(self) -> String {
        let room = match self.reach {
            0 => "to the room".to_owned(),
            1 => "to 1 person in the room".to_owned(),
            many => format!("to {many} people in the room"),
        };
        if self.mailed {
            format!("{room} and by mail")
        } else {
            room
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_button_says_exactly_what_will_happen() {
        let plan = |sitrep: bool, public, resolve, reach| {
            Plan {
                sitrep: sitrep.then_some(5),
                public,
                resolve,
                reach,
                mailed: false,
            }
            .words(&Directory::default(), Number(142))
        };
        let cases = [
            (
                plan(true, true, false, 6),
                "Send sitrep 5 to 6 people in the room and publish to the status page",
            ),
            (
                plan(true, false, false, 1),
                "Send sitrep 5 to 1 person in the room",
            ),
            (plan(false, true, false, 6), "Publish to the status page"),
            (
                plan(false, true, true, 6),
                "Publish to the status page and resolve INC-142",
            ),
            (
                plan(true, true, true, 6),
                "Send sitrep 5 to 6 people in the room, publish to the status page, and resolve INC-142",
            ),
            (plan(false, false, true, 6), "Send nothing"),
        ];
        let mailed = Plan {
            sitrep: Some(5),
            public: false,
            resolve: false,
            reach: 6,
            mailed: true,
        };
        assert_eq!(
            mailed.words(&Directory::default(), Number(142)),
            "Send sitrep 5 to 6 people in the room and by mail"
        );
        for (said, meant) in cases {
            assert_eq!(said, meant);
        }
    }
}
