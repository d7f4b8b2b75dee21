//! Moving through the phases: the table of the contract, each refusal with its words.

use super::access::{in_charge, responder};
use super::{Decision, not_in_future, one};
use crate::event::Context;
use crate::id::Number;
use crate::incident::{Incident, IncidentEvent, Kind, Phase, Progress, Rejection, Summary};
use crate::text;
use crate::time::Time;

fn has_phases(incident: &Incident) -> Result<(), Rejection> {
    if incident.summary.kind == Kind::Backfilled {
        Err(Rejection::Backfilled)
    } else {
        Ok(())
    }
}

/// Refuses when the incident is closed, cancelled or merged.
pub(super) fn not_over(incident: &Incident) -> Result<(), Rejection> {
    let phase = incident.summary.progress.phase();
    if phase.is_over() {
        Err(Rejection::IsOver { phase })
    } else {
        Ok(())
    }
}

/// Assess, mitigate and watch in any order; clean up to follow up.
pub(super) fn change(incident: &Incident, to: Phase, ctx: &Context) -> Decision {
    responder(ctx)?;
    has_phases(incident)?;
    let from = incident.summary.progress.phase();
    super::changed("phase", from != to)?;
    let allowed =
        (from.is_open() && to.is_open()) || (from == Phase::Cleanup && to == Phase::Followup);
    if !allowed {
        return Err(Rejection::NoSuchStep { from, to });
    }
    one(IncidentEvent::PhaseChanged { from, to })
}

/// From assess, mitigate or watch to clean up.
pub(super) fn resolve(incident: &Incident, at: Option<Time>, ctx: &Context) -> Decision {
    responder(ctx)?;
    has_phases(incident)?;
    not_over(incident)?;
    if incident.summary.progress.phase().is_finishing() {
        return Err(Rejection::IsResolved);
    }
    let resolved_at = at.unwrap_or(ctx.now);
    not_in_future(resolved_at, ctx)?;
    if let Some(started_at) = incident
        .summary
        .started_at
        .filter(|started| resolved_at < *started)
    {
        return Err(Rejection::OverBeforeBegun { started_at });
    }
    one(IncidentEvent::Resolved { resolved_at })
}

/// From clean up or follow up to closed.
pub(super) fn close(incident: &Incident, ctx: &Context) -> Decision {
    in_charge(incident, "close this incident", ctx)?;
    has_phases(incident)?;
    not_over(incident)?;
    let from = incident.summary.progress.phase();
    if !from.is_finishing() {
        return Err(Rejection::NoSuchStep {
            from,
            to: Phase::Closed,
        });
    }
    one(IncidentEvent::Closed {})
}

/// From assess, mitigate or watch: it was a false alarm.
pub(super) fn cancel(incident: &Incident, reason: &str, ctx: &Context) -> Decision {
    in_charge(incident, "cancel this incident", ctx)?;
    still_open(incident, Phase::Cancelled)?;
    one(IncidentEvent::Cancelled {
        reason: text::required_text("reason", reason, text::NOTE)?,
    })
}

/// From assess, mitigate or watch into another incident. The other one is not known here: whoever has both asks
/// [`merges_into`] too.
pub(super) fn merge(incident: &Incident, into: Number, ctx: &Context) -> Decision {
    in_charge(incident, "merge this incident", ctx)?;
    still_open(incident, Phase::Merged)?;
    if into == incident.summary.number {
        return Err(Rejection::MergeIntoItself);
    }
    one(IncidentEvent::Merged { into })
}

/// Refuses another incident that cannot take this one up: it is over, or one of the two is a drill.
pub fn merges_into(incident: &Summary, other: &Summary) -> Result<(), Rejection> {
    let phase = other.progress.phase();
    if phase.is_over() {
        return Err(Rejection::MergeIntoOver {
            into: other.number,
            phase,
        });
    }
    if incident.kind != other.kind {
        return Err(Rejection::MergeOfTwoKinds { into: other.number });
    }
    Ok(())
}

/// Back to mitigate after the end, or to assess after a false alarm that was none.
pub(super) fn reopen(incident: &Incident, reason: &str, ctx: &Context) -> Decision {
    in_charge(incident, "reopen this incident", ctx)?;
    has_phases(incident)?;
    let to = match &incident.summary.progress {
        Progress::Cleanup { .. } | Progress::Followup { .. } | Progress::Closed { .. } => {
            Phase::Mitigate
        }
        Progress::Cancelled { .. } => Phase::Assess,
        Progress::Merged { .. } => {
            return Err(Rejection::IsOver {
                phase: Phase::Merged,
            });
        }
        Progress::Assess {} | Progress::Mitigate {} | Progress::Watch {} => {
            return Err(Rejection::NotOver {
                phase: incident.summary.progress.phase(),
            });
        }
    };
    let reason = text::required_text("reason", reason, text::NOTE)?;
    one(IncidentEvent::Reopened {
        reason,
        to,
        resolved_at: incident.summary.progress.resolved_at(),
    })
}

fn still_open(incident: &Incident, to: Phase) -> Result<(), Rejection> {
    has_phases(incident)?;
    not_over(incident)?;
    let from = incident.summary.progress.phase();
    if from.is_open() {
        Ok(())
    } else {
        Err(Rejection::NoSuchStep { from, to })
    }
}
