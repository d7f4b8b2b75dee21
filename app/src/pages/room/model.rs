//! What the room holds, without anything that moves: the incident as the server has confirmed it, and on top of it what
//! this browser has asked for and the server has not answered yet.

use domain::event::{Context, Recorded};
use domain::incident::{Incident, IncidentCommand, Rejection, decide};
use domain::time::Time;
use domain::{Directory, Number, PersonRef};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Positions of events that have no place in the log yet: beyond every real one, so that nothing confuses the two.
pub const PROVISIONAL: i64 = 1 << 60;

/// Something asked for and not yet answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Pending {
    /// Its key in this browser.
    pub id: i64,
    /// What it is known by when it is sent again.
    pub key: String,
    /// What was asked for.
    pub command: IncidentCommand,
    /// When, by the server's clock as this browser knows it.
    pub asked_at: Time,
    /// True when it could not be sent and waits for the line.
    pub waiting: bool,
    /// True once the stream brought it: only the answer is missing.
    pub there: bool,
    /// What will have happened, as far as the rules can say here.
    pub events: Vec<Recorded>,
}

/// What a browser keeps of something asked for until the server has it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Waiting {
    /// What it is known by.
    pub key: String,
    /// What was asked for.
    pub command: IncidentCommand,
    /// When.
    pub asked_at: Time,
}

/// The confirmed incident and what lies on top of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    confirmed: Incident,
    /// Events that came before the ones they follow: a server's answer can be faster than the stream.
    early: BTreeMap<i64, Recorded>,
    pending: Vec<Pending>,
    asked: i64,
}

impl Model {
    /// Begins with the incident as the server told it.
    pub fn new(confirmed: Incident) -> Self {
        Self {
            confirmed,
            early: BTreeMap::new(),
            pending: Vec::new(),
            asked: 0,
        }
    }

    /// The incident as it stands when everything asked for here comes true.
    pub fn shown(&self) -> Incident {
        let mut incident = self.confirmed.clone();
        self.provisional()
            .for_each(|recorded| incident.apply(recorded));
        incident
    }

    /// The incident as the server has confirmed it.
    pub fn confirmed(&self) -> &Incident {
        &self.confirmed
    }

    /// What was asked for and has not been answered, the oldest first.
    pub fn pending(&self) -> &[Pending] {
        &self.pending
    }

    /// The events of everything that has not been answered, in order.
    pub fn provisional(&self) -> impl Iterator<Item = &Recorded> {
        self.pending.iter().flat_map(|pending| &pending.events)
    }

    /// True while an event is missing between what is confirmed and what has come in.
    pub fn has_gap(&self) -> bool {
        !self.early.is_empty()
    }

    /// Takes an event from the stream or from an answer, whichever comes first, and gives those that moved the incident
    /// on: none for one that is known or too early, several when it closes a gap. Never applies one twice.
    pub fn arrive(&mut self, recorded: Recorded) -> Vec<Recorded> {
        if recorded.incident != self.number() || recorded.version <= self.version() {
            return Vec::new();
        }
        self.early.insert(recorded.version, recorded);
        let mut applied = Vec::new();
        while let Some(next) = self.early.remove(&(self.version() + 1)) {
            self.confirmed.apply(&next);
            self.replace_provisional(&next);
            applied.push(next);
        }
        applied
    }

    /// Decides here and now: the words of a refusal come at once, and what is allowed shows at once.
    pub fn ask(
        &mut self,
        command: IncidentCommand,
        key: String,
        by: &PersonRef,
        directory: &Directory,
        now: Time,
    ) -> Result<i64, Rejection> {
        let events = self.foresee(command.clone(), by, directory, now)?;
        Ok(self.add(command, key, now, events))
    }

    /// Takes up what an earlier visit asked for and never heard about. It may have been carried out, and then the rules refuse
    /// it here: it shows nothing in advance, and the server says what became of it.
    pub fn ask_again(
        &mut self,
        waiting: Waiting,
        by: &PersonRef,
        directory: &Directory,
        now: Time,
    ) {
        let known = |pending: &Pending| pending.key == waiting.key;
        if self.pending.iter().any(known) {
            return;
        }
        let events = self.foresee(waiting.command.clone(), by, directory, now);
        let id = self.add(
            waiting.command,
            waiting.key,
            waiting.asked_at,
            events.unwrap_or_default(),
        );
        self.wait(id, true);
    }

