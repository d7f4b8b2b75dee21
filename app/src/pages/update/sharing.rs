//! The draft that everybody who writes here shares: a field that was changed goes up when typing pauses, and what others
//! change comes down. A write names the revision that it was made on; what somebody else wrote meanwhile comes back instead,
//! and then the writer chooses.

use super::desk::Desk;
use super::keeping::save;
use super::merge::same;
use crate::AppError;
use crate::api;
use crate::data::DraftField;
use domain::incident::Form;
use domain::time::Time;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// A field goes up at most this often.
const REST: Duration = Duration::from_millis(900);
/// How long what could not be sent waits for another try.
const AGAIN: Duration = Duration::from_secs(4);
/// How long sending the update waits for writes that are under way, in tries of [`SOON`].
const PATIENCE: u32 = 40;
const SOON: Duration = Duration::from_millis(50);
/// Somebody whose last letter came this long ago is no longer writing, in seconds.
const WRITING: i64 = 6;
/// How a tick that is off, or a component that is not named, stands in the draft: in a form they are left out.
const OFF: &str = "off";

/// A field on its way.
#[derive(Debug, Clone)]
pub(super) struct Away {
    field: String,
    /// True until it is answered; then it rests a moment.
    open: bool,
    /// What came from the others meanwhile.
    late: Option<DraftField>,
}

/// What is on its way, and what was refused.
#[derive(Debug, Clone, Default)]
pub(super) struct Traffic {
    away: Vec<Away>,
    /// Fields that cannot be shared as they stand, too long for instance.
    refused: Vec<(String, Option<String>)>,
    /// True since a write found no server.
    pub failing: bool,
}

/// What stands in the form for everybody: the beginning, with what was drafted over it.
pub(super) fn overlay(mut form: Form, draft: &[DraftField]) -> Form {
    for drafted in draft {
        if let Some(text) = &drafted.text {
            put(&mut form, &drafted.field, Some(text));
        }
    }
    form
}

/// The fields that the writer changed and the server does not have.
pub(super) fn changed(begun: &Form, mine: &Form) -> Vec<String> {
    let names = begun.0.iter().chain(&mine.0).map(|(name, _)| name.as_str());
    let mut changed: Vec<String> = Vec::new();
    for name in names {
        let left_out = matches!(name, "after" | "kept");
        if !left_out
            && !changed.iter().any(|known| known == name)
            && !same(begun.raw(name), mine.raw(name))
        {
            changed.push(name.to_owned());
        }
    }
    changed
}

/// Puts a field into a form as the draft has it.
fn put(form: &mut Form, field: &str, text: Option<&str>) {
    form.0.retain(|(name, _)| name != field);
    let left_out = field.starts_with("component:") || TICKS.contains(&field);
    if let Some(text) = text.filter(|text| !left_out || *text != OFF) {
        form.0.push((field.to_owned(), text.to_owned()));
    }
}

const TICKS: [&str; 3] = ["send_sitrep", "send_public", "resolve"];

impl Desk {
    /// What others changed, or what stands there instead of what was written here.
    pub(super) fn take_draft(self, rows: &[DraftField]) {
        if !self.stands() {
            return;
        }
        let mut moved = false;
        for row in rows {
            let late = self.traffic.try_update_value(|traffic| {
                let away = traffic.away.iter_mut().find(|a| a.field == row.field);
                away.map(|away| away.late = Some(row.clone())).is_some()
            });
            if late != Some(true) {
                moved |= self.learn(row);
            }
        }
        // What was sent and not answered may be what cleared them; until that is known the form stays as it was sent.
        if moved && self.attempt.with_value(Option::is_none) {
            self.rebase();
            save(self);
        }
    }

    /// Remembers a field as the server has it; false for what is known.
    fn learn(self, row: &DraftField) -> bool {
        self.shared
            .try_update(|rows| {
                match rows.iter_mut().find(|known| known.field == row.field) {
                    Some(known) if known.revision >= row.revision => return false,
                    Some(known) => known.clone_from(row),
                    None => rows.push(row.clone()),
                }
                true
            })
            .unwrap_or_default()
    }

    /// The fields of the draft that an update is made of, each at the revision seen here. One that somebody else wrote and
    /// nobody chose yet is not among them.
    pub(super) fn drafted(self) -> Vec<(String, i64)> {
        let clashes = self.clashes.get_untracked();
        self.shared.with_untracked(|rows| {
            rows.iter()
                .filter(|row| row.text.is_some())
                .filter(|row| !clashes.iter().any(|clash| clash.field == row.field))
                .map(|row| (row.field.clone(), row.revision))
                .collect()
        })
    }

    /// When the draft was last changed; nothing while nobody drafted anything.
    pub(super) fn drafted_at(self) -> Option<Time> {
        self.shared.with_untracked(|rows| {
            let drafted = rows.iter().filter(|row| row.text.is_some());
            drafted.map(|row| row.at).max()
        })
    }

    /// Who else is writing in a field.
    pub(super) fn writer(self, field: &'static str) -> Memo<Option<String>> {
        let session = self.session();
        let now = self.clock().at;
        Memo::new(move |_| {
            let now = now.get();
            let by = self.shared.with(|rows| {
                let row = rows.iter().find(|row| row.field == field)?;
                let writing = row.text.is_some() && (now - row.at).num_seconds() < WRITING;
                writing.then(|| row.by.clone())
            })?;
            if session.person.with(|me| me.id == by) {
                return None;
            }
            session
                .directory
                .with(|directory| directory.person(&by).map(|person| person.name.clone()))
        })
    }

