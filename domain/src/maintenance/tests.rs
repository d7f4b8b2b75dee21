use super::*;
use chrono::{FixedOffset, NaiveDate, Utc};

fn at(hour: i64) -> Time {
    Time::UNIX_EPOCH + TimeDelta::hours(hour)
}

/// From hour 10 to hour 12.
fn plan() -> Plan {
    Plan {
        title: "New disks".to_owned(),
        components: vec![ComponentId::new("db")],
        from: at(10),
        to: at(12),
        starts_itself: true,
        ends_itself: true,
        remind_before: Some(60),
        repeat: None,
    }
}

fn scheduled(plan: Plan) -> Maintenance {
    Maintenance::schedule(plan, "We change the disks.", None, at(0)).expect("a plan")
}

fn words(maintenance: &Maintenance) -> Vec<(MaintenanceState, Time)> {
    maintenance.words.iter().map(|w| (w.state, w.at)).collect()
}

/// Does everything that is due at a moment.
fn look(maintenance: &mut Maintenance, now: Time) -> Vec<Step> {
    let mut taken = Vec::new();
    while let Some(step) = maintenance.due(now) {
        maintenance.take(step, now);
        taken.push(step);
        assert!(taken.len() < 5, "it never ends: {taken:?}");
    }
    taken
}

#[test]
fn it_reminds_begins_and_ends_by_the_clock_each_once() {
    let mut one = scheduled(plan());
    assert_eq!(look(&mut one, at(8)), []);
    assert_eq!(look(&mut one, at(9)), [Step::Remind]);
    assert_eq!(look(&mut one, at(9)), []);
    assert_eq!(look(&mut one, at(10)), [Step::Begin]);
    assert_eq!(one.state, MaintenanceState::InProgress);
    assert_eq!(look(&mut one, at(11)), []);
    assert_eq!(look(&mut one, at(12)), [Step::Complete]);
    assert_eq!(look(&mut one, at(99)), []);
    assert_eq!(one.span(), (at(10), at(12)));
    assert_eq!(one.revision, 4);
}

#[test]
fn what_nobody_was_there_for_is_told_at_its_own_time() {
    let mut one = scheduled(plan());
    assert_eq!(look(&mut one, at(50)), [Step::Begin, Step::Complete]);
    let told = words(&one);
    assert_eq!(told[1], (MaintenanceState::InProgress, at(10)));
    assert_eq!(told[2], (MaintenanceState::Completed, at(12)));
}

#[test]
fn by_hand_it_waits_and_its_owner_is_told_once_that_it_is_late() {
    let mut one = scheduled(Plan {
        starts_itself: false,
        ends_itself: false,
        remind_before: None,
        ..plan()
    });
    assert_eq!(look(&mut one, at(10)), [Step::Overdue]);
    assert_eq!(one.state, MaintenanceState::Scheduled);
    one.tell(MaintenanceState::InProgress, "We begin.", at(11))
        .expect("it may");
    assert_eq!(look(&mut one, at(11)), []);
    assert_eq!(look(&mut one, at(12)), [Step::Overdue]);
    one.tell(MaintenanceState::Verifying, "Done, we look.", at(13))
        .expect("it may");
    assert_eq!(look(&mut one, at(14)), []);
    one.tell(MaintenanceState::Completed, "It holds.", at(15))
        .expect("it may");
    assert_eq!(one.span(), (at(11), at(15)));
}

#[test]
fn it_goes_only_where_it_can_and_nothing_follows_the_end() {
    let mut one = scheduled(plan());
    for state in [MaintenanceState::Verifying, MaintenanceState::Completed] {
        assert!(one.tell(state, "Words.", at(1)).is_err(), "{state:?}");
    }
    assert!(one.tell(MaintenanceState::Scheduled, " \n", at(1)).is_err());
    one.tell(MaintenanceState::Scheduled, "Bring tea.", at(1))
        .expect("a word");
    one.tell(MaintenanceState::Cancelled, "Not needed.", at(2))
        .expect("it may");
    for state in MaintenanceState::ALL {
        assert!(one.tell(state, "Words.", at(3)).is_err(), "{state:?}");
    }
    assert!(one.change(plan(), "", at(3)).is_err());
    assert_eq!(look(&mut one, at(11)), []);
}

