//! Histories that were forged: the checker must catch every one, and only those.

use crate::checker::*;
use crate::faults::{Fault, Struck};
use crate::followers::Followed;
use crate::history::{Asked, Outcome, What};
use crate::letters::{Arrived, Delivery, arrived, name, reminders, wanted};
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

/// A letter that process 1 sent at second 10, and that was in its mailbox a second later.
fn delivery(letter: &str) -> Delivery {
    Delivery {
        letter: letter.to_owned(),
        process: 1,
        begun: 10_000,
        delivered: 11_000,
        heard: true,
    }
}

fn struck(fault: Fault, process: usize, broke: i64, whole: i64) -> Struck {
    Struck {
        fault,
        process,
        broke,
        whole,
    }
}

/// What arrived when a letter came at second 11 and again at 200.
fn twice(storm: &[Struck]) -> Arrived {
    let mut again = delivery("a");
    (again.begun, again.delivered) = (199_000, 200_000);
    arrived(&[again, delivery("a")], storm)
}

fn complaints(arrived: &Arrived, wanted: &[&str]) -> usize {
    let wanted: Vec<String> = wanted.iter().map(|&name| name.into()).collect();
    each_once("letter", &wanted, &arrived.letters).len()
}

#[test]
fn a_letter_comes_again_only_when_it_was_in_flight() {
    let kill = |process, broke| struck(Fault::Kill, process, broke, broke + 2_000);
    // While the mail server had it; after its yes; after a stall that kept the yes from being written down.
    let stall = struck(Fault::Stall, 0, 11_500, 20_000);
    for excused in [
        &[kill(1, 10_500)][..],
        &[kill(1, 12_000)],
        &[stall, kill(1, 21_000)],
    ] {
        let arrived = twice(excused);
        assert_eq!(
            (complaints(&arrived, &["a"]), arrived.killed),
            (0, 1),
            "{excused:?}"
        );
    }
    // Nothing broke; another process was killed; before it began; long after; a stop is no kill, a stall alone neither.
    let stop = struck(Fault::Stop, 1, 10_500, 12_000);
    for bad in [
        &[][..],
        &[kill(0, 10_500)],
        &[kill(1, 9_000)],
        &[kill(1, 21_000)],
        &[stop],
        &[stall],
    ] {
        let arrived = twice(bad);
        assert_eq!(
            (complaints(&arrived, &["a"]), arrived.killed),
            (1, 0),
            "{bad:?}"
        );
    }
    let mut unheard = delivery("a");
    unheard.heard = false;
    let arrived = arrived(&[unheard, delivery("a"), delivery("a")], &[]);
    assert_eq!(
        (complaints(&arrived, &["a"]), arrived.unheard),
        (1, 1),
        "the second was heard"
    );
}

#[test]
fn a_lost_letter_a_doubled_one_and_one_that_nobody_wrote_are_caught() {
    let good = [delivery("a"), delivery("b")];
    assert_eq!(complaints(&arrived(&good, &[]), &["a", "b"]), 0);
    for bad in [
        &[delivery("a")][..],
        &[delivery("a"), delivery("b"), delivery("b")],
        &[delivery("a"), delivery("b"), delivery("c")],
    ] {
        assert_eq!(complaints(&arrived(bad, &[]), &["a", "b"]), 1, "{bad:?}");
    }
}

/// The log with a reminder of a promise at so many positions after it.
fn reminded(times: i64) -> Log {
    let data = json!({"clock": "sitrep", "due_at": "2026-11-17T15:00:00Z", "person": "bo"});
    let mut frames = frames();
    frames.extend((0..times).map(|n| event(7 + n, 6 + n, "reminded", &data)));
    Log::new(frames)
}

#[test]
fn a_doubled_reminder_and_a_forgotten_one_are_caught() {
    assert_eq!(told_once(&[1], 1, &reminded(1)), Complaints::new());
    assert_eq!(told_once(&[1], 1, &reminded(2)).len(), 1);
    assert_eq!(told_once(&[1], 1, &reminded(0)).len(), 1);
    assert_eq!(reminders(&reminded(2)).len(), 2);
}

#[test]
fn a_sitrep_is_wanted_for_who_was_in_and_the_list_and_a_reminder_for_whom_it_is() {
    let addresses = ["ada", "bo"].map(|who| (who.to_owned(), format!("{who}@x")));
    let wanted = wanted(&reminded(1), &["all@x"], &addresses.into());
    let sitrep = "<incident-1-sitrep-1@127.0.0.1>";
    let expected = [
        name(sitrep, "ada@x"),
        name(sitrep, "all@x"),
        name("<reminder-1-sitrep-6-bo@127.0.0.1>", "bo@x"),
    ];
    assert_eq!(wanted, expected, "Bo came in after the sitrep");
}
