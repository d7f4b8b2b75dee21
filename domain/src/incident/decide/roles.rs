//! Roles and people. Command is never free and never changes hands by accident: it is handed over, or taken by force.

use super::access::responder;
use super::progress::not_over;
use super::{Decision, one};
use crate::directory::{AccountRole, Person};
use crate::event::Context;
use crate::id::PersonId;
use crate::incident::rejection::role_words;
use crate::incident::{Incident, IncidentEvent, Kind, Rejection, Role};
use crate::text;

/// An account that can come in.
fn known<'a>(person: &PersonId, ctx: &Context<'a>) -> Result<&'a Person, Rejection> {
    let found = ctx.directory.person(person);
    let found = found.ok_or_else(|| Rejection::UnknownPerson {
        text: person.to_string(),
    })?;
    if found.active {
        Ok(found)
    } else {
        Err(Rejection::PersonLeft {
            name: found.name.clone(),
        })
    }
}

/// An account that can be given a role: readers can come in, but could not do what the role asks of them.
pub(super) fn able<'a>(person: &PersonId, ctx: &Context<'a>) -> Result<&'a Person, Rejection> {
    let found = known(person, ctx)?;
    if found.role >= AccountRole::Responder {
        Ok(found)
    } else {
        Err(Rejection::ReadersHoldNoRole {
            name: found.name.clone(),
        })
    }
}

fn has_roles(incident: &Incident) -> Result<(), Rejection> {
    if incident.summary.kind == Kind::Backfilled {
        return Err(Rejection::Backfilled);
    }
    not_over(incident)
}

pub(super) fn assign(incident: &Incident, role: Role, person: PersonId, ctx: &Context) -> Decision {
    responder(ctx)?;
    has_roles(incident)?;
    free_for(incident, &role, &person, ctx)?;
    let from = incident
        .summary
        .role(&role)
        .map(|holder| holder.person.clone());
    match (&role, &from) {
        (Role::Ic, Some(ic)) => Err(Rejection::NotInCommand {
            ic: ctx.directory.name(ic),
        }),
        _ => one(IncidentEvent::RoleAssigned { role, person, from }),
    }
}

pub(super) fn hand_over(
    incident: &Incident,
    role: Role,
    to: PersonId,
    reason: &str,
    ctx: &Context,
) -> Decision {
    responder(ctx)?;
    has_roles(incident)?;
    let Some(from) = incident
        .summary
        .role(&role)
        .map(|holder| holder.person.clone())
    else {
        return Err(Rejection::RoleIsEmpty {
            role: role_words(&role),
        });
    };
    if role == Role::Ic && from != *ctx.by {
        return Err(Rejection::NotInCommand {
            ic: ctx.directory.name(&from),
        });
    }
    free_for(incident, &role, &to, ctx)?;
    let reason = text::required_text("reason", reason, text::NOTE)?;
    one(IncidentEvent::RoleHandedOver {
        role,
        from,
        to,
        reason,
    })
}

pub(super) fn take(incident: &Incident, reason: &str, ctx: &Context) -> Decision {
    responder(ctx)?;
    has_roles(incident)?;
    free_for(incident, &Role::Ic, ctx.by, ctx)?;
    let reason = text::required_text("reason", reason, text::NOTE)?;
    let to = ctx.by.clone();
    match incident.summary.ic().cloned() {
        Some(from) => one(IncidentEvent::CommandTaken { from, to, reason }),
        None => one(IncidentEvent::RoleAssigned {
            role: Role::Ic,
            person: to,
            from: None,
        }),
    }
}

pub(super) fn release(incident: &Incident, role: Role, ctx: &Context) -> Decision {
    responder(ctx)?;
    has_roles(incident)?;
    if role == Role::Ic {
        return Err(Rejection::CommandStays);
    }
    match incident
        .summary
        .role(&role)
        .map(|holder| holder.person.clone())
    {
        Some(person) => one(IncidentEvent::RoleReleased { role, person }),
        None => Err(Rejection::RoleIsEmpty {
            role: role_words(&role),
        }),
    }
}

pub(super) fn join(incident: &Incident, person: PersonId, ctx: &Context) -> Decision {
    responder(ctx)?;
    not_over(incident)?;
    let found = known(&person, ctx)?;
    if incident.is_in(&person) {
        return Err(Rejection::IsHere {
            name: found.name.clone(),
        });
    }
    one(IncidentEvent::Joined { person })
}

pub(super) fn leave(incident: &Incident, person: PersonId, ctx: &Context) -> Decision {
    responder(ctx)?;
    if incident.has_role(&person, &Role::Ic) {
        return Err(Rejection::HandOverFirst);
    }
    if !incident.is_in(&person) {
        return Err(Rejection::IsNotHere {
            name: ctx.directory.name(&person),
        });
    }
    one(IncidentEvent::Left { person })
}

fn free_for(
    incident: &Incident,
    role: &Role,
    person: &PersonId,
    ctx: &Context,
) -> Result<(), Rejection> {
    let found = able(person, ctx)?;
    if incident.has_role(person, role) {
        return Err(Rejection::HasRole {
            name: found.name.clone(),
            role: role_words(role),
        });
    }
    Ok(())
}
