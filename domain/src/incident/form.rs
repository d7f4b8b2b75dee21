//! Commands as plain HTML forms carry them. The same reading serves the form post without JavaScript, the intercepted
//! submit in the browser, and no third way.

use super::command::{Declaration, IncidentCommand, PublicDraft};
use super::{Phase, Rejection, Role, Severity, SitrepDraft, slash};
use crate::directory::Directory;
use crate::id::{ComponentId, Number, PersonId};
use crate::status::{Affected, ComponentStatus, PublicState};
use crate::time::{Time, parse_future, parse_past};
use serde::{Deserialize, Serialize};

/// Names and values of a form, in order. Blank values count as left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Form(pub Vec<(String, String)>);

fn unreadable(field: &str) -> impl Fn(String) -> Rejection {
    move |words| Rejection::Unreadable {
        words,
        field: field.to_owned(),
    }
}

impl Form {
    /// The value as it was typed; the last one when the name stands twice.
    pub fn raw(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .rev()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }

    /// The value, if it is not blank.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.raw(name)
            .map(str::trim)
            .filter(|value| !value.is_empty())
    }

    /// True when a box is ticked or a button of that name was pressed.
    pub fn ticked(&self, name: &str) -> bool {
        self.raw(name).is_some()
    }

    fn owned(&self, name: &str) -> String {
        self.raw(name).unwrap_or_default().to_owned()
    }

    fn person(&self, name: &str, directory: &Directory) -> Result<PersonId, Rejection> {
        let text = self.get(name).ok_or_else(|| Rejection::Missing {
            field: name.to_owned(),
        })?;
        directory
            .find_person(text)
            .map(|person| person.id.clone())
            .ok_or_else(|| Rejection::UnknownPerson {
                text: text.to_owned(),
            })
    }

    fn past(&self, name: &str, now: Time) -> Result<Option<Time>, Rejection> {
        self.get(name)
            .map(|text| parse_past(text, now).ok_or_else(|| unreadable(name)(not_a_time(text))))
            .transpose()
    }

    fn future(&self, name: &str, now: Time) -> Result<Option<Time>, Rejection> {
        self.get(name)
            .map(|text| parse_future(text, now).ok_or_else(|| unreadable(name)(not_a_time(text))))
            .transpose()
    }

    fn role(&self) -> Result<Role, Rejection> {
        match self.get("role") {
            Some("lead") => format!("lead:{}", self.get("lead").unwrap_or_default()),
            Some(role) => role.to_owned(),
            None => {
                return Err(Rejection::Missing {
                    field: "role".to_owned(),
                });
            }
        }
        .parse()
        .map_err(unreadable("role"))
    }

    /// Components are fields called `component:ID` whose value is a status; `same` leaves one out.
    fn components(&self) -> Result<Vec<Affected>, Rejection> {
        self.0
            .iter()
            .filter_map(|(name, value)| {
                name.strip_prefix("component:").map(|id| (id, value.trim()))
            })
            .filter(|(_, value)| !value.is_empty() && *value != "same")
            .map(|(id, value)| {
                let status = value
                    .parse::<ComponentStatus>()
                    .map_err(unreadable("components"))?;
                Ok(Affected {
                    id: ComponentId::new(id),
                    status,
                })
            })
            .collect()
    }

    /// Reads a declaration: `title`, `severity`, `kind`, `summary`, `started_at`, `ic`.
    pub fn declaration(&self, directory: &Directory, now: Time) -> Result<Declaration, Rejection> {
        Ok(Declaration {
            title: self.owned("title"),
            severity: match self.get("severity") {
                Some(text) => text.parse().map_err(unreadable("severity"))?,
                None => Severity::Unset,
            },
            kind: match self.get("kind") {
                Some(text) => text.parse().map_err(unreadable("kind"))?,
                None => super::Kind::Live,
            },
            summary: self.get("summary").map(str::to_owned),
            started_at: self.past("started_at", now)?,
            ic: self
                .get("ic")
                .map(|_| self.person("ic", directory))
                .transpose()?,
        })
    }

    /// Reads a command in an incident. The field `do` says which; `say` is the composer's line.
    pub fn command(
        &self,
        by: &PersonId,
        directory: &Directory,
        now: Time,
    ) -> Result<IncidentCommand, Rejection> {
        Ok(match self.get("do").unwrap_or_default() {
            "say" => {
                let typed = self.get("text").ok_or_else(|| Rejection::Missing {
                    field: "text".to_owned(),
                })?;
                match (slash(typed, by, directory, now)?, self.past("at", now)?) {
                    (IncidentCommand::Note { text, at: None }, Some(at)) => {
                        IncidentCommand::Note { text, at: Some(at) }
                    }
                    (command, _) => command,
                }
            }
            "title" => IncidentCommand::SetTitle {
                title: self.owned("title"),
            },
            "public_title" => IncidentCommand::SetPublicTitle {
                title: self.owned("public_title"),
            },
            "severity" => IncidentCommand::SetSeverity {
                severity: self
                    .owned("severity")
                    .parse()
                    .map_err(unreadable("severity"))?,
            },
            "phase" => IncidentCommand::ChangePhase {
                phase: self
                    .owned("phase")
                    .parse::<Phase>()
                    .map_err(unreadable("phase"))?,
            },
            "resolve" => IncidentCommand::Resolve {
                at: self.past("at", now)?,
            },
            "close" => IncidentCommand::Close {},
            "cancel" => IncidentCommand::Cancel {
                reason: self.owned("reason"),
            },
            "merge" => IncidentCommand::Merge {
                into: self.number("into")?,
            },
            "reopen" => IncidentCommand::Reopen {
                reason: self.owned("reason"),
            },
            "started_at" => IncidentCommand::SetStartedAt {
                at: self
                    .past("started_at", now)?
                    .ok_or_else(|| Rejection::Missing {
                        field: "started_at".to_owned(),
                    })?,
            },
            "assign" => IncidentCommand::AssignRole {
                role: self.role()?,
                person: self.person("person", directory)?,
            },
            "hand_over" => IncidentCommand::HandOver {
                role: self.role()?,
                to: self.person("person", directory)?,
                reason: self.owned("reason"),
            },
            "take" => IncidentCommand::TakeCommand {
                reason: self.owned("reason"),
            },
            "release" => IncidentCommand::ReleaseRole { role: self.role()? },
            "join" => IncidentCommand::Join {
                person: self
                    .get("person")
                    .map_or_else(|| Ok(by.clone()), |_| self.person("person", directory))?,
            },
            "leave" => IncidentCommand::Leave { person: by.clone() },
            "ask" => IncidentCommand::AskForUpdate {
                question: self.get("question").map(str::to_owned),
            },
            "link" => IncidentCommand::Link {
                url: self.owned("url"),
                title: self.get("title").map(str::to_owned),
            },
            "affect" => IncidentCommand::AffectComponents {
                components: self.components()?,
            },
            "silent" => IncidentCommand::KeepSilent {
                reason: self.owned("reason"),
            },
            "snooze" => IncidentCommand::Snooze {
                clock: self.owned("clock").parse().map_err(unreadable("clock"))?,
                minutes: self.minutes()?,
                reason: self.owned("reason"),
            },
            "update" => {
                let form = UpdateForm::read(self, now)?;
                IncidentCommand::Update {
                    sitrep: form.sitrep,
                    public: form.public,
                    resolve: form.resolve,
                }
            }
            other => {
                return Err(unreadable("do")(format!(
                    "This form is of an unknown kind (“{other}”). Reload the page."
                )));
            }
        })
    }

    fn minutes(&self) -> Result<i64, Rejection> {
        let typed = self.get("minutes").unwrap_or_default();
        let words = || format!("“{typed}” is not a number of minutes from 1 to 240.");
        typed.parse().map_err(|_| unreadable("minutes")(words()))
    }

    fn number(&self, name: &str) -> Result<Number, Rejection> {
        let text = self.get(name).ok_or_else(|| Rejection::Missing {
            field: name.to_owned(),
        })?;
        let digits = text.rsplit('-').next().unwrap_or(text);
        digits.parse().map(Number).map_err(|_| {
            unreadable(name)(format!(
                "“{text}” is not an incident. Write 142 or INC-142."
            ))
        })
    }
}

