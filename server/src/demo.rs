//! `muster serve --demo`: an example organisation with an incident in progress, made by the same commands as a real one,
//! at times that lie in the last hour.

use crate::clock::{Clock, ManualClock, SystemClock};
use crate::services::{Refusal, Services};
use crate::store::Store;
use app::house::{HouseCommand, TypedPlan};
use chrono::TimeDelta;
use domain::incident::{Declaration, IncidentCommand as C, PublicDraft, SitrepDraft};
use domain::status::{Affected, ComponentStatus, PublicState};
use domain::{AccountRole, ComponentId, Confidence, Number, PersonId, Phase, Role, Severity};
use std::error::Error;
use std::sync::Arc;

const PEOPLE: [(&str, &str, AccountRole); 5] = [
    ("ines@example.com", "Ines Alder", AccountRole::Admin),
    ("tom@example.com", "Tom Birch", AccountRole::Responder),
    ("maya@example.com", "Maya Cedar", AccountRole::Responder),
    ("priya@example.com", "Priya Hazel", AccountRole::Responder),
    ("jon@example.com", "Jon Elm", AccountRole::Reader),
];

const COMPONENTS: [(&str, &str); 6] = [
    ("Apps, EU", "Running apps"),
    ("Apps, US", "Running apps"),
    ("API, EU", "API and tools"),
    ("Dashboard", "API and tools"),
    ("Deploys", "API and tools"),
    ("Webhooks", "Messages"),
];

/// Fills an empty store. Refuses one that holds anything, so that nobody's data is mixed with an example.
pub async fn begin(
    store: Arc<dyn Store>,
    base_url: &str,
) -> Result<String, Box<dyn Error + Send + Sync>> {
    if !store.is_empty().await? {
        return Err("This database holds something already. --demo begins with an empty one: give another --database.".into());
    }
    let clock = Arc::new(ManualClock::at(SystemClock.now() - TimeDelta::minutes(53)));
    let shared: Arc<dyn Clock> = Arc::clone(&clock) as Arc<dyn Clock>;
    let services = Services::open(store, shared, base_url.to_owned(), crate::build()).await?;
    let mut example = Story {
        services: &services,
        clock: &clock,
        people: Vec::new(),
        number: Number(0),
    };
    example
        .house()
        .await
        .map_err(|refusal| refusal.to_string())?;
    example
        .planned()
        .await
        .map_err(|refusal| refusal.to_string())?;
    example
        .incident()
        .await
        .map_err(|refusal| refusal.to_string())?;
    clock.advance(SystemClock.now() - clock.now());
    Ok(services.sign_in_link(None, &example.people[0]).await?)
}

struct Story<'a> {
    services: &'a Services,
    clock: &'a ManualClock,
    people: Vec<PersonId>,
    number: Number,
}

