//! Putting off an overdue promise.

use super::access::responder;
use super::{Decision, one};
use crate::clock::{ClockKind, after, clocks};
use crate::event::Context;
use crate::incident::{Incident, IncidentEvent, Rejection};
use crate::text;
use std::ops::RangeInclusive;

/// For how long, in minutes: long enough to be left alone, short enough that nothing is forgotten.
const MINUTES: RangeInclusive<i64> = 1..=240;

pub(super) fn snooze(
    incident: &Incident,
    clock: ClockKind,
    minutes: i64,
    reason: &str,
    ctx: &Context,
) -> Decision {
    responder(ctx)?;
    let running = clocks(&incident.summary, &ctx.directory.settings.promises, ctx.now);
    let promised = |kind| {
        running
            .iter()
            .any(|clock| clock.kind == kind && clock.due_at.is_some())
    };
    if !promised(clock) {
        return Err(Rejection::NothingPromised {
            duty: clock.duty().to_owned(),
        });
    }
    if !MINUTES.contains(&minutes) {
        return Err(Rejection::Unreadable {
            words: format!("“{minutes}” is not a number of minutes from 1 to 240."),
            field: "minutes".to_owned(),
        });
    }
    one(IncidentEvent::Snoozed {
        clock,
        until: after(ctx.now, minutes),
        reason: text::required_text("reason", reason, text::NOTE)?,
    })
}
