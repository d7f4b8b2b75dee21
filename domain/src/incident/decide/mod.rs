//! What happens when somebody asks for something: events, or words why not. Pure; the same in server and browser.

mod access;
mod progress;
mod roles;
mod snooze;
mod update;

pub(super) use access::administrator;
pub use access::may_end;
pub use progress::merges_into;
pub use update::preview_auto;

use super::command::Declaration;
use super::{Incident, IncidentCommand, IncidentEvent, Kind, Rejection};
use crate::event::{Context, Proposed};
use crate::text;
use crate::time::Time;
use access::{actor, responder};
use chrono::Duration;

/// What a decision comes to.
pub(super) type Decision = Result<Vec<Proposed>, Rejection>;

/// Declares an incident. One word is enough; who declares is in command unless somebody else is named.
pub fn declare(declaration: Declaration, ctx: &Context) -> Decision {
    responder(ctx)?;
    let title = text::required_line("title", &declaration.title, text::TITLE)?;
    let summary = declaration
        .summary
        .map(|s| text::optional_text("summary", &s, text::NOTE))
        .transpose()?
        .filter(|s| !text::is_blank(s));
    let started_at = declaration.started_at.unwrap_or(ctx.now);
    not_in_future(started_at, ctx)?;
    let ic = match (declaration.kind, declaration.ic) {
        (Kind::Backfilled, _) => None,
        (Kind::Live | Kind::Drill, Some(person)) => {
            roles::able(&person, ctx)?;
            Some(person)
        }
        (Kind::Live | Kind::Drill, None) => Some(ctx.by.clone()),
    };
    let (severity, kind) = (declaration.severity, declaration.kind);
    one(IncidentEvent::Declared {
        title,
        severity,
        kind,
        summary,
        started_at,
        ic,
    })
}

/// Decides on a command in an incident that exists.
pub fn decide(incident: &Incident, command: IncidentCommand, ctx: &Context) -> Decision {
    match command {
        IncidentCommand::AskForUpdate { question } => {
            actor(ctx)?;
            let question = question
                .map(|q| text::optional_text("question", &q, text::NOTE))
                .transpose()?
                .filter(|q| !text::is_blank(q));
            one(IncidentEvent::UpdateRequested { question })
        }
        IncidentCommand::SetTitle { title } => {
            responder(ctx)?;
            let title = text::required_line("title", &title, text::TITLE)?;
            changed("title", incident.summary.title != title)?;
            one(IncidentEvent::TitleChanged { title })
        }
        IncidentCommand::SetPublicTitle { title } => {
            responder(ctx)?;
            if incident.summary.kind == Kind::Drill {
                return Err(Rejection::DrillStaysInside);
            }
            let title = text::required_line("public_title", &title, text::TITLE)?;
            changed(
                "public_title",
                incident.summary.public_title.as_ref() != Some(&title),
            )?;
            one(IncidentEvent::PublicTitleChanged { title })
        }
        IncidentCommand::SetSeverity { severity } => {
            responder(ctx)?;
            let from = incident.summary.severity;
            changed("severity", from != severity)?;
            one(IncidentEvent::SeverityChanged { from, to: severity })
        }
        IncidentCommand::SetStartedAt { at } => {
            responder(ctx)?;
            not_in_future(at, ctx)?;
            if let Some(resolved_at) = incident
                .summary
                .progress
                .resolved_at()
                .filter(|resolved| at > *resolved)
            {
                return Err(Rejection::BegunAfterOver { resolved_at });
            }
            changed("started_at", incident.summary.started_at != Some(at))?;
            one(IncidentEvent::StartedAtChanged { started_at: at })
        }
        IncidentCommand::Note { text, at } => {
            responder(ctx)?;
            let text = text::required_text("text", &text, text::NOTE)?;
            if let Some(at) = at {
                not_in_future(at, ctx)?;
            }
            Ok(vec![Proposed {
                occurred_at: at,
                event: IncidentEvent::Noted { text },
            }])
        }
        IncidentCommand::Link { url, title } => {
            responder(ctx)?;
            let url = link(&url)?;
            let title = text::optional_line("title", title.as_deref(), text::LINE)?
                .unwrap_or_else(|| url.clone());
            one(IncidentEvent::Linked { url, title })
        }
        IncidentCommand::AffectComponents { components } => {
            responder(ctx)?;
            update::known_components(&components, ctx)?;
            one(IncidentEvent::ComponentsAffected { components })
        }
        IncidentCommand::KeepSilent { reason } => {
            responder(ctx)?;
            progress::not_over(incident)?;
            one(IncidentEvent::SilenceDecided {
                reason: text::required_text("reason", &reason, text::NOTE)?,
            })
        }
        IncidentCommand::Snooze {
            clock,
            minutes,
            reason,
        } => snooze::snooze(incident, clock, minutes, &reason, ctx),
        IncidentCommand::ChangePhase { phase } => progress::change(incident, phase, ctx),
        IncidentCommand::Resolve { at } => progress::resolve(incident, at, ctx),
        IncidentCommand::Close {} => progress::close(incident, ctx),
        IncidentCommand::Cancel { reason } => progress::cancel(incident, &reason, ctx),
        IncidentCommand::Merge { into } => progress::merge(incident, into, ctx),
        IncidentCommand::Reopen { reason } => progress::reopen(incident, &reason, ctx),
        IncidentCommand::AssignRole { role, person } => roles::assign(incident, role, person, ctx),
        IncidentCommand::HandOver { role, to, reason } => {
            roles::hand_over(incident, role, to, &reason, ctx)
        }
        IncidentCommand::TakeCommand { reason } => roles::take(incident, &reason, ctx),
        IncidentCommand::ReleaseRole { role } => roles::release(incident, role, ctx),
        IncidentCommand::Join { person } => roles::join(incident, person, ctx),
        IncidentCommand::Leave { person } => roles::leave(incident, person, ctx),
        IncidentCommand::Update {
            sitrep,
            public,
            resolve,
        } => update::send(incident, sitrep, public, resolve, ctx),
    }
}

/// A decision for one event, at this moment.
#[expect(
    clippy::unnecessary_wraps,
    reason = "every arm of `decide` is a `Decision`, this one too"
)]
pub(super) fn one(event: IncidentEvent) -> Decision {
    Ok(vec![event.into()])
}

/// Refuses what would change nothing; such events would only be noise in the timeline.
pub(super) fn changed(field: &str, differs: bool) -> Result<(), Rejection> {
    if differs {
        Ok(())
    } else {
        Err(Rejection::NoChange {
            field: field.to_owned(),
        })
    }
}

/// Refuses a time that has not come, with a minute of grace for a clock that is ahead.
pub(super) fn not_in_future(at: Time, ctx: &Context) -> Result<(), Rejection> {
    if at > ctx.now + Duration::minutes(1) {
        Err(Rejection::InTheFuture { at, now: ctx.now })
    } else {
        Ok(())
    }
}

fn link(url: &str) -> Result<String, Rejection> {
    let url = text::required_line("url", url, 2_000)?;
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    match rest {
        Some(rest) if !rest.is_empty() && !url.contains(' ') => Ok(url),
        Some(_) | None => Err(Rejection::NotALink { url }),
    }
}
