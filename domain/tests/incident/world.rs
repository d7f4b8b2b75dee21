//! A small world to decide in, and given/when/then over it.

use domain::incident::{Declaration, IncidentEvent};
use domain::incident::{Incident, IncidentCommand, Rejection, decide, declare};
use domain::time::Time;
use domain::{
    AccountRole, Component, ComponentId, Context, Directory, Number, Person, PersonId, Proposed,
    Recorded, Settings,
};

pub const ADA: &str = "ada"; // admin
pub const INES: &str = "ines"; // responder, declares
pub const BO: &str = "bo"; // responder
pub const TOM: &str = "tom"; // responder
pub const REA: &str = "rea"; // reader
pub const BOT: &str = "bot"; // service, responder
pub const OLD: &str = "old"; // responder once, not active

pub fn at(text: &str) -> Time {
    domain::time::parse_past(&format!("2026-11-17T{text}"), Time::UNIX_EPOCH).expect("a time")
}

pub fn directory() -> Directory {
    let person = |id: &str, name: &str, role, service, active| Person {
        id: PersonId::new(id),
        handle: id.to_owned(),
        name: name.to_owned(),
        email: Some(format!("{id}@example.com")),
        role,
        service,
        active,
    };
    let component = |id: &str, name: &str| Component::new(ComponentId::new(id), name);
    Directory {
        people: vec![
            person(ADA, "Ada Root", AccountRole::Admin, false, true),
            person(INES, "Ines Alder", AccountRole::Responder, false, true),
            person(BO, "Bo Larch", AccountRole::Responder, false, true),
            person(TOM, "Tom Birch", AccountRole::Responder, false, true),
            person(REA, "Rea Moss", AccountRole::Reader, false, true),
            person(BOT, "Alert Bot", AccountRole::Responder, true, true),
            person(OLD, "Old Oak", AccountRole::Responder, false, false),
        ],
        components: vec![component("api", "API"), component("web", "Dashboard")],
        groups: Vec::new(),
        settings: Settings::default(),
    }
}

/// An incident on its way. Minutes pass only when the table says so.
pub struct World {
    pub directory: Directory,
    pub now: Time,
    pub stream: Vec<Recorded>,
}

impl World {
    pub fn new() -> Self {
        Self {
            directory: directory(),
            now: at("13:30"),
            stream: Vec::new(),
        }
    }

    /// An incident that Ines declared and commands.
    pub fn declared() -> Self {
        let mut world = Self::new();
        world
            .declare(
                INES,
                Declaration {
                    title: "API failing".to_owned(),
                    ..Declaration::default()
                },
            )
            .expect("declared");
        world
    }

    pub fn incident(&self) -> Incident {
        Incident::fold(&self.stream).expect("an incident")
    }

    pub fn declare(&mut self, by: &str, declaration: Declaration) -> Result<(), Rejection> {
        let by = PersonId::new(by);
        let proposed = declare(
            declaration,
            &Context {
                by: &by,
                now: self.now,
                directory: &self.directory,
            },
        )?;
        self.record(&by, proposed);
        Ok(())
    }

    pub fn try_by(&self, by: &str, command: IncidentCommand) -> Result<Vec<Proposed>, Rejection> {
        let by = PersonId::new(by);
        decide(
            &self.incident(),
            command,
            &Context {
                by: &by,
                now: self.now,
                directory: &self.directory,
            },
        )
    }

    /// Carries a command out; the events it came to.
    pub fn by(
        &mut self,
        by: &str,
        command: IncidentCommand,
    ) -> Result<Vec<IncidentEvent>, Rejection> {
        let proposed = self.try_by(by, command)?;
        let events = proposed.iter().map(|p| p.event.clone()).collect();
        self.record(&PersonId::new(by), proposed);
        Ok(events)
    }

    pub fn minutes(&mut self, minutes: i64) -> &mut Self {
        self.now += chrono::Duration::minutes(minutes);
        self
    }

    pub fn record(&mut self, by: &PersonId, proposed: Vec<Proposed>) {
        for Proposed { occurred_at, event } in proposed {
            let version = i64::try_from(self.stream.len()).expect("short") + 1;
            self.stream.push(Recorded {
                position: version + 100,
                incident: Number(142),
                version,
                occurred_at: occurred_at.unwrap_or(self.now),
                recorded_at: self.now,
                by: self.directory.person(by).map(Person::as_ref),
                event,
            });
        }
    }
}
