//! The one form: a sitrep and a word to customers, decided together.

use super::access::responder;
use super::{Decision, progress};
use crate::clock::{ClockKind, after, clocks};
use crate::event::{Context, Proposed};
use crate::incident::command::PublicDraft;
use crate::incident::{
    Auto, Incident, IncidentEvent, Kind, PublicUpdate, Rejection, Role, Sitrep, SitrepDraft,
    Summary,
};
use crate::status::{Affected, ComponentStatus, PublicState};
use crate::text;
use crate::time::{Time, short};
use std::cmp::Reverse;
use std::fmt::Write;

pub(super) fn send(
    incident: &Incident,
    sitrep: Option<SitrepDraft>,
    public: Option<PublicDraft>,
    resolve: bool,
    ctx: &Context,
) -> Decision {
    responder(ctx)?;
    if sitrep.is_none() && public.is_none() {
        return Err(Rejection::NothingToSend);
    }
    let mut events: Vec<Proposed> = Vec::new();
    if let Some(draft) = public {
        let (title, update) = publish(incident, draft, ctx)?;
        events.extend(title.map(|title| IncidentEvent::PublicTitleChanged { title }.into()));
        events.push(IncidentEvent::PublicUpdatePublished { update }.into());
    }
    if let Some(draft) = &sitrep {
        progress::not_over(incident)?;
        not_overtaken(incident, draft.after)?;
    }
    if resolve {
        events.extend(progress::resolve(incident, None, ctx)?);
    }
    // The sitrep last: it is written from the incident as it is once the rest has happened, so that it cannot say
    // otherwise than what goes out with it.
    if let Some(draft) = sitrep {
        let mut then = incident.clone();
        for proposed in &events {
            then.foresee(proposed, ctx);
        }
        let sitrep = report(&then, draft, ctx)?;
        events.push(IncidentEvent::SitrepSent { sitrep }.into());
    }
    Ok(events)
}

fn publish(
    incident: &Incident,
    draft: PublicDraft,
    ctx: &Context,
) -> Result<(Option<String>, PublicUpdate), Rejection> {
    if incident.summary.kind == Kind::Drill {
        return Err(Rejection::DrillStaysInside);
    }
    let title = text::optional_line("public_title", draft.title.as_deref(), text::TITLE)?
        .filter(|title| incident.summary.public_title.as_ref() != Some(title));
    let message = text::required_text("message", &draft.message, text::MESSAGE)?;
    known_components(&draft.components, ctx)?;
    ahead("next_update_by", draft.next_update_by, ctx)?;
    let update = PublicUpdate {
        source: None,
        id: format!("{}-{}", incident.summary.number, incident.words + 1),
        state: draft.state,
        message,
        components: draft.components,
        next_update_by: draft
            .next_update_by
            .filter(|_| draft.state != PublicState::Resolved),
        impact: draft.impact,
    };
    Ok((title, update))
}

fn report(incident: &Incident, draft: SitrepDraft, ctx: &Context) -> Result<Sitrep, Rejection> {
    let last = incident.sitrep.as_ref().map(|sent| &sent.sitrep);
    let field = |name: &str, new: Option<String>, old: fn(&Sitrep) -> &String| match new {
        Some(text) => text::optional_text(name, &text, text::SITREP),
        None => Ok(last.map(old).cloned().unwrap_or_default()),
    };
    let situation = field("situation", draft.situation, |s| &s.situation)?;
    let impact = field("impact", draft.impact, |s| &s.impact)?;
    let hypothesis = field("hypothesis", draft.hypothesis, |s| &s.hypothesis)?;
    let needs = field("needs", draft.needs, |s| &s.needs)?;
    let headline = text::optional_line("headline", draft.headline.as_deref(), text::LINE)?;
    ahead("next_sitrep_by", draft.next_sitrep_by, ctx)?;
    if headline.is_none()
        && [&situation, &impact, &hypothesis, &needs]
            .iter()
            .all(|t| text::is_blank(t))
    {
        return Err(Rejection::EmptySitrep);
    }
    Ok(Sitrep {
        version: last.map_or(1, |s| s.version + 1),
        headline,
        situation,
        impact,
        hypothesis,
        confidence: draft
            .confidence
            .or_else(|| last.map(|s| s.confidence))
            .unwrap_or_default(),
        needs,
        next_sitrep_by: draft.next_sitrep_by,
        auto: auto(incident, draft.next_sitrep_by, ctx),
        summary: summary(incident, ctx),
    })
}

/// Refuses a sitrep that would overwrite one its writer has not seen.
fn not_overtaken(incident: &Incident, after: Option<i64>) -> Result<(), Rejection> {
    match (&incident.sitrep, after) {
        (Some(sent), Some(after)) if sent.sitrep.version > after => Err(Rejection::NewerSitrep {
            version: sent.sitrep.version,
            by: sent
                .by
                .as_ref()
                .map_or_else(|| "somebody".to_owned(), |by| by.name.clone()),
            at: sent.sent_at,
        }),
        (Some(_) | None, _) => Ok(()),
    }
}