fn not_a_time(text: &str) -> String {
    format!("“{text}” is not a time. Write 14:05, or 2026-11-17 14:05, in UTC.")
}

/// The one form as it was filled in: both halves, whether or not they are ticked.
#[derive(Debug, Clone, PartialEq)]
pub struct UpdateForm {
    /// The internal half, when `send_sitrep` is ticked.
    pub sitrep: Option<SitrepDraft>,
    /// The public half, when `send_public` is ticked.
    pub public: Option<PublicDraft>,
    /// `resolve`: also resolve the incident.
    pub resolve: bool,
}

impl UpdateForm {
    /// Reads the form's fields: `situation`, `impact`, `hypothesis`, `confidence`, `needs`, `headline`, `next_sitrep_by`,
    /// `after`;
    /// `public_title`, `state`, `message`, `component:ID`, `next_update_by`; `send_sitrep`, `send_public`, `resolve`.
    pub fn read(form: &Form, now: Time) -> Result<Self, Rejection> {
        let text = |name: &str| form.raw(name).map(str::to_owned);
        let sitrep = SitrepDraft {
            headline: text("headline"),
            situation: text("situation"),
            impact: text("impact"),
            hypothesis: text("hypothesis"),
            confidence: form
                .get("confidence")
                .map(|c| c.parse().map_err(unreadable("confidence")))
                .transpose()?,
            needs: text("needs"),
            next_sitrep_by: form.future("next_sitrep_by", now)?,
            after: form.get("after").and_then(|version| version.parse().ok()),
        };
        let public = || -> Result<PublicDraft, Rejection> {
            Ok(PublicDraft {
                title: form.get("public_title").map(str::to_owned),
                state: form
                    .get("state")
                    .ok_or_else(|| Rejection::Missing {
                        field: "state".to_owned(),
                    })?
                    .parse::<PublicState>()
                    .map_err(unreadable("state"))?,
                message: form.raw("message").unwrap_or_default().to_owned(),
                components: form.components()?,
                next_update_by: form.future("next_update_by", now)?,
                impact: None,
            })
        };
        Ok(Self {
            sitrep: form.ticked("send_sitrep").then_some(sitrep),
            public: form.ticked("send_public").then(public).transpose()?,
            resolve: form.ticked("resolve"),
        })
    }
}