    fn foresee(
        &self,
        command: IncidentCommand,
        by: &PersonRef,
        directory: &Directory,
        now: Time,
    ) -> Result<Vec<Recorded>, Rejection> {
        let shown = self.shown();
        let context = Context {
            by: &by.id,
            now,
            directory,
        };
        let proposed = decide(&shown, command, &context)?;
        let first = PROVISIONAL + (self.asked + 1) * 1_000;
        let events = proposed
            .into_iter()
            .zip(1..)
            .map(|(proposed, nth)| Recorded {
                position: first + nth,
                incident: self.number(),
                version: shown.summary.version + nth,
                occurred_at: proposed.occurred_at.unwrap_or(now),
                recorded_at: now,
                by: Some(by.clone()),
                event: proposed.event,
            })
            .collect();
        Ok(events)
    }

    fn add(
        &mut self,
        command: IncidentCommand,
        key: String,
        asked_at: Time,
        events: Vec<Recorded>,
    ) -> i64 {
        self.asked += 1;
        self.pending.push(Pending {
            id: self.asked,
            key,
            command,
            asked_at,
            waiting: false,
            there: false,
            events,
        });
        self.asked
    }

    /// It has been answered, one way or the other: what it showed in advance goes.
    pub fn settle(&mut self, id: i64) -> Option<Pending> {
        let at = self.pending.iter().position(|pending| pending.id == id)?;
        Some(self.pending.remove(at))
    }

    /// Marks that it waits for the line, or is on its way.
    pub fn wait(&mut self, id: i64, waiting: bool) {
        if let Some(pending) = self.pending.iter_mut().find(|p| p.id == id) {
            pending.waiting = waiting;
        }
    }

    /// True when something that was asked for earlier still waits to be sent.
    pub fn waits_before(&self, id: i64) -> bool {
        self.pending
            .iter()
            .take_while(|pending| pending.id != id)
            .any(|pending| pending.waiting)
    }

    /// What to send of something that was asked for, and its key. A note that waited says when it was written.
    pub fn to_send(&self, id: i64, now: Time) -> Option<(IncidentCommand, String)> {
        let pending = self.pending.iter().find(|pending| pending.id == id)?;
        let command = match &pending.command {
            IncidentCommand::Note { text, at: None }
                if (now - pending.asked_at).num_seconds() >= 60 =>
            {
                IncidentCommand::Note {
                    text: text.clone(),
                    at: Some(pending.asked_at),
                }
            }
            command => command.clone(),
        };
        Some((command, pending.key.clone()))
    }

    /// The server told everything anew. What waits goes on waiting on top of it.
    pub fn reset(&mut self, confirmed: Incident) {
        // An answer may have overtaken this one.
        if confirmed.summary.version >= self.version() {
            self.confirmed = confirmed;
        }
        let version = self.version();
        self.early.retain(|early, _| *early > version);
    }

    fn number(&self) -> Number {
        self.confirmed.summary.number
    }

    fn version(&self) -> i64 {
        self.confirmed.summary.version
    }