impl Story<'_> {
    async fn house(&mut self) -> Result<(), Refusal> {
        for (email, name, role) in PEOPLE {
            let person = self.services.add_person(None, email, name, role).await?;
            self.people.push(person.id);
        }
        for (name, group) in COMPONENTS {
            let command = HouseCommand::AddComponent {
                name: name.to_owned(),
                group: group.to_owned(),
                description: String::new(),
            };
            self.services
                .keep_house(&self.people[0], None, command)
                .await?;
        }
        Ok(())
    }

    /// A maintenance of the night after next, so that it lies ahead whatever the hour.
    async fn planned(&self) -> Result<(), Refusal> {
        let night = (self.clock.now() + TimeDelta::days(2)).date_naive();
        let components = self.services.directory().components.clone();
        let webhooks = components.into_iter().filter(|c| c.name == "Webhooks");
        let plan = TypedPlan {
            title: "New database for webhooks".to_owned(),
            components: webhooks.map(|component| component.id).collect(),
            from: format!("{night}T02:00"),
            to: format!("{night}T03:30"),
            starts_itself: true,
            ends_itself: true,
            remind_before: Some(60),
            repeat: None,
        };
        let words = "Webhooks wait while we move them to a larger database, and are sent afterwards. Nothing is lost.";
        let key = None;
        self.services
            .schedule(&self.people[1], &plan, words, key)
            .await
            .map(drop)
    }

    async fn after(&mut self, minutes: i64, who: usize, command: C) -> Result<(), Refusal> {
        self.clock.advance(TimeDelta::minutes(minutes));
        self.services
            .execute(&self.people[who], self.number, None, command)
            .await
            .map(|_| ())
    }

    async fn incident(&mut self) -> Result<(), Refusal> {
        let (ines, tom, maya, priya) = (0, 1, 2, 3);
        let declaration = Declaration {
            title: "API requests failing in eu-west".to_owned(),
            severity: Severity::Sev1,
            summary: Some("503s from the API since about 13:28, deploys fail too.".to_owned()),
            ..Declaration::default()
        };
        self.number = self
            .services
            .declare(&self.people[ines], declaration)
            .await?
            .incident
            .summary
            .number;
        let assign = |role, who: usize, people: &[PersonId]| C::AssignRole {
            role,
            person: people[who].clone(),
        };
        let (deputy, comms) = (
            assign(Role::Deputy, tom, &self.people),
            assign(Role::Comms, maya, &self.people),
        );
        self.after(1, ines, deputy).await?;
        self.after(0, ines, comms).await?;
        let first = self.word(
            PublicState::Investigating,
            "Some API requests in the EU region fail. We are looking into it.",
        );
        let first = PublicDraft {
            title: Some("API requests failing in the EU region".to_owned()),
            ..first
        };
        self.after(
            3,
            maya,
            C::Update {
                sitrep: None,
                public: Some(first),
                resolve: false,
            },
        )
        .await?;
        self.after(
            2,
            priya,
            C::Join {
                person: self.people[priya].clone(),
            },
        )
        .await?;
        self.after(
            1,
            priya,
            note("Connections per host went from 4 to 32 at 13:28. That is the pooler rollout."),
        )
        .await?;
        let sitrep = SitrepDraft {
            headline: Some("Pooler rollout suspected".to_owned()),
            situation: Some("About 42% of API requests in eu-west return 503. Other regions are normal.".to_owned()),
            impact: Some("Deploys, configuration changes and the dashboard fail or are slow for eu-west customers. Running apps are not affected.".to_owned()),
            hypothesis: Some("The connection pooler rollout uses up the connections of the primary database.".to_owned()),
            confidence: Some(Confidence::Guess),
            needs: Some("Somebody who knows the pooler.".to_owned()),
            ..SitrepDraft::default()
        };
        self.after(
            4,
            tom,
            C::Update {
                sitrep: Some(sitrep),
                public: None,
                resolve: false,
            },
        )
        .await?;
        self.after(
            6,
            ines,
            C::ChangePhase {
                phase: Phase::Mitigate,
            },
        )
        .await?;
        let graphs = C::Link {
            url: "https://graphs.example.com/d/api-eu".to_owned(),
            title: Some("API error rate, EU".to_owned()),
        };
        self.after(2, priya, graphs).await?;
        self.after(
            5,
            priya,
            note("Raised the connection limit from 400 to 600. Errors go down slowly."),
        )
        .await?;
        let sitrep = SitrepDraft {
            headline: Some("Limit raised, 38% failing".to_owned()),
            situation: Some("About 38% of API requests in eu-west return 503, down from 42% since the connection limit was raised to 600. Other regions are normal.".to_owned()),
            confidence: Some(Confidence::Likely),
            needs: Some("An owner for the webhook queue. A decision on moving reads to db-eu-2.".to_owned()),
            ..SitrepDraft::default()
        };
        let word = self.word(
            PublicState::Identified,
            "We have found why some API requests fail in the EU region and are working on a fix. Running apps are not affected. Deploys and the dashboard may fail or be slow; trying again usually works.",
        );
        let word = PublicDraft {
            next_update_by: Some(self.clock.now() + TimeDelta::minutes(35)),
            ..word
        };
        self.after(
            5,
            maya,
            C::Update {
                sitrep: Some(sitrep),
                public: Some(word),
                resolve: false,
            },
        )
        .await?;
        self.after(
            4,
            4,
            C::AskForUpdate {
                question: Some("Support has 61 tickets. Are running apps safe?".to_owned()),
            },
        )
        .await?;
        self.after(
            2,
            ines,
            note("Yes: running apps are not affected, only the API."),
        )
        .await?;
        let second = Declaration {
            title: "Image uploads are slow in us-east".to_owned(),
            ..Declaration::default()
        };
        self.clock.advance(TimeDelta::minutes(11));
        self.services
            .declare(&self.people[tom], second)
            .await
            .map(|_| ())
    }

    fn word(&self, state: PublicState, message: &str) -> PublicDraft {
        let directory = self.services.directory();
        let hit = |name: &str, status| {
            directory.find_component(name).map(|component| Affected {
                id: ComponentId::clone(&component.id),
                status,
            })
        };
        let components = [
            hit("API, EU", ComponentStatus::PartialOutage),
            hit("Dashboard", ComponentStatus::DegradedPerformance),
            hit("Deploys", ComponentStatus::DegradedPerformance),
        ];
        PublicDraft {
            title: None,
            state,
            message: message.to_owned(),
            components: components.into_iter().flatten().collect(),
            next_update_by: None,
            impact: None,
        }
    }
}

fn note(text: &str) -> C {
    C::Note {
        text: text.to_owned(),
        at: None,
    }
}