/// Refuses components that nobody has listed.
pub(super) fn known_components(components: &[Affected], ctx: &Context) -> Result<(), Rejection> {
    match components
        .iter()
        .find(|affected| ctx.directory.component(&affected.id).is_none())
    {
        Some(unknown) => Err(Rejection::UnknownComponent {
            text: unknown.id.to_string(),
        }),
        None => Ok(()),
    }
}

fn ahead(field: &str, at: Option<Time>, ctx: &Context) -> Result<(), Rejection> {
    match at {
        Some(at) if at <= ctx.now => Err(Rejection::PromiseInThePast {
            at,
            now: ctx.now,
            field: field.to_owned(),
        }),
        Some(_) | None => Ok(()),
    }
}

/// The auto sections as they would be frozen now, for the form ("as it stands at 14:27").
pub fn preview_auto(incident: &Incident, ctx: &Context) -> Auto {
    auto(incident, None, ctx)
}

fn auto(incident: &Incident, next_sitrep: Option<Time>, ctx: &Context) -> Auto {
    let summary = &incident.summary;
    Auto {
        people: people(incident, ctx),
        customers: customers(summary, ctx.now),
        promises: promises(summary, next_sitrep, ctx),
        links: incident.links.iter().fold(String::new(), |mut text, link| {
            let _ = writeln!(
                text,
                "{} {}",
                link.title,
                if link.title == link.url {
                    ""
                } else {
                    &link.url
                }
            );
            text
        }),
    }
}

fn people(incident: &Incident, ctx: &Context) -> String {
    let mut parts: Vec<String> = incident
        .summary
        .roles
        .iter()
        .map(|holder| {
            format!(
                "{} {}.",
                holder.role.label(),
                ctx.directory.name(&holder.person)
            )
        })
        .collect();
    let empty = incident.summary.empty_roles();
    parts.extend(empty.iter().map(|role| format!("{} nobody.", role.label())));
    let others: Vec<String> = incident
        .participants
        .iter()
        .filter(|person| {
            incident
                .summary
                .roles
                .iter()
                .all(|holder| holder.person != **person)
        })
        .map(|person| ctx.directory.name(person))
        .collect();
    if !others.is_empty() {
        parts.push(format!("Also here: {}.", others.join(", ")));
    }
    parts.join(" ")
}

fn customers(summary: &Summary, now: Time) -> String {
    let Some(word) = &summary.last_word else {
        return if summary.silent_since.is_some() {
            "Not told, on purpose.".to_owned()
        } else {
            "Not told yet.".to_owned()
        };
    };
    let promise = word.next_by.map_or_else(String::new, |by| {
        format!(" Next update promised by {} UTC.", short(by, now))
    });
    format!(
        "{} UTC, {}.{promise}",
        short(word.at, now),
        word.state.label()
    )
}

fn promises(summary: &Summary, next_sitrep: Option<Time>, ctx: &Context) -> String {
    let all = &ctx.directory.settings.promises;
    let word = clocks(summary, all, ctx.now)
        .into_iter()
        .find(|clock| clock.kind == ClockKind::Customers)
        .and_then(|clock| clock.due_at);
    let of_severity = all
        .of(summary.severity)
        .sitrep
        .filter(|_| summary.progress.phase().is_open());
    let sitrep = next_sitrep.or_else(|| of_severity.map(|minutes| after(ctx.now, minutes)));
    let mut parts = Vec::new();
    if let Some(by) = word {
        parts.push(format!("Customers by {} UTC.", short(by, ctx.now)));
    }
    if let Some(by) = sitrep {
        parts.push(format!("Next sitrep by {} UTC.", short(by, ctx.now)));
    }
    parts.join(" ")
}

/// One line of structured facts: "SEV 1, Mitigate. Ines Alder in command. Customers told 14:15: Identified. API: Partly
/// down." Of several components the worst stands for all.
fn summary(incident: &Incident, ctx: &Context) -> String {
    let facts = &incident.summary;
    let mut line = format!(
        "{}, {}.",
        facts.severity.label(),
        facts.progress.phase().label()
    );
    if let Some(holder) = facts.role(&Role::Ic) {
        let _ = write!(line, " {} in command.", ctx.directory.name(&holder.person));
    }
    match &facts.last_word {
        Some(word) => {
            let _ = write!(
                line,
                " Customers told {}: {}.",
                short(word.at, ctx.now),
                word.state.label()
            );
        }
        None => line.push_str(" Customers not told."),
    }
    let worst = incident
        .components
        .iter()
        .filter(|(_, status)| **status != ComponentStatus::Operational)
        .min_by_key(|(_, status)| Reverse(**status));
    if let Some((id, status)) = worst
        && let Some(component) = ctx.directory.component(id)
    {
        let _ = write!(line, " {}: {}.", component.name, status.label());
    }
    line
}
