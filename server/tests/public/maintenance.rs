//! Planned maintenance: planned inside, kept by the clock, and read by customers and their tools.

use crate::pages::{declared, said};
use crate::site::Site;
use app::house::{HouseCommand, TypedPlan};
use chrono::TimeDelta;
use domain::maintenance::Repeat;
use domain::{
    AccountRole, ComponentId, ComponentStatus, Kind, Maintenance, MaintenanceState, Person,
    PersonId, PublicState, Settings,
};
use serde_json::Value;
use server::services::Services;
use server::store::HouseChange;
use std::sync::Arc;

/// A site with an inside, a person who plans, and a component.
struct Planning {
    site: Site,
    inside: Services,
    ada: PersonId,
    api: ComponentId,
}

impl Planning {
    async fn new() -> Self {
        let site = Site::new().await;
        let ada = PersonId::new("ada");
        let person = Person {
            id: ada.clone(),
            handle: "ada".to_owned(),
            name: "Ada".to_owned(),
            email: Some("ada@example.test".to_owned()),
            role: AccountRole::Responder,
            service: false,
            active: true,
        };
        site.change(HouseChange::PutPerson(person)).await;
        let api = site.component("API", "Core").await;
        let inside = Services::open(
            Arc::clone(&site.store),
            site.clock.clone(),
            "https://muster.test".to_owned(),
            "build".to_owned(),
        );
        let inside = inside.await.expect("the services open");
        Self {
            site,
            inside,
            ada,
            api,
        }
    }

    /// From 16:00 to 17:00 of the day.
    fn plan(&self) -> TypedPlan {
        TypedPlan {
            title: "New disks".to_owned(),
            components: vec![self.api.clone()],
            from: "2026-11-17T16:00".to_owned(),
            to: "2026-11-17T17:00".to_owned(),
            starts_itself: true,
            ends_itself: true,
            remind_before: Some(30),
            repeat: None,
        }
    }

    async fn schedule(&self, plan: TypedPlan) -> Maintenance {
        let words = "We change *all* disks.";
        let one = self.inside.schedule(&self.ada, &plan, words, None).await;
        one.expect("a plan")
    }

    async fn tell(&self, one: &Maintenance, state: MaintenanceState, words: &str) -> Maintenance {
        let told =
            self.inside
                .tell_of_maintenance(&self.ada, one.number, one.revision, state, words);
        told.await.expect("it may")
    }

    /// Lets time pass, and the timer look.
    async fn later(&self, minutes: i64) -> usize {
        self.site.clock.advance(TimeDelta::minutes(minutes));
        self.inside.keep_windows().await.expect("the store")
    }

    async fn json(&self, path: &str) -> Value {
        let page = self.site.get(path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.html);
        serde_json::from_str(&page.html).expect("JSON")
    }

    async fn refused(&self, plan: TypedPlan) -> String {
        let refused = self.inside.schedule(&self.ada, &plan, "Soon.", None).await;
        app::AppError::from(refused.expect_err("a refusal")).to_string()
    }
}

/// The words of a page, without marks.
async fn read(planning: &Planning, path: &str) -> String {
    let page = planning.site.get(path).await;
    assert_eq!(page.status, 200, "{path}");
    page.text()
}

