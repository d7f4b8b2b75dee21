//! The one form: a sitrep and a word to customers, decided together.

use super::access::responder;
use super::{Decision, progress};
use crate::event::{Context, Proposed};
use crate::incident::command::PublicDraft;
use crate::incident::{
    Auto, Incident, IncidentEvent, Kind, PublicUpdate, Rejection, Role, Sitrep, SitrepDraft,
    Summary,
};
use crate::status::{Affected, ComponentStatus, PublicState};
use crate::text;
use crate::time::{Time, short};
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
    // Customers first: the sitrep's auto sections then speak of the word that goes out with it.
    let update = public
        .map(|draft| publish(incident, draft, ctx))
        .transpose()?;
    if let Some((title, update)) = &update {
        if let Some(title) = title {
            events.push(
                IncidentEvent::PublicTitleChanged {
                    title: title.clone(),
                }
                .into(),
            );
        }
        events.push(
            IncidentEvent::PublicUpdatePublished {
                update: update.clone(),
            }
            .into(),
        );
    }
    if let Some(draft) = sitrep {
        let sitrep = report(
            incident,
            draft,
            update.as_ref().map(|(_, update)| update),
            ctx,
        )?;
        events.push(IncidentEvent::SitrepSent { sitrep }.into());
    }
    if resolve {
        events.extend(progress::resolve(incident, None, ctx)?);
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

fn report(
    incident: &Incident,
    draft: SitrepDraft,
    update: Option<&PublicUpdate>,
    ctx: &Context,
) -> Result<Sitrep, Rejection> {
    progress::not_over(incident)?;
    not_overtaken(incident, draft.after)?;
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
            .all(|t| t.trim().is_empty())
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
        auto: auto(incident, update, draft.next_sitrep_by, ctx),
        summary: summary(incident, update, ctx),
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
    auto(incident, None, None, ctx)
}

fn auto(
    incident: &Incident,
    update: Option<&PublicUpdate>,
    next_sitrep: Option<Time>,
    ctx: &Context,
) -> Auto {
    let summary = &incident.summary;
    Auto {
        people: people(incident, ctx),
        customers: customers(summary, update, ctx.now),
        promises: promises(summary, update, next_sitrep, ctx),
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

fn customers(summary: &Summary, update: Option<&PublicUpdate>, now: Time) -> String {
    let (at, state, next_by) = match (update, &summary.last_word) {
        (Some(update), _) => (now, update.state, update.next_update_by),
        (None, Some(word)) => (word.at, word.state, word.next_by),
        (None, None) if summary.silent_since.is_some() => {
            return "Not told, on purpose.".to_owned();
        }
        (None, None) => return "Not told yet.".to_owned(),
    };
    let promise = next_by.map_or_else(String::new, |by| {
        format!(" Next update promised by {} UTC.", short(by, now))
    });
    format!("{} UTC, {}.{promise}", short(at, now), state.label())
}

fn promises(
    summary: &Summary,
    update: Option<&PublicUpdate>,
    next_sitrep: Option<Time>,
    ctx: &Context,
) -> String {
    let promise = ctx.directory.settings.promises.of(summary.severity);
    let minutes = |from: Time, minutes: Option<i64>| minutes.map(|m| crate::clock::after(from, m));
    let sitrep = next_sitrep.or_else(|| minutes(ctx.now, promise.sitrep));
    let word = match (update, &summary.last_word) {
        (Some(update), _) if update.state == PublicState::Resolved => None,
        (Some(update), _) => update
            .next_update_by
            .or_else(|| minutes(ctx.now, promise.next_word)),
        (None, Some(word)) if word.state == PublicState::Resolved => None,
        (None, Some(word)) => word.next_by.or_else(|| minutes(word.at, promise.next_word)),
        (None, None) => minutes(summary.declared_at, promise.first_word),
    };
    let mut parts = Vec::new();
    if summary.kind != Kind::Drill
        && let Some(by) = word
    {
        parts.push(format!("Customers by {} UTC.", short(by, ctx.now)));
    }
    if let Some(by) = sitrep {
        parts.push(format!("Next sitrep by {} UTC.", short(by, ctx.now)));
    }
    parts.join(" ")
}

/// One line of structured facts: "SEV 1, Mitigate. Ines Alder in command. Customers told 14:15: Identified. API partly down."
fn summary(incident: &Incident, update: Option<&PublicUpdate>, ctx: &Context) -> String {
    let facts = &incident.summary;
    let mut line = format!(
        "{}, {}.",
        facts.severity.label(),
        facts.progress.phase().label()
    );
    if let Some(holder) = facts.role(&Role::Ic) {
        let _ = write!(line, " {} in command.", ctx.directory.name(&holder.person));
    }
    match (update, &facts.last_word) {
        (Some(update), _) => {
            let _ = write!(
                line,
                " Customers told {}: {}.",
                short(ctx.now, ctx.now),
                update.state.label()
            );
        }
        (None, Some(word)) => {
            let _ = write!(
                line,
                " Customers told {}: {}.",
                short(word.at, ctx.now),
                word.state.label()
            );
        }
        (None, None) => line.push_str(" Customers not told."),
    }
    let said = update
        .map(|update| update.components.as_slice())
        .unwrap_or_default();
    let named = said
        .iter()
        .find(|a| a.status != ComponentStatus::Operational)
        .map(|a| (&a.id, a.status));
    let known = || {
        incident
            .components
            .iter()
            .find(|(_, s)| **s != ComponentStatus::Operational)
            .map(|(id, s)| (id, *s))
    };
    if let Some((id, status)) = named.or_else(known)
        && let Some(component) = ctx.directory.component(id)
    {
        let _ = write!(line, " {}: {}.", component.name, status.label());
    }
    line
}