    /// Sends every field that was changed here and is not on its way.
    pub(super) fn share(self) {
        if !self.stands() || self.busy.get_untracked() {
            return;
        }
        let mine = untrack(|| self.draft().form());
        let fresh = self.fresh();
        for field in changed(&self.begun.get_untracked(), &mine) {
            let clashes = self
                .clashes
                .with_untracked(|all| all.iter().any(|clash| clash.field == field));
            let stands = mine.raw(&field);
            let text = (!same(stands, fresh.raw(&field))).then(|| stands.unwrap_or(OFF).to_owned());
            let held = self.traffic.with_value(|traffic| {
                traffic.away.iter().any(|away| away.field == field)
                    || traffic.refused.contains(&(field.clone(), text.clone()))
            });
            if !clashes && !held {
                self.write(field, text);
            }
        }
    }

    fn write(self, field: String, text: Option<String>) {
        let revision = self.shared.with_untracked(|rows| {
            let known = rows.iter().find(|row| row.field == field);
            known.map_or(0, |row| row.revision)
        });
        let written = DraftField {
            field,
            text,
            revision,
            by: self.session().person.with_untracked(|me| me.id.clone()),
            at: self.clock().read(),
        };
        self.traffic.update_value(|traffic| {
            traffic.away.push(Away {
                field: written.field.clone(),
                open: true,
                late: None,
            });
        });
        spawn_local(async move {
            let answer = api::write_draft(self.number, written.clone()).await;
            if self.stands() {
                let rest = self.answered(&written, answer);
                set_timeout(move || self.go_on(&written.field), rest);
            }
        });
    }

    /// What became of a write; says how long the field rests.
    fn answered(self, written: &DraftField, answer: Result<DraftField, AppError>) -> Duration {
        let failing = matches!(
            answer,
            Err(AppError::Unreachable {} | AppError::SignIn {} | AppError::Internal {})
        );
        self.traffic.update_value(|traffic| {
            traffic.failing = failing;
            let field = &written.field;
            for away in traffic.away.iter_mut().filter(|a| a.field == *field) {
                away.open = false;
            }
            traffic.refused.retain(|(refused, _)| refused != field);
            if answer.is_err() && !failing {
                traffic.refused.push((field.clone(), written.text.clone()));
            }
        });
        if let Ok(row) = &answer {
            self.learn(row);
            if same(row.text.as_deref(), written.text.as_deref()) {
                let fresh = self.fresh();
                let text = written.text.as_deref().or(fresh.raw(&written.field));
                self.begun.update(|begun| put(begun, &written.field, text));
            } else {
                self.rebase();
            }
        }
        save(self);
        if failing { AGAIN } else { REST }
    }

    /// The field may go up again; what came meanwhile is looked at.
    fn go_on(self, field: &str) {
        if !self.stands() {
            return;
        }
        let late = self.traffic.try_update_value(|traffic| {
            let at = traffic.away.iter().position(|away| away.field == field)?;
            traffic.away.remove(at).late
        });
        if let Some(row) = late.flatten() {
            self.take_draft(&[row]);
        }
        self.share();
    }

    /// Does something once no write is under way, so that what is sent is made of what the server has.
    pub(super) fn when_quiet(self, act: impl FnOnce() + 'static) {
        self.wait_for_quiet(PATIENCE, act);
    }

    fn wait_for_quiet(self, tries: u32, act: impl FnOnce() + 'static) {
        let open = self
            .traffic
            .try_with_value(|traffic| traffic.away.iter().any(|away| away.open));
        match open {
            Some(true) if tries > 0 => {
                set_timeout(move || self.wait_for_quiet(tries - 1, act), SOON);
            }
            Some(_) => act(),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::example::at;
    use domain::PersonId;

    fn form(fields: &[(&str, &str)]) -> Form {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Form(fields.iter().map(owned).collect())
    }

    fn row(field: &str, text: Option<&str>) -> DraftField {
        DraftField {
            field: field.to_owned(),
            text: text.map(str::to_owned),
            revision: 1,
            by: PersonId::new("bo"),
            at: at(1),
        }
    }

    #[test]
    fn what_was_drafted_stands_over_the_beginning_and_what_was_sent_does_not() {
        let begun = form(&[
            ("situation", "old"),
            ("needs", "rest"),
            ("send_public", "on"),
            ("component:api", "major_outage"),
        ]);
        let draft = [
            row("situation", Some("new")),
            row("needs", None),
            row("send_public", Some("off")),
            row("resolve", Some("on")),
            row("component:api", Some("off")),
        ];
        let all = overlay(begun.clone(), &draft);
        assert_eq!(all.raw("situation"), Some("new"));
        assert_eq!(all.raw("needs"), Some("rest"));
        assert!(!all.ticked("send_public") && all.ticked("resolve"));
        assert_eq!(all.raw("component:api"), None);
        // A headline may well say so.
        let said = overlay(begun, &[row("headline", Some("off"))]);
        assert_eq!(said.raw("headline"), Some("off"));
    }

    #[test]
    fn only_what_the_writer_changed_goes_up() {
        let begun = form(&[("after", "1"), ("situation", "a\nb"), ("send_public", "on")]);
        let mine = form(&[("after", "2"), ("situation", "a\r\nb"), ("needs", "x")]);
        assert_eq!(changed(&begun, &mine), ["send_public", "needs"]);
    }
}