#[tokio::test]
async fn it_is_announced_runs_by_itself_and_is_over() {
    let planning = Planning::new().await;
    let one = planning.schedule(planning.plan()).await;
    assert_eq!(one.number.0, 1);
    let front = read(&planning, "/status").await;
    assert!(front.contains("Scheduled maintenance"), "{front}");
    assert!(front.contains("Tue 17 Nov, 16:00 to 17:00 UTC"), "{front}");
    assert!(front.contains("Everything is working."), "{front}");
    let summary = planning.json("/api/v2/summary.json").await;
    let planned = &summary["scheduled_maintenances"][0];
    assert_eq!(planned["status"], "scheduled");
    assert_eq!(planned["impact"], "maintenance");
    assert_eq!(planned["scheduled_for"], "2026-11-17T16:00:00.000Z");
    assert_eq!(planned["scheduled_until"], "2026-11-17T17:00:00.000Z");
    assert_eq!(summary["status"]["indicator"], "none");
    let upcoming = planning
        .json("/api/v2/scheduled-maintenances/upcoming.json")
        .await;
    let active = planning
        .json("/api/v2/scheduled-maintenances/active.json")
        .await;
    let count = |document: &Value| document["scheduled_maintenances"].as_array().map(Vec::len);
    assert_eq!((count(&upcoming), count(&active)), (Some(1), Some(0)));

    // It began at 14:27.
    assert_eq!(planning.later(62).await, 0);
    assert_eq!(planning.later(2).await, 1, "it reminds");
    assert_eq!(planning.later(0).await, 0, "once");
    assert_eq!(planning.later(29).await, 1, "it begins");
    let front = read(&planning, "/status").await;
    assert!(front.contains("API is under maintenance."), "{front}");
    assert!(front.contains("The maintenance has begun."), "{front}");
    let summary = planning.json("/api/v2/summary.json").await;
    assert_eq!(summary["status"]["indicator"], "maintenance");
    let component = &summary["components"][0];
    let api = if component["group"] == true {
        &summary["components"][1]
    } else {
        component
    };
    assert_eq!(api["status"], "under_maintenance");
    let active = planning
        .json("/api/v2/scheduled-maintenances/active.json")
        .await;
    assert_eq!(count(&active), Some(1));
    let heroku = planning.json("/api/v4/current-status").await;
    assert_eq!(heroku["scheduled"][0]["state"], "open");
    assert_eq!(heroku["status"][0]["status"], "blue");

    assert_eq!(planning.later(60).await, 1, "it is over");
    let front = read(&planning, "/status").await;
    assert!(front.contains("Everything is working."), "{front}");
    assert!(!front.contains("Scheduled maintenance"), "{front}");
    assert!(front.contains("Maintenance, 1 h."), "{front}");
    let month = read(&planning, "/status/history/2026-11").await;
    assert!(month.contains("New disks"), "{month}");
    let page = read(&planning, "/status/maintenance/1").await;
    let order =
        ["Completed", "In progress", "Scheduled"].map(|word| page.find(&format!("{word} ")));
    assert!(order.is_sorted(), "the newest word comes first: {page}");
    let all = planning.json("/api/v2/scheduled-maintenances.json").await;
    assert_eq!(all["scheduled_maintenances"][0]["status"], "completed");
    let days = read(
        &planning,
        &format!("/status/components/{}", code(&planning).await),
    )
    .await;
    assert!(days.contains("17 Nov, maintenance 1 h"), "{days}");
    assert!(
        days.contains("100%"),
        "what was planned takes nothing: {days}"
    );
}

async fn code(planning: &Planning) -> String {
    planning.site.directory().await.components[0].code()
}

#[tokio::test]
async fn what_goes_wrong_meanwhile_is_worse_than_what_was_planned() {
    let planning = Planning::new().await;
    planning.schedule(planning.plan()).await;
    planning.later(95).await;
    let down = [(&planning.api, ComponentStatus::MajorOutage)];
    let events = vec![
        declared(Kind::Live),
        said(PublicState::Investigating, "All is down.", &down, None),
    ];
    planning.site.happen(None, None, events).await;
    let front = read(&planning, "/status").await;
    assert!(front.contains("API is down."), "{front}");
    assert!(
        front.contains("Scheduled maintenance"),
        "it does not vanish: {front}"
    );
}

#[tokio::test]
async fn asked_for_twice_it_is_one_and_told_twice_it_is_told_once() {
    let planning = Planning::new().await;
    let plan = planning.plan();
    let key = || Some("ada/1".to_owned());
    let ask = || {
        planning
            .inside
            .schedule(&planning.ada, &plan, "Soon.", key())
    };
    let (one, other) = tokio::join!(ask(), ask());
    let (one, other) = (one.expect("a plan"), other.expect("a plan"));
    assert_eq!(one, other);
    assert_eq!(ask().await.expect("a plan").number, one.number);
    let open = planning
        .site
        .store
        .maintenances_open()
        .await
        .expect("the store");
    assert_eq!(open.len(), 1);

    planning
        .tell(&one, MaintenanceState::Scheduled, "Bring tea.")
        .await;
    let again = planning.inside.tell_of_maintenance(
        &planning.ada,
        one.number,
        one.revision,
        MaintenanceState::Scheduled,
        "Bring tea.",
    );
    let refused = app::AppError::from(again.await.expect_err("a refusal"));
    assert!(
        refused.to_string().contains("has changed it meanwhile"),
        "{refused}"
    );
}

