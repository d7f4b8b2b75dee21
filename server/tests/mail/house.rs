//! A house with people, an incident and a way out, on a clock moved by hand.

use crate::place::Place;
use crate::post_office::PostOffice;
use chrono::{DateTime, TimeDelta};
use domain::incident::{Declaration, IncidentCommand, SitrepDraft};
use domain::{AccountRole, Number, PersonId};
use server::clock::ManualClock;
use server::outbox::{Mail, Outbox};
use server::services::Services;
use server::store::Store;
use std::sync::Arc;

/// A process with a way out.
pub struct House {
    /// What Muster does.
    pub services: Services,
    /// The clock; it begins on 17 November 2026 at 14:00 UTC.
    pub clock: Arc<ManualClock>,
    /// What sends.
    pub outbox: Outbox,
    /// Who declares.
    pub ines: PersonId,
}

impl House {
    /// Opens one on a store, with Ines, who is an administrator.
    pub async fn open(place: &Place, office: &PostOffice) -> Self {
        Self::on(Arc::clone(&place.store), &office.url()).await
    }

    /// Opens one on a store, with this mail server.
    pub async fn on(store: Arc<dyn Store>, smtp: &str) -> Self {
        let two = DateTime::parse_from_rfc3339("2026-11-17T14:00:00Z").expect("a time");
        let clock = Arc::new(ManualClock::at(two.to_utc()));
        let services = Services::open(
            store,
            Arc::clone(&clock) as Arc<dyn server::clock::Clock>,
            "https://muster.example".to_owned(),
            "build".to_owned(),
        );
        let services = services.await.expect("the services open");
        let mail = Mail::new(smtp, "Muster <muster@muster.example>").expect("settings");
        services.send_letters(mail.from());
        let outbox = Outbox::new(services.clone(), mail);
        let known = services.store().find_person("ines@example.test").await;
        let ines = match known.expect("read") {
            Some(ines) => ines.id,
            None => person(&services, "ines", AccountRole::Admin).await,
        };
        Self {
            services,
            clock,
            outbox,
            ines,
        }
    }

    /// Declares an incident that Ines commands, and brings people in by the part of their address before the @.
    pub async fn incident(&self, people: &[&str]) -> Number {
        let declaration = Declaration {
            title: "API failing in eu-west".to_owned(),
            ..Declaration::default()
        };
        let declared = self.services.declare(&self.ines, declaration).await;
        let number = declared.expect("declared").incident.summary.number;
        for who in people {
            let person = person(&self.services, who, AccountRole::Responder).await;
            self.carry_out(number, IncidentCommand::Join { person })
                .await;
        }
        number
    }

    /// Ines does something.
    pub async fn carry_out(&self, number: Number, command: IncidentCommand) {
        let done = self.services.execute(&self.ines, number, None, command);
        done.await.expect("done");
    }

    /// Ines sends a sitrep.
    pub async fn sitrep(&self, number: Number, headline: Option<&str>, situation: &str) {
        let sitrep = SitrepDraft {
            headline: headline.map(str::to_owned),
            situation: Some(situation.to_owned()),
            ..SitrepDraft::default()
        };
        let command = IncidentCommand::Update {
            sitrep: Some(sitrep),
            public: None,
            resolve: false,
        };
        self.carry_out(number, command).await;
    }

    /// Sends what is due, and again whatever becomes due, for so many seconds of the house's clock.
    pub async fn send_for(&self, seconds: i64) {
        for _ in 0..seconds {
            while self.outbox.work().await.expect("worked") > 0 {}
            self.clock.advance(TimeDelta::seconds(1));
        }
    }

    /// Moves the clock.
    pub fn wait(&self, minutes: i64) {
        self.clock.advance(TimeDelta::minutes(minutes));
    }
}

/// Somebody new.
pub async fn person(services: &Services, handle: &str, role: AccountRole) -> PersonId {
    let email = format!("{handle}@example.test");
    let name = format!("{} Alder", handle.to_uppercase());
    let person = services.add_person(None, &email, &name, role).await;
    person.expect("a person").id
}
