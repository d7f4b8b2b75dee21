//! One of every kind of event, for tests that look for a text everywhere. Every field is written out and the match at the
//! end has no wildcard: a new text or a new kind does not compile until it is searched for too.

use domain::clock::ClockKind;
use domain::incident::{Auto, IncidentEvent as E, PublicUpdate, Role, Sitrep};
use domain::status::{Affected, ComponentStatus, PublicState};
use domain::time::Time;
use domain::{ComponentId, Confidence, Number, PersonId, Phase, Severity};

/// What the events are made from.
pub struct Every<'a> {
    /// The moment of those that carry one.
    pub now: Time,
    /// Whoever is in them.
    pub person: PersonId,
    /// Whatever is affected.
    pub components: Vec<ComponentId>,
    /// The name of a workstream.
    pub lead: String,
    /// Makes a text of the inside; it is told which.
    pub inside: &'a dyn Fn(&str) -> String,
    /// Makes a text for customers.
    pub public: &'a dyn Fn(&str) -> String,
}

/// One of every kind that may follow a beginning.
pub fn after_a_beginning(every: &Every) -> Vec<E> {
    let Every { inside, public, .. } = every;
    let person = || every.person.clone();
    let affected = || {
        let components = every.components.iter().cloned();
        components
            .map(|id| Affected {
                id,
                status: ComponentStatus::PartialOutage,
            })
            .collect()
    };
    let events = vec![
        // In this order: what customers read must not cover an inner title that came out.
        E::PublicTitleChanged {
            title: public("public title"),
        },
        E::TitleChanged {
            title: inside("title"),
        },
        E::SeverityChanged {
            from: Severity::Unset,
            to: Severity::Sev1,
        },
        E::PhaseChanged {
            from: Phase::Assess,
            to: Phase::Mitigate,
        },
        E::StartedAtChanged {
            started_at: every.now,
        },
        E::RoleAssigned {
            role: Role::Lead(every.lead.clone()),
            person: person(),
            from: None,
        },
        E::RoleHandedOver {
            role: Role::Comms,
            from: person(),
            to: person(),
            reason: inside("handover"),
        },
        E::CommandTaken {
            from: person(),
            to: person(),
            reason: inside("force"),
        },
        E::RoleReleased {
            role: Role::Comms,
            person: person(),
        },
        E::Reminded {
            clock: ClockKind::Sitrep,
            due_at: every.now,
            person: person(),
        },
        E::Snoozed {
            clock: ClockKind::Sitrep,
            until: every.now,
            reason: inside("snooze"),
        },
        E::Joined { person: person() },
        E::Left { person: person() },
        E::Noted {
            text: inside("note"),
        },
        E::UpdateRequested {
            question: Some(inside("question")),
        },
        E::Linked {
            url: format!("https://{}.example/", inside("url").replace(' ', "-")),
            title: inside("link"),
        },
        E::ComponentsAffected {
            components: affected(),
        },
        E::SilenceDecided {
            reason: inside("silence"),
        },
        E::SitrepSent {
            sitrep: Sitrep {
                version: 1,
                headline: Some(inside("headline")),
                situation: inside("situation"),
                impact: inside("impact"),
                hypothesis: inside("hypothesis"),
                confidence: Confidence::Likely,
                needs: inside("needs"),
                next_sitrep_by: None,
                auto: Auto {
                    people: inside("people"),
                    customers: inside("told"),
                    promises: inside("due"),
                    links: inside("links"),
                },
                summary: inside("summary"),
            },
        },
        E::PublicUpdatePublished {
            update: PublicUpdate {
                source: None,
                id: "1-1".to_owned(),
                state: PublicState::Identified,
                message: public("message"),
                components: affected(),
                next_update_by: None,
                impact: None,
            },
        },
        E::Resolved {
            resolved_at: every.now,
        },
        E::Reopened {
            reason: inside("reopened"),
            to: Phase::Mitigate,
            resolved_at: Some(every.now),
        },
        E::Cancelled {
            reason: inside("cancelled"),
        },
        E::Merged {
            into: Number(9_999),
        },
        E::Closed {},
        E::Redacted {
            versions: vec![2],
            reason: inside("redacted"),
            public: false,
        },
    ];
    for event in &events {
        match event {
            // A beginning is made by the tests themselves.
            E::Declared { .. } | E::Imported { .. } => {}
            E::TitleChanged { .. }
            | E::PublicTitleChanged { .. }
            | E::SeverityChanged { .. }
            | E::PhaseChanged { .. }
            | E::Resolved { .. }
            | E::Closed {}
            | E::Cancelled { .. }
            | E::Merged { .. }
            | E::Reopened { .. }
            | E::StartedAtChanged { .. }
            | E::RoleAssigned { .. }
            | E::RoleHandedOver { .. }
            | E::CommandTaken { .. }
            | E::RoleReleased { .. }
            | E::Reminded { .. }
            | E::Snoozed { .. }
            | E::Joined { .. }
            | E::Left { .. }
            | E::Noted { .. }
            | E::UpdateRequested { .. }
            | E::Linked { .. }
            | E::ComponentsAffected { .. }
            | E::SilenceDecided { .. }
            | E::SitrepSent { .. }
            | E::PublicUpdatePublished { .. }
            | E::Redacted { .. } => {}
        }
    }
    events
}
