//! What must be true of every history, whatever broke. Pure: histories and frames in, complaints out; none is good.
//! What must happen once is named and counted: [`each_once`]. What a fault excuses is taken out before, in `letters`.

use crate::followers::Followed;
use crate::history::{Asked, Outcome, What};
use crate::letters::reminders;
use crate::log::Log;
use crate::net::Frame;
use domain::incident::Role;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that is wrong, in words.
pub type Complaints = Vec<String>;

/// The log itself: positions from 1 without a gap, what was sent in their order, and versions of each incident likewise.
/// `positions` are those of the store: streams leave out who signed in and who got a token.
pub fn gapless(positions: &[i64], log: &Log) -> Complaints {
    let mut complaints = Complaints::new();
    for (position, expected) in positions.iter().zip(1..) {
        if *position != expected {
            complaints.push(format!("{position} stands at place {expected}"));
        }
    }
    for pair in log.frames.windows(2) {
        if pair[0].position >= pair[1].position {
            let (first, second) = (pair[0].position, pair[1].position);
            complaints.push(format!("{second} was sent after {first}"));
        }
    }
    let mut versions = BTreeMap::<i64, i64>::new();
    for recorded in &log.events {
        let version = versions.entry(recorded.incident.0).or_default();
        *version += 1;
        if recorded.version != *version {
            let (number, is) = (recorded.incident, recorded.version);
            complaints.push(format!("incident {number} has {is} in place of {version}"));
        }
    }
    complaints
}

/// What was acknowledged is there once and whole, what was refused is not there, and what nobody knows is whole or not
/// there. Nothing is there that nobody asked for.
pub fn acknowledged_is_there_once(history: &[Asked], log: &Log) -> Complaints {
    let mut complaints = Complaints::new();
    let tagged = log.tagged();
    for asked in history {
        let found = tagged.get(asked.tag.as_str());
        let found: &[_] = found.map_or(&[], Vec::as_slice);
        let mut kinds: Vec<&str> = found.iter().map(|event| event.event.kind()).collect();
        kinds.sort_unstable();
        let mut whole = asked.what.leaves().to_vec();
        whole.sort_unstable();
        let (all, none) = (kinds == whole, kinds.is_empty());
        let good = match &asked.outcome {
            Outcome::Acknowledged { incident, version } => match &asked.what {
                What::HandOver(to) | What::Take(to) if none => {
                    log.commander(*incident, *version).as_ref() == Some(to)
                }
                _ => {
                    let here = |event: &&domain::Recorded| {
                        event.incident.0 == *incident && event.version <= *version
                    };
                    all && found.iter().all(here)
                }
            },
            Outcome::Refused(_) => none,
            Outcome::Unknown => all || none,
            Outcome::Broken(_) => false,
        };
        if !good {
            let (tag, what) = (&asked.tag, &asked.what);
            let outcome = &asked.outcome;
            complaints.push(format!(
                "{tag} {what:?} {outcome:?}, and there is {kinds:?}"
            ));
        }
    }
    let known: BTreeSet<&str> = history.iter().map(|asked| asked.tag.as_str()).collect();
    for tag in tagged.keys().filter(|tag| !known.contains(tag.as_str())) {
        complaints.push(format!("{tag} is there, and nobody asked for it"));
    }
    complaints
}

/// Every follower got the log from where it began: in order, without a gap, byte for byte.
pub fn prefix(followed: &Followed, log: &Log) -> Complaints {
    let begin = log
        .frames
        .partition_point(|frame| frame.position <= followed.after);
    let expected = &log.frames[begin..];
    if followed.frames.len() > expected.len() {
        let more = followed.frames.len() - expected.len();
        return vec![format!(
            "{} got {more} frames more than there are",
            followed.name
        )];
    }
    let differs = |(got, is): &(&Frame, &Frame)| got != is;
    let mut both = followed.frames.iter().zip(expected);
    both.find(differs)
        .map(|(got, is)| {
            let name = &followed.name;
            format!(
                "{name} got {} {} where {} {} stands",
                got.position, got.data, is.position, is.data
            )
        })
        .into_iter()
        .collect()
}

/// Every follower got all of it, and made of it what the log makes.
pub fn same_end(followed: &Followed, log: &Log) -> Complaints {
    let last = |frames: &[Frame]| frames.last().map_or(0, |frame| frame.position);
    let (got, is) = (last(&followed.frames), last(&log.frames));
    let name = &followed.name;
    if got != is {
        return vec![format!("{name} ends at {got}, the log at {is}")];
    }
    if followed.after == 0 && Log::new(followed.frames.clone()).states() != log.states() {
        return vec![format!("{name} ends in another state")];
    }
    Complaints::new()
}

/// At every position of every incident exactly one person commands, and nobody has one role twice.
pub fn one_commander(log: &Log) -> Complaints {
    let mut complaints = Complaints::new();
    log.replay(|recorded, incident| {
        let roles = &incident.summary.roles;
        let commanders = roles.iter().filter(|held| held.role == Role::Ic).count();
        let distinct: BTreeSet<String> = roles.iter().map(|held| held.role.to_string()).collect();
        if commanders != 1 || distinct.len() != roles.len() {
            let (number, position) = (recorded.incident, recorded.position);
            complaints.push(format!(
                "incident {number} has {commanders} in command at {position}"
            ));
        }
    });
    complaints
}

/// Nobody is reminded of the same promise twice, and of these incidents every promise was reminded of.
pub fn told_once(quiet: &[i64], promises: usize, log: &Log) -> Complaints {
    let seen = reminders(log);
    let each: BTreeSet<String> = seen.iter().cloned().collect();
    let mut complaints = each_once("reminder", &Vec::from_iter(each.clone()), &seen);
    for number in quiet {
        let told = each
            .iter()
            .filter(|name| name.starts_with(&format!("of {number} ")));
        let told = told.count();
        if told != promises {
            complaints.push(format!("incident {number} reminded of {told} promises"));
        }
    }
    complaints
}

/// What must happen once happened once: nothing is missing and nothing came twice.
pub fn each_once(what: &str, wanted: &[String], seen: &[String]) -> Complaints {
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    for name in seen {
        *counts.entry(name).or_default() += 1;
    }
    for name in wanted {
        *counts.entry(name).or_default() -= 1;
    }
    let wrong = counts.into_iter().filter(|(_, count)| *count != 0);
    wrong
        .map(|(name, count)| format!("{what} {name}: {count:+} against once"))
        .collect()
}