#[test]
fn a_plan_that_cannot_be_is_refused_at_its_field() {
    let refused = |plan: Plan| match Maintenance::schedule(plan, "Words.", None, at(5)) {
        Err(Rejection::Unreadable { field, .. }) => field,
        other => panic!("{other:?}"),
    };
    let with = |change: fn(&mut Plan)| {
        let mut plan = plan();
        change(&mut plan);
        plan
    };
    assert_eq!(refused(with(|p| p.to = p.from)), "to");
    assert_eq!(refused(with(|p| p.to = at(10 + 32 * 24))), "to");
    assert_eq!(refused(with(|p| (p.from, p.to) = (at(1), at(2)))), "to");
    assert_eq!(
        refused(with(|p| p.remind_before = Some(0))),
        "remind_before"
    );
    assert_eq!(
        refused(with(|p| (p.repeat, p.to) = (Some(Repeat::Daily), at(34)))),
        "repeat"
    );
    let blank = with(|p| p.title = " ".to_owned());
    assert!(Maintenance::schedule(blank, "Words.", None, at(5)).is_err());
    assert!(Maintenance::schedule(plan(), "", None, at(5)).is_err());
}

#[test]
fn another_window_reminds_again_and_what_runs_keeps_its_beginning() {
    let mut one = scheduled(plan());
    look(&mut one, at(9));
    let later = Plan {
        from: at(20),
        to: at(22),
        ..plan()
    };
    one.change(later.clone(), "Two hours are not enough.", at(9))
        .expect("a plan");
    assert_eq!(one.words.len(), 2);
    assert_eq!(look(&mut one, at(19)), [Step::Remind]);
    assert_eq!(look(&mut one, at(20)), [Step::Begin]);
    let longer = Plan {
        from: at(1),
        to: at(30),
        ..later
    };
    one.change(longer, "", at(21)).expect("a plan");
    assert_eq!((one.plan.from, one.plan.to), (at(20), at(30)));
    assert_eq!(one.words.len(), 3, "only what was said is a word");
}

#[test]
fn it_comes_again_at_the_same_time_of_the_wall() {
    let each = |repeat| {
        let mut one = scheduled(Plan {
            repeat: Some(repeat),
            ..plan()
        });
        one.take(Step::Begin, at(10));
        one.take(Step::Complete, at(12));
        let next = one.follows(&Utc, at(12)).expect("another");
        assert_eq!(next.state, MaintenanceState::Scheduled);
        assert_eq!(next.words[0].message, "We change the disks.");
        assert_eq!(next.plan.to - next.plan.from, TimeDelta::hours(2));
        next.plan.from
    };
    assert_eq!(each(Repeat::Daily), at(34));
    assert_eq!(each(Repeat::Weekly), at(10 + 7 * 24));
    assert_eq!(each(Repeat::Fortnightly), at(10 + 14 * 24));
    assert_eq!(each(Repeat::Monthly), at(10 + 31 * 24));
    // Those that nobody was there for are left out.
    let one = scheduled(Plan {
        repeat: Some(Repeat::Daily),
        ..plan()
    });
    let next = one.follows(&Utc, at(24 * 9 + 12)).expect("another");
    assert_eq!(next.plan.from, at(24 * 10 + 10));
    assert!(scheduled(plan()).follows(&Utc, at(20)).is_none());
}

#[test]
fn a_month_without_the_day_takes_its_last() {
    let moment = |month, day| {
        let day = NaiveDate::from_ymd_opt(2026, month, day).expect("a day");
        day.and_hms_opt(23, 30, 0).expect("a time").and_utc()
    };
    let east = FixedOffset::east_opt(3600).expect("an offset");
    // Half past midnight of the 31st there.
    let from = moment(1, 30);
    assert_eq!(Repeat::Monthly.after(from, 1, &east), Some(moment(2, 27)));
    let one = scheduled(Plan {
        from,
        to: from + TimeDelta::hours(1),
        repeat: Some(Repeat::Monthly),
        ..plan()
    });
    let february = one
        .follows(&east, from)
        .and_then(|one| one.follows(&east, from));
    assert_eq!(february.map(|one| one.plan.from), Some(moment(3, 30)));
}
