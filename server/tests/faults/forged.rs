//! Histories that were forged: the checker must catch every one, and only those.

use crate::checker::*;
use crate::followers::Followed;
use crate::history::{Asked, Outcome, What};
use crate::log::Log;
use crate::net::Frame;
use serde_json::{Value, json};

/// A frame of an incident's event.
fn event(position: i64, version: i64, kind: &str, data: &Value) -> Frame {
    let at = "2026-11-17T14:00:00Z";
    let recorded = json!({
        "position": position, "incident": 1, "version": version, "occurred_at": at, "recorded_at": at,
        "by": {"id": "ada", "handle": "ada", "name": "Ada"}, "kind": kind, "data": data,
    });
    Frame {
        position,
        event: "incident".to_owned(),
        data: recorded.to_string(),
    }
}

/// A log in which everything is as it should be: a house entry, an incident, a note, both halves, a handover.
fn frames() -> Vec<Frame> {
    let at = "2026-11-17T14:00:00Z";
    let declared =
        json!({"title": "a", "severity": "sev2", "kind": "live", "started_at": at, "ic": "ada"});
    let sitrep = json!({
        "version": 1, "situation": "c", "impact": "", "hypothesis": "", "confidence": "guess", "needs": "",
        "auto": {"people": "", "customers": "", "promises": "", "links": ""}, "summary": "",
    });
    let word = json!({"id": "1-1", "state": "update", "message": "c"});
    let handed = json!({"role": "ic", "from": "ada", "to": "bo", "reason": "d"});
    vec![
        Frame {
            position: 1,
            event: "house".to_owned(),
            data: "{}".to_owned(),
        },
        event(2, 1, "declared", &declared),
        event(3, 2, "noted", &json!({"text": "b"})),
        event(4, 3, "sitrep_sent", &sitrep),
        event(5, 4, "public_update_published", &word),
        event(6, 5, "role_handed_over", &handed),
    ]
}

fn asked(tag: &str, what: What, outcome: Outcome) -> Asked {
    Asked {
        tag: tag.to_owned(),
        what,
        outcome,
        lost: 0,
        replayed: false,
    }
}

fn done(version: i64) -> Outcome {
    Outcome::Acknowledged {
        incident: 1,
        version,
    }
}

/// The history that fits the log.
fn history() -> Vec<Asked> {
    vec![
        asked("a", What::Declare, done(1)),
        asked("b", What::Note, done(2)),
        asked("c", What::Both, done(4)),
        asked("d", What::HandOver("bo".to_owned()), done(5)),
        asked("e", What::Take("bo".to_owned()), done(5)),
        asked("f", What::Note, Outcome::Refused("a-rule".to_owned())),
        asked("g", What::Both, Outcome::Unknown),
    ]
}

fn followed(frames: Vec<Frame>, after: i64) -> Followed {
    Followed {
        name: "somebody".to_owned(),
        after,
        frames,
        reconnects: 0,
    }
}

/// The log without what stands at a position; what comes later moves up in its positions, as if it had never been.
fn without(position: i64) -> Vec<Frame> {
    let mut frames = frames();
    frames.retain(|frame| frame.position != position);
    frames
}

fn positions(log: &Log) -> Vec<i64> {
    log.frames.iter().map(|frame| frame.position).collect()
}

#[test]
fn a_good_history_has_no_complaints() {
    let log = Log::new(frames());
    assert_eq!(gapless(&positions(&log), &log), Complaints::new());
    assert_eq!(one_commander(&log), Complaints::new());
    let complaints = acknowledged_is_there_once(&history(), &log);
    assert_eq!(complaints, Complaints::new());
    let everything = followed(frames(), 0);
    let later = followed(frames().split_off(3), 3);
    let early = followed(frames()[..4].to_vec(), 0);
    for one in [&everything, &later, &early] {
        assert_eq!(prefix(one, &log), Complaints::new());
    }
    assert_eq!(same_end(&everything, &log), Complaints::new());
    assert_eq!(same_end(&later, &log), Complaints::new());
}

#[test]
fn a_gap_in_positions_or_versions_is_caught() {
    let log = Log::new(without(1));
    assert_eq!(gapless(&positions(&log), &log).len(), 5);
    let mut swapped = Log::new(frames());
    let as_they_are = positions(&swapped);
    swapped.frames.swap(1, 2);
    assert_eq!(gapless(&as_they_are, &swapped).len(), 1);
    let mut frames = frames();
    frames[2] = event(3, 7, "noted", &json!({"text": "b"}));
    let log = Log::new(frames);
    assert_eq!(gapless(&positions(&log), &log).len(), 1);
}