    /// The stream may be faster than the answer: what it brings no longer needs to be shown in advance.
    fn replace_provisional(&mut self, recorded: &Recorded) {
        for pending in &mut self.pending {
            if let Some(at) = pending
                .events
                .iter()
                .position(|ours| ours.by == recorded.by && ours.event == recorded.event)
            {
                pending.events.remove(at);
                pending.there = pending.events.is_empty();
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::example;
    use domain::incident::IncidentEvent;
    use domain::{Severity, Summary};

    fn person(id: &str) -> PersonRef {
        let directory = example::directory();
        directory
            .people
            .iter()
            .find(|p| p.id.as_str() == id)
            .expect("in the example")
            .as_ref()
    }

    fn model() -> Model {
        let summary: Summary = example::incident(142, "API failing", Severity::Sev2);
        Model::new(Incident {
            summary,
            participants: Vec::new(),
            links: Vec::new(),
            components: BTreeMap::new(),
            sitrep: None,
            word: None,
            words: 0,
            first_sentence: None,
            source: None,
            inside: domain::guard::Inside::default(),
        })
    }

    fn note(version: i64, by: &str, text: &str) -> Recorded {
        Recorded {
            position: 1_000 + version,
            incident: Number(142),
            version,
            occurred_at: example::at(5),
            recorded_at: example::at(5),
            by: Some(person(by)),
            event: IncidentEvent::Noted {
                text: text.to_owned(),
            },
        }
    }

    fn severity(to: Severity) -> IncidentCommand {
        IncidentCommand::SetSeverity { severity: to }
    }

    fn ask(model: &mut Model, command: IncidentCommand) -> Result<i64, Rejection> {
        model.ask(
            command,
            "key".to_owned(),
            &person("ines"),
            &example::directory(),
            example::at(6),
        )
    }

    #[test]
    fn an_event_that_comes_twice_counts_once() {
        let mut model = model();
        assert_eq!(model.arrive(note(2, "bo", "a")).len(), 1);
        assert!(model.arrive(note(2, "bo", "a")).is_empty());
        assert_eq!(model.confirmed().summary.version, 2);
    }

    #[test]
    fn events_in_the_wrong_order_wait_for_the_one_between() {
        let mut model = model();
        assert!(model.arrive(note(3, "ines", "mine")).is_empty());
        assert!(model.has_gap());
        let applied = model.arrive(note(2, "bo", "before it"));
        assert_eq!(
            applied.iter().map(|r| r.version).collect::<Vec<_>>(),
            vec![2, 3]
        );
        assert!(!model.has_gap());
    }

    #[test]
    fn what_is_asked_for_shows_at_once_and_goes_when_it_is_refused() {
        let mut model = model();
        let id = ask(&mut model, severity(Severity::Sev1)).expect("allowed");
        assert_eq!(model.shown().summary.severity, Severity::Sev1);
        assert_eq!(model.confirmed().summary.severity, Severity::Sev2);
        model.settle(id);
        assert_eq!(model.shown().summary.severity, Severity::Sev2);
    }

    #[test]
    fn a_rule_says_no_before_anything_is_sent() {
        let mut model = model();
        assert_eq!(
            ask(&mut model, severity(Severity::Sev2)),
            Err(Rejection::NoChange {
                field: "severity".to_owned()
            })
        );
        assert!(model.pending().is_empty());
    }

    #[test]
    fn what_comes_later_waits_behind_what_waits() {
        let mut model = model();
        let first = ask(&mut model, severity(Severity::Sev1)).expect("allowed");
        let second = ask(&mut model, severity(Severity::Sev3)).expect("allowed");
        assert!(!model.waits_before(second));
        model.wait(first, true);
        assert!(model.waits_before(second) && !model.waits_before(first));
        model.settle(first);
        assert!(!model.waits_before(second));
    }

    #[test]
    fn two_in_a_row_are_decided_on_top_of_each_other() {
        let mut model = model();
        ask(&mut model, severity(Severity::Sev1)).expect("allowed");
        assert!(
            ask(&mut model, severity(Severity::Sev1)).is_err(),
            "it is that already, as far as this browser knows"
        );
        ask(&mut model, severity(Severity::Sev3)).expect("allowed");
        assert_eq!(model.shown().summary.severity, Severity::Sev3);
    }

    #[test]
    fn stream_first_or_answer_first_it_stands_there_once() {
        let command = || IncidentCommand::Note {
            text: "hello".to_owned(),
            at: None,
        };
        // The stream is faster.
        let mut model = model();
        let id = ask(&mut model, command()).expect("allowed");
        assert_eq!(model.arrive(note(2, "ines", "hello")).len(), 1);
        assert_eq!(model.provisional().count(), 0, "it is confirmed now");
        assert!(model.arrive(note(2, "ines", "hello")).is_empty());
        model.settle(id);
        assert_eq!(model.shown().summary.version, 2);
        // The answer is faster.
        let mut model = self::model();
        let id = ask(&mut model, command()).expect("allowed");
        assert_eq!(model.arrive(note(2, "ines", "hello")).len(), 1);
        model.settle(id);
        assert!(model.arrive(note(2, "ines", "hello")).is_empty());
        assert_eq!(model.shown().summary.version, 2);
    }

    #[test]
    fn somebody_elses_note_with_the_same_words_is_not_mine() {
        let mut model = model();
        let command = IncidentCommand::Note {
            text: "hello".to_owned(),
            at: None,
        };
        ask(&mut model, command).expect("allowed");
        model.arrive(note(2, "bo", "hello"));
        assert_eq!(model.provisional().count(), 1);
    }

    #[test]
    fn a_note_that_waited_says_when_it_was_written() {
        let mut model = model();
        let command = IncidentCommand::Note {
            text: "hello".to_owned(),
            at: None,
        };
        let id = ask(&mut model, command.clone()).expect("allowed");
        let sent = |model: &Model, minute| model.to_send(id, example::at(minute)).map(|(c, _)| c);
        assert_eq!(sent(&model, 6), Some(command));
        assert_eq!(
            sent(&model, 20),
            Some(IncidentCommand::Note {
                text: "hello".to_owned(),
                at: Some(example::at(6)),
            })
        );
    }

    #[test]
    fn a_fresh_start_never_goes_back_and_keeps_what_waits() {
        let mut model = model();
        let old = model.confirmed().clone();
        ask(&mut model, severity(Severity::Sev1)).expect("allowed");
        model.arrive(note(2, "bo", "a"));
        model.arrive(note(9, "bo", "far ahead"));
        model.reset(old.clone());
        assert_eq!(model.confirmed().summary.version, 2);
        let mut newer = old;
        newer.summary.version = 9;
        model.reset(newer);
        assert!(!model.has_gap());
        assert_eq!(model.shown().summary.severity, Severity::Sev1);
    }
}
