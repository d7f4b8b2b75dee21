//! Two people write a sitrep at once: the second is told, and nobody's words are overwritten unread.

use domain::incident::{Incident, IncidentCommand, IncidentEvent, SitrepDraft, decide};
use domain::{
    AccountRole, Context, Directory, Kind, Number, Person, PersonId, Recorded, Rejection, Severity,
};

fn bo() -> Person {
    Person {
        id: PersonId::new("bo"),
        handle: "bo".to_owned(),
        name: "Bo Larch".to_owned(),
        email: None,
        role: AccountRole::Responder,
        service: false,
        active: true,
    }
}

fn at(text: &str) -> domain::time::Time {
    text.parse().expect("a time")
}

fn recorded(version: i64, event: IncidentEvent) -> Recorded {
    Recorded {
        position: version,
        incident: Number(7),
        version,
        occurred_at: at("2026-11-17T14:31:00Z"),
        recorded_at: at("2026-11-17T14:31:00Z"),
        by: Some(bo().as_ref()),
        event,
    }
}

/// The sitrep that the incident has already, and an answer to one more written after `after`.
fn send(after: Option<i64>) -> Result<i64, Rejection> {
    let directory = Directory {
        people: vec![bo()],
        ..Directory::default()
    };
    let id = bo().id;
    let ctx = Context {
        by: &id,
        now: at("2026-11-17T14:35:00Z"),
        directory: &directory,
    };
    let draft = |text: &str, after| IncidentCommand::Update {
        sitrep: Some(SitrepDraft {
            situation: Some(text.to_owned()),
            after,
            ..SitrepDraft::default()
        }),
        public: None,
        resolve: false,
    };
    let declared = IncidentEvent::Declared {
        title: "API failing".to_owned(),
        severity: Severity::Unset,
        kind: Kind::Live,
        summary: None,
        started_at: ctx.now,
        ic: Some(id.clone()),
    };
    let mut incident = Incident::begin(&recorded(1, declared)).expect("it begins");
    let first = decide(&incident, draft("Bo was here", Some(0)), &ctx)?;
    for proposed in first {
        incident.apply(&recorded(2, proposed.event));
    }
    let events = decide(&incident, draft("So was I", after), &ctx)?;
    match &events[0].event {
        IncidentEvent::SitrepSent { sitrep } => Ok(sitrep.version),
        other => panic!("not a sitrep: {other:?}"),
    }
}

#[test]
fn a_sitrep_written_before_another_was_sent_is_refused_and_says_by_whom() {
    let refused = send(Some(0)).expect_err("it is refused");
    assert!(refused.is_conflict());
    assert_eq!(
        refused.to_string(),
        "Sitrep 1 was sent by Bo Larch at 14:31 UTC while you wrote. Nothing was sent. \
         See what changed, then send yours as sitrep 2."
    );
}

#[test]
fn one_written_with_the_last_in_sight_goes_out_and_so_does_one_that_does_not_say() {
    assert_eq!(send(Some(1)), Ok(2));
    assert_eq!(send(None), Ok(2));
}
