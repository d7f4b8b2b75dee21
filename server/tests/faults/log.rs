//! The log as it stood at the end, and what follows from it.

use crate::net::Frame;
use domain::incident::Role;
use domain::{Incident, Recorded};
use std::collections::BTreeMap;

/// Where the tag of a client stands, by kind.
const TAGGED: [(&str, &str); 8] = [
    ("declared", "title"),
    ("title_changed", "title"),
    ("noted", "text"),
    ("sitrep_sent", "situation"),
    ("public_update_published", "message"),
    ("role_handed_over", "reason"),
    ("command_taken", "reason"),
    ("reopened", "reason"),
];

/// Everything that happened, in its order.
pub struct Log {
    /// As it was sent.
    pub frames: Vec<Frame>,
    /// What happened to incidents, read.
    pub events: Vec<Recorded>,
}

impl Log {
    /// Reads frames. One that cannot be read is a mistake of the server that no check should pass over.
    pub fn new(frames: Vec<Frame>) -> Self {
        let events = frames.iter().filter(|frame| frame.event == "incident");
        let events = events.map(|frame| {
            let recorded: Recorded = serde_json::from_str(&frame.data).expect("an event");
            assert_eq!(recorded.position, frame.position, "the id is the position");
            recorded
        });
        Self {
            events: events.collect(),
            frames,
        }
    }

    /// Events by the tag that they carry.
    pub fn tagged(&self) -> BTreeMap<String, Vec<&Recorded>> {
        let mut tagged = BTreeMap::<String, Vec<&Recorded>>::new();
        for recorded in &self.events {
            if let Some(tag) = tag(recorded) {
                tagged.entry(tag).or_default().push(recorded);
            }
        }
        tagged
    }

    /// Shows every event with the incident right after it.
    pub fn replay(&self, mut see: impl FnMut(&Recorded, &Incident)) {
        let mut incidents = BTreeMap::<i64, Incident>::new();
        for recorded in &self.events {
            let number = recorded.incident.0;
            if let Some(incident) = incidents.get_mut(&number) {
                incident.apply(recorded);
            } else if let Some(begun) = Incident::begin(recorded) {
                incidents.insert(number, begun);
            }
            if let Some(incident) = incidents.get(&number) {
                see(recorded, incident);
            }
        }
    }

    /// How every incident ends.
    pub fn states(&self) -> BTreeMap<i64, Incident> {
        let mut states = BTreeMap::new();
        self.replay(|recorded, incident| {
            states.insert(recorded.incident.0, incident.clone());
        });
        states
    }

    /// Who commanded an incident at a version, by id.
    pub fn commander(&self, number: i64, version: i64) -> Option<String> {
        let mut commander = None;
        self.replay(|recorded, incident| {
            if recorded.incident.0 == number && recorded.version == version {
                let held = incident.summary.role(&Role::Ic);
                commander = held.map(|held| held.person.to_string());
            }
        });
        commander
    }
}

/// The tag of an event, where its kind carries one.
fn tag(recorded: &Recorded) -> Option<String> {
    let kind = recorded.event.kind();
    let (_, field) = TAGGED.iter().find(|(tagged, _)| *tagged == kind)?;
    let event = serde_json::to_value(&recorded.event).ok()?;
    event["data"][field].as_str().map(str::to_owned)
}
