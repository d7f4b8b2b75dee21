//! Letters and reminders: what had to arrive, what did, and what a fault excuses. Pure, as the checker is.

use crate::faults::{Fault, Struck};
use crate::log::Log;
use domain::IncidentEvent;
use std::collections::BTreeMap;

/// How long it may take, with everything whole, until the mail server's yes is written down, in milliseconds.
const WRITTEN_DOWN: i64 = 3_000;

/// A letter as it arrived. Times are milliseconds of the one clock of this machine.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// Its Message-ID and its recipient.
    pub letter: String,
    /// Which process sent it.
    pub process: usize,
    /// When the mail server heard whom it is for.
    pub begun: i64,
    /// When it was in the mailbox.
    pub delivered: i64,
    /// Whether the mail server said so; otherwise it hung up.
    pub heard: bool,
}

/// What arrived.
#[derive(Debug, Default)]
pub struct Arrived {
    /// The letters: one of each, and every other one that nothing excuses.
    pub letters: Vec<String>,
    /// How many came again because their process was killed before it had written down that they were sent.
    pub killed: usize,
    /// How many came again because the mail server took them and hung up.
    pub unheard: usize,
}

/// Takes out what the failure model allows to come again, and nothing else.
pub fn arrived(deliveries: &[Delivery], storm: &[Struck]) -> Arrived {
    let mut each = BTreeMap::<&str, Vec<&Delivery>>::new();
    for delivery in deliveries {
        each.entry(&delivery.letter).or_default().push(delivery);
    }
    let mut arrived = Arrived::default();
    for (letter, mut copies) in each {
        copies.sort_by_key(|copy| copy.delivered);
        // Whoever sent the last one has no excuse for it: it is what has to arrive.
        copies.pop();
        arrived.letters.push(letter.to_owned());
        for copy in copies {
            if !copy.heard {
                arrived.unheard += 1;
            } else if storm.iter().any(|struck| in_flight(copy, struck, storm)) {
                arrived.killed += 1;
            } else {
                arrived.letters.push(letter.to_owned());
            }
        }
    }
    arrived
}

/// Whether the process was killed after it began to send the letter, and before it can have written down that it is sent.
fn in_flight(copy: &Delivery, struck: &Struck, storm: &[Struck]) -> bool {
    struck.fault == Fault::Kill
        && struck.process == copy.process
        && copy.begun <= struck.broke
        && calm(copy.delivered, struck.broke, storm) <= WRITTEN_DOWN
}

/// How much of a time nothing was broken, in milliseconds. One thing breaks at a time.
fn calm(from: i64, to: i64, storm: &[Struck]) -> i64 {
    let broken = |struck: &Struck| (struck.whole.min(to) - struck.broke.max(from)).max(0);
    to - from - storm.iter().map(broken).sum::<i64>()
}

/// What follows from the log: every sitrep for everybody who was in and the incident list, every reminder for whom it is.
/// `addresses` are those of people by their id.
pub fn wanted(log: &Log, list: &[&str], addresses: &BTreeMap<String, String>) -> Vec<String> {
    let mut wanted = Vec::new();
    let mut want = |id: String, address: &str| wanted.push(name(&id, address));
    log.replay(|recorded, incident| {
        let number = recorded.incident;
        match &recorded.event {
            IncidentEvent::SitrepSent { sitrep } => {
                let id = format!("<incident-{number}-sitrep-{}@127.0.0.1>", sitrep.version);
                let people = incident.participants.iter();
                let people = people.filter_map(|person| addresses.get(person.as_str()));
                for address in people.map(String::as_str).chain(list.iter().copied()) {
                    want(id.clone(), address);
                }
            }
            IncidentEvent::Reminded { clock, person, .. } => {
                let (clock, version) = (clock.as_str(), recorded.version);
                let id = format!("<reminder-{number}-{clock}-{version}-{person}@127.0.0.1>");
                if let Some(address) = addresses.get(person.as_str()) {
                    want(id, address);
                }
            }
            _ => {}
        }
    });
    wanted
}

/// A letter for one recipient.
pub fn name(id: &str, address: &str) -> String {
    format!("{id} to {address}")
}

/// Every reminder in the log, by what may be told once: which promise of which incident, and to whom.
pub fn reminders(log: &Log) -> Vec<String> {
    let reminders = log.events.iter().filter_map(|recorded| {
        let IncidentEvent::Reminded {
            clock,
            due_at,
            person,
        } = &recorded.event
        else {
            return None;
        };
        let (number, clock) = (recorded.incident, clock.as_str());
        Some(format!("of {number} {clock} {due_at} to {person}"))
    });
    reminders.collect()
}