#[tokio::test]
async fn of_many_timers_each_step_is_taken_by_one() {
    let planning = Planning::new().await;
    planning.schedule(planning.plan()).await;
    planning.site.clock.advance(TimeDelta::hours(5));
    let mut looks = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let inside = planning.inside.clone();
        looks.spawn(async move { inside.keep_windows().await.expect("the store") });
    }
    let taken: usize = looks.join_all().await.into_iter().sum();
    assert_eq!(taken, 2, "it begins and is over");
    let one = planning
        .site
        .store
        .maintenances(None, 9)
        .await
        .expect("the store");
    assert_eq!(one[0].words.len(), 3);
    assert_eq!(one[0].span(), (one[0].plan.from, one[0].plan.to));
}

#[tokio::test]
async fn one_that_comes_again_keeps_its_time_over_the_change_of_clocks() {
    let planning = Planning::new().await;
    let settings = Settings {
        time_zone: "Europe/Berlin".to_owned(),
        ..Settings::default()
    };
    planning
        .site
        .change(HouseChange::PutSettings(Box::new(settings)))
        .await;
    planning
        .inside
        .refresh_directory()
        .await
        .expect("the store");
    // Saturday before clocks go forward, 2:30 in the night: half past two is not there a day later.
    let plan = |from: &str, to: &str, repeat| TypedPlan {
        from: from.to_owned(),
        to: to.to_owned(),
        repeat,
        remind_before: None,
        ..planning.plan()
    };
    let first = plan("2027-03-27T02:30", "2027-03-27T03:30", Some(Repeat::Daily));
    let one = planning.schedule(first).await;
    assert_eq!(one.plan.from.to_rfc3339(), "2027-03-27T01:30:00+00:00");
    let told = planning
        .tell(&one, MaintenanceState::Cancelled, "Not this time.")
        .await;
    assert!(told.state.is_over());
    let next = planning
        .site
        .store
        .maintenances_open()
        .await
        .expect("the store");
    assert_eq!(next[0].plan.from.to_rfc3339(), "2027-03-28T01:30:00+00:00");
    planning
        .tell(&next[0], MaintenanceState::Cancelled, "Nor this.")
        .await;
    let after = planning
        .site
        .store
        .maintenances_open()
        .await
        .expect("the store");
    // Half past two again, by another offset.
    assert_eq!(after[0].plan.from.to_rfc3339(), "2027-03-29T00:30:00+00:00");
    let gap = plan("2027-03-28T02:30", "2027-03-28T04:00", None);
    let refused = planning.refused(gap).await;
    assert!(
        refused.contains("There is no 02:30 on 28 March 2027"),
        "{refused}"
    );
    let front = read(&planning, "/status").await;
    assert!(front.contains("Mon 29 Mar, 02:30 to 03:30 CEST"), "{front}");
    assert!(
        front.contains("Cancelled."),
        "whoever planned for it reads it: {front}"
    );
}

#[tokio::test]
async fn a_calendar_moves_and_strikes_out_what_it_holds() {
    let planning = Planning::new().await;
    let one = planning.schedule(planning.plan()).await;
    let calendar = |text: String| text.replace("\r\n ", "");
    let first = calendar(planning.site.get("/calendar.ics").await.html);
    for line in [
        "BEGIN:VCALENDAR\r\n",
        "UID:maintenance-1@muster.test\r\n",
        "SEQUENCE:0\r\n",
        "DTSTART:20261117T160000Z\r\n",
        "DTEND:20261117T170000Z\r\n",
        "STATUS:CONFIRMED\r\n",
        "SUMMARY:New disks\r\n",
        "TRIGGER;RELATED=START:-PT3600S\r\n",
    ] {
        assert!(first.contains(line), "{line:?}: {first}");
    }
    let plan = TypedPlan {
        from: "2026-11-17T18:00".to_owned(),
        to: "2026-11-17T19:00".to_owned(),
        ..planning.plan()
    };
    let moved = planning.inside.change_maintenance(
        &planning.ada,
        one.number,
        one.revision,
        &plan,
        "Two hours later.",
    );
    let moved = moved.await.expect("a plan");
    let second = calendar(planning.site.get("/status/calendar.ics").await.html);
    assert!(second.contains("SEQUENCE:1\r\n") && second.contains("DTSTART:20261117T180000Z"));
    planning
        .tell(&moved, MaintenanceState::Cancelled, "Not needed.")
        .await;
    let third = calendar(planning.site.get("/calendar.ics").await.html);
    assert!(third.contains("STATUS:CANCELLED\r\n") && third.contains("SEQUENCE:2\r\n"));
    assert_eq!(third.matches("BEGIN:VEVENT").count(), 1, "{third}");
    let other = planning.site.component("Site", "").await;
    let other = planning
        .site
        .directory()
        .await
        .component(&other)
        .map(domain::Component::code);
    let none = planning
        .site
        .get(&format!("/calendar.ics?component={}", other.expect("one")))
        .await;
    assert!(!none.html.contains("VEVENT"), "{}", none.html);
}