#[test]
fn what_was_acknowledged_and_is_not_there_is_caught() {
    for lost in [2, 3, 4, 5, 6] {
        let complaints = acknowledged_is_there_once(&history(), &Log::new(without(lost)));
        assert!(!complaints.is_empty(), "without {lost}");
    }
}

#[test]
fn what_is_there_twice_or_later_than_was_said_is_caught() {
    let mut twice = frames();
    twice.push(event(7, 6, "noted", &json!({"text": "b"})));
    assert_eq!(
        acknowledged_is_there_once(&history(), &Log::new(twice)).len(),
        1
    );
    let mut early = history();
    early[1].outcome = done(1);
    assert_eq!(
        acknowledged_is_there_once(&early, &Log::new(frames())).len(),
        1
    );
}

#[test]
fn what_was_refused_or_never_asked_for_and_is_there_is_caught() {
    for tag in ["f", "nobody"] {
        let mut more = frames();
        more.push(event(7, 6, "noted", &json!({"text": tag})));
        let complaints = acknowledged_is_there_once(&history(), &Log::new(more));
        assert_eq!(complaints.len(), 1, "{tag}");
    }
}

#[test]
fn half_of_what_nobody_knows_is_caught_and_the_whole_is_not() {
    let word = json!({"id": "1-2", "state": "update", "message": "g"});
    let mut half = frames();
    half.push(event(7, 6, "public_update_published", &word));
    assert_eq!(
        acknowledged_is_there_once(&history(), &Log::new(half)).len(),
        1
    );
}

#[test]
fn command_said_to_be_where_it_is_not_is_caught() {
    let mut wrong = history();
    wrong[4].what = What::Take("ada".to_owned());
    assert_eq!(
        acknowledged_is_there_once(&wrong, &Log::new(frames())).len(),
        1
    );
}

#[test]
fn an_answer_that_no_fault_excuses_is_caught() {
    let mut broken = history();
    broken[5].outcome = Outcome::Broken("500".to_owned());
    let complaints = acknowledged_is_there_once(&broken, &Log::new(frames()));
    assert_eq!(complaints.len(), 1);
}

#[test]
fn a_follower_with_a_gap_a_double_another_order_or_other_bytes_is_caught() {
    let log = Log::new(frames());
    let mut double = frames();
    double.insert(3, double[2].clone());
    let mut swapped = frames();
    swapped.swap(3, 4);
    let mut bytes = frames();
    bytes[2].data.push(' ');
    let mut more = frames();
    more.push(event(7, 6, "noted", &json!({"text": "b"})));
    for bad in [without(3), without(1), double, swapped, bytes, more] {
        assert_eq!(prefix(&followed(bad, 0), &log).len(), 1);
    }
}

#[test]
fn a_follower_that_stays_behind_or_ends_elsewhere_is_caught() {
    let log = Log::new(frames());
    assert_eq!(same_end(&followed(without(6), 0), &log).len(), 1);
    assert_eq!(same_end(&followed(without(4), 0), &log).len(), 1);
}

#[test]
fn nobody_in_command_or_two_are_caught() {
    let at = "2026-11-17T14:00:00Z";
    let headless =
        json!({"title": "a", "severity": "sev2", "kind": "live", "started_at": at, "ic": null});
    let mut frames = frames();
    frames[1] = event(2, 1, "declared", &headless);
    assert!(!one_commander(&Log::new(frames)).is_empty());
    let mut frames = self::frames();
    let released = json!({"role": "ic", "person": "ada"});
    frames[2] = event(3, 2, "role_released", &released);
    assert!(!one_commander(&Log::new(frames)).is_empty());
}

#[test]
fn what_is_missing_and_what_came_twice_is_caught() {
    let names = |names: &[&str]| -> Vec<String> { names.iter().map(|&name| name.into()).collect() };
    let wanted = names(&["a", "b"]);
    assert_eq!(
        each_once("letter", &wanted, &names(&["b", "a"])),
        Complaints::new()
    );
    for seen in [&["a"][..], &["a", "b", "b"], &["a", "b", "c"]] {
        assert_eq!(each_once("letter", &wanted, &names(seen)).len(), 1);
    }
}
