//! Who may do what (the rights of the contract).

use crate::directory::{AccountRole, Person};
use crate::event::Context;
use crate::incident::{Incident, Rejection, Role};

/// The account that acts; refused when it is gone.
pub(super) fn actor<'a>(ctx: &Context<'a>) -> Result<&'a Person, Rejection> {
    ctx.directory
        .person(ctx.by)
        .filter(|person| person.active)
        .ok_or(Rejection::NotActive)
}

/// The account that acts, at least a responder.
pub(super) fn responder<'a>(ctx: &Context<'a>) -> Result<&'a Person, Rejection> {
    let person = actor(ctx)?;
    if person.role >= AccountRole::Responder {
        Ok(person)
    } else {
        Err(Rejection::ReadersOnlyAsk)
    }
}

/// The account that acts, an administrator.
pub fn administrator<'a>(ctx: &Context<'a>) -> Result<&'a Person, Rejection> {
    let person = actor(ctx)?;
    if person.role == AccountRole::Admin {
        Ok(person)
    } else {
        Err(Rejection::AdministratorsRedact)
    }
}

/// True when the acting account may close, cancel, merge and reopen: the IC, the deputy, or an administrator.
pub fn may_end(incident: &Incident, ctx: &Context) -> bool {
    actor(ctx).is_ok_and(|person| {
        person.role == AccountRole::Admin
            || (person.role == AccountRole::Responder
                && [Role::Ic, Role::Deputy]
                    .iter()
                    .any(|role| incident.has_role(&person.id, role)))
    })
}

/// Refuses everybody who may not end an incident; `what` completes "may …".
pub(super) fn in_charge(incident: &Incident, what: &str, ctx: &Context) -> Result<(), Rejection> {
    responder(ctx)?;
    if may_end(incident, ctx) {
        return Ok(());
    }
    let ic = incident.summary.ic().map_or_else(
        || "an administrator".to_owned(),
        |id| ctx.directory.name(id),
    );
    Err(Rejection::NotInCharge {
        what: what.to_owned(),
        ic,
    })
}
