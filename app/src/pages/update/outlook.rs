//! What would go out if it were sent now: the very events that `decide` makes of the form, so that the preview, the
//! comparison and the reason why not can never say anything else than what happens.

use domain::diff::{self, FieldDiff};
use domain::event::Proposed;
use domain::guard::{Warning, guard};
use domain::incident::{
    Auto, Form, IncidentCommand, IncidentEvent, PublicUpdate, Rejection, SentUpdate, Sitrep,
    decide, preview_auto,
};
use domain::status::Affected;
use domain::time::short;
use domain::{Context, Incident};

/// What would go out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outlook {
    /// The sitrep, frozen as it would be; nothing while it could not be sent.
    pub sitrep: Option<Sitrep>,
    /// The public update, likewise.
    pub update: Option<PublicUpdate>,
    /// What the sitrep says by itself.
    pub auto: Auto,
    /// Why nothing can be sent as it stands.
    pub refusal: Option<Rejection>,
    /// Words in the public half that customers should perhaps not read, without those that were kept.
    pub warnings: Vec<Warning>,
}

/// Looks at a form as it stands.
pub(super) fn outlook(form: &Form, incident: &Incident, ctx: &Context) -> Outlook {
    let whole = read(form, ctx).and_then(|command| decide(incident, command, ctx));
    let (events, refusal) = match whole {
        Ok(events) => (events, None),
        Err(refusal) => (Vec::new(), Some(refusal)),
    };
    let (mut sitrep, mut update) = halves(events);
    // A half that is not ticked, or whose other half is refused, is still shown as it would be.
    if sitrep.is_none() {
        sitrep = alone(form, "send_sitrep", incident, ctx).0;
    }
    if update.is_none() {
        update = alone(form, "send_public", incident, ctx).1;
    }
    Outlook {
        auto: sitrep
            .as_ref()
            .map_or_else(|| preview_auto(incident, ctx), |s| s.auto.clone()),
        sitrep,
        update,
        refusal,
        warnings: warnings(form, incident, ctx),
    }
}

fn read(form: &Form, ctx: &Context) -> Result<IncidentCommand, Rejection> {
    let mut form = form.clone();
    form.0.push(("do".to_owned(), "update".to_owned()));
    form.command(ctx.by, ctx.directory, ctx.now)
}

/// What one half alone would come to.
fn alone(
    form: &Form,
    tick: &str,
    incident: &Incident,
    ctx: &Context,
) -> (Option<Sitrep>, Option<PublicUpdate>) {
    let ticks = ["send_sitrep", "send_public", "resolve"];
    let rest = form
        .0
        .iter()
        .filter(|(name, _)| !ticks.contains(&name.as_str()));
    let mut half = Form(rest.cloned().collect());
    half.0.push((tick.to_owned(), "on".to_owned()));
    let events = read(&half, ctx).and_then(|command| decide(incident, command, ctx));
    halves(events.unwrap_or_default())
}

fn halves(events: Vec<Proposed>) -> (Option<Sitrep>, Option<PublicUpdate>) {
    let (mut sitrep, mut update) = (None, None);
    for proposed in events {
        if let IncidentEvent::SitrepSent { sitrep: sent } = proposed.event {
            sitrep = Some(sent);
        } else if let IncidentEvent::PublicUpdatePublished { update: sent } = proposed.event {
            update = Some(sent);
        }
    }
    (sitrep, update)
}

/// What the guard says of the public half, without the words that the writer keeps.
pub(super) fn warnings(form: &Form, incident: &Incident, ctx: &Context) -> Vec<Warning> {
    let text = |name: &str| form.raw(name).unwrap_or_default();
    let public = format!("{}\n{}", text("public_title"), text("message"));
    let inside = ["headline", "situation", "impact", "hypothesis", "needs"].map(text);
    let mut found = guard(&public, incident, &inside, ctx.directory);
    found.retain(|warning| {
        let kept = |(name, word): &(String, String)| {
            name == "kept" && word.eq_ignore_ascii_case(&warning.word)
        };
        !form.0.iter().any(kept)
    });
    found
}

/// The sitrep against the last one; nothing for the first.
pub(super) fn sitrep_changes(new: &Sitrep, incident: &Incident) -> Option<Vec<FieldDiff>> {
    let old = &incident.sitrep.as_ref()?.sitrep;
    Some(diff::sitreps(old.version, new.version, &old.fields(), &new.fields()).fields)
}

/// The public update against the last one; nothing for the first.
pub(super) fn public_changes(
    new: &PublicUpdate,
    new_title: &str,
    incident: &Incident,
    ctx: &Context,
) -> Option<Vec<FieldDiff>> {
    let SentUpdate { update: old, .. } = incident.word.as_ref()?;
    let old_title = incident.summary.public_title.as_deref().unwrap_or_default();
    let by = |update: &PublicUpdate| {
        update
            .next_update_by
            .map(|by| format!("{} UTC", short(by, ctx.now)))
            .unwrap_or_default()
    };
    Some(vec![
        diff::words(
            "public_title",
            old_title,
            if new_title.is_empty() {
                old_title
            } else {
                new_title
            },
        ),
        diff::words("state", old.state.label(), new.state.label()),
        diff::words("message", &old.message, &new.message),
        diff::words(
            "components",
            &components(&known(incident), ctx),
            &components(&new.components, ctx),
        ),
        diff::words("next_update_by", &by(old), &by(new)),
    ])
}

/// What is known of components now, as far as the next update would name them.
fn known(incident: &Incident) -> Vec<Affected> {
    let affected = incident.components.iter().map(|(id, status)| Affected {
        id: id.clone(),
        status: *status,
    });
    affected
        .filter(|a| a.status != domain::ComponentStatus::Operational)
        .collect()
}

/// "API: Slow." a line, in the page's order.
fn components(affected: &[Affected], ctx: &Context) -> String {
    let lines: Vec<String> = ctx
        .directory
        .components
        .iter()
        .filter_map(|component| {
            let found = affected.iter().find(|a| a.id == component.id)?;
            Some(format!("{}: {}.", component.name, found.status.label()))
        })
        .collect();
    lines.join("\n")
}