#[tokio::test]
async fn feeds_tell_of_it_as_of_an_event_with_a_time() {
    let planning = Planning::new().await;
    planning.schedule(planning.plan()).await;
    let atom = planning.site.get("/history.atom").await.html;
    assert!(
        atom.contains("THIS IS A SCHEDULED EVENT Nov 17, 16:00 - 17:00 UTC"),
        "{atom}"
    );
    assert!(atom.contains("/status/maintenance/1"));
    let bad = planning.site.get("/history.atom?impact=minor").await.html;
    assert!(!bad.contains("SCHEDULED EVENT"), "{bad}");
    let text = planning.site.get("/status.txt").await.html;
    assert!(
        text.contains("Scheduled: 2026-11-17 16:00 to 2026-11-17 17:00 UTC"),
        "{text}"
    );
}

#[tokio::test]
async fn plans_that_cannot_be_are_refused_with_words() {
    let planning = Planning::new().await;
    let plan = planning.plan();
    for (plan, words) in [
        (
            TypedPlan {
                to: "soon".to_owned(),
                ..plan.clone()
            },
            "“soon” is not a time. Write it as 2026-11-24 01:30.",
        ),
        (
            TypedPlan {
                to: "2026-11-17T15:00".to_owned(),
                ..plan.clone()
            },
            "It ends before it begins.",
        ),
        (
            TypedPlan {
                from: "2026-11-17T10:00".to_owned(),
                to: "2026-11-17T11:00".to_owned(),
                ..plan.clone()
            },
            "This window is over already.",
        ),
        (
            TypedPlan {
                components: vec![ComponentId::new("gone")],
                ..plan.clone()
            },
            "One of these components is not there any more.",
        ),
    ] {
        let refused = planning.refused(plan).await;
        assert!(refused.contains(words), "{refused}");
    }
    let missing = planning.site.get("/status/maintenance/7").await;
    assert_eq!(missing.status, 404);
    assert_eq!(
        planning.site.get("/status/maintenance/007").await.status,
        404
    );
    let reader = Person {
        id: PersonId::new("ron"),
        handle: "ron".to_owned(),
        name: "Ron".to_owned(),
        email: None,
        role: AccountRole::Reader,
        service: false,
        active: true,
    };
    planning.site.change(HouseChange::PutPerson(reader)).await;
    planning
        .inside
        .refresh_directory()
        .await
        .expect("the store");
    let command = HouseCommand::ScheduleMaintenance {
        plan: Box::new(plan),
        message: "Soon.".to_owned(),
        key: None,
    };
    let refused = planning
        .inside
        .keep_house(&PersonId::new("ron"), None, command)
        .await;
    let refused = app::AppError::from(refused.expect_err("a refusal"));
    assert!(refused.to_string().contains("Only responders"), "{refused}");
}

#[tokio::test]
async fn what_came_from_a_statuspage_goes_back_as_it_was() {
    let site = Site::new().await;
    let files = crate::statuspage::files(&["summary.json"]);
    let report = crate::statuspage::import(&site, &files).await;
    assert_eq!(report.maintenances, ["We paint the depot"]);
    let source = std::fs::read(crate::site::fixture("statuspage/summary.json")).expect("a fixture");
    let source: Value = serde_json::from_slice(&source).expect("JSON");
    let page = site.get("/api/v2/summary.json").await;
    let mut ours: Value = serde_json::from_str(&page.html).expect("JSON");
    let mut ours = ours["scheduled_maintenances"][0].take();
    let theirs = &source["scheduled_maintenances"][0];
    // What is ours by its nature, and what the fixture lacks.
    ours["shortlink"] = theirs["shortlink"].clone();
    ours["incident_updates"][0]["incident_id"] = Value::Null;
    ours["incident_updates"][0]["affected_components"] = Value::Null;
    assert_eq!(&ours, theirs);
    assert!(
        page.html.contains(r#""components":[],"scheduled_for":"#),
        "in their order"
    );
    let one = format!(
        "/api/v2/incidents/{}.json",
        theirs["id"].as_str().expect("a code")
    );
    assert_eq!(site.get(&one).await.status, 200);
}
