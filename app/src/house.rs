//! What administrators, and everybody for their own devices, can ask for outside incidents. Read from plain forms like
//! the commands of an incident.

mod put_back;

use domain::clock::{Promise, read_minutes, read_promise};
use domain::directory::{AccountRole, Settings};
use domain::incident::{Form, Rejection};
use domain::maintenance::Repeat;
use domain::{
    ComponentId, Link, Look, MaintenanceNumber, MaintenanceState, Opens, PersonId, Severity,
    Template,
};
use serde::{Deserialize, Serialize};
use std::fmt;

pub use put_back::PutBack;

/// Something asked for outside incidents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum HouseCommand {
    /// Invite somebody. The answer is a one-time sign-in link.
    Invite {
        /// Where they are reached.
        email: String,
        /// Their name.
        name: String,
        /// What they may do.
        role: AccountRole,
    },
    /// Change an account.
    ChangePerson {
        /// Whose.
        person: PersonId,
        /// The name to show.
        name: Option<String>,
        /// What people type after an @.
        handle: Option<String>,
        /// What they may do.
        role: Option<AccountRole>,
        /// False takes access away and ends every session.
        active: Option<bool>,
    },
    /// A new sign-in link for somebody, or for oneself on another device.
    NewLink {
        /// For whom.
        person: PersonId,
    },
    /// End a session.
    RevokeDevice {
        /// Which.
        device: String,
    },
    /// End all of one's sessions but this one.
    RevokeOtherDevices {},
    /// Choose a password, or another one.
    SetPassword {
        /// The one there is, if there is one.
        current: Option<Secret>,
        /// The one to be.
        new: Secret,
    },
    /// Have no password any more.
    RemovePassword {
        /// The one there is.
        current: Option<Secret>,
    },
    /// Add a component.
    AddComponent {
        /// Its public name.
        name: String,
        /// The heading it stands under.
        group: String,
        /// A line about it.
        description: String,
    },
    /// Change a component.
    ChangeComponent {
        /// Which.
        component: ComponentId,
        /// Its public name.
        name: Option<String>,
        /// The heading it stands under.
        group: Option<String>,
        /// A line about it.
        description: Option<String>,
        /// Not on the status page.
        hidden: Option<bool>,
    },
    /// Move a component one place up or down.
    MoveComponent {
        /// Which.
        component: ComponentId,
        /// Up, or else down.
        up: bool,
    },
    /// Put a component under a heading, and all of them into an order.
    PlaceComponent {
        /// Which.
        component: ComponentId,
        /// The heading; empty for none.
        group: String,
        /// The order; those not named follow.
        order: Vec<ComponentId>,
    },
    /// Change a group of components.
    ChangeGroup {
        /// What it is called before.
        was: String,
        /// What it is to be called.
        name: String,
        /// A line about it; may be empty.
        description: String,
        /// Whether the page shows what stands under it.
        opens: Opens,
    },
    /// Undo what was done to components and groups.
    PutBackComponents {
        /// As it was.
        back: Box<PutBack>,
    },
    /// Remove a component from the list; history keeps its id.
    RemoveComponent {
        /// Which.
        component: ComponentId,
    },
    /// Plan a maintenance.
    ScheduleMaintenance {
        /// The plan.
        plan: Box<TypedPlan>,
        /// What customers read of it now.
        message: String,
        /// What makes it one, should it be sent twice.
        key: Option<String>,
    },
    /// Change the plan of a maintenance.
    ChangeMaintenance {
        /// Which.
        maintenance: MaintenanceNumber,
        /// The revision that was seen.
        revision: i64,
        /// The plan.
        plan: Box<TypedPlan>,
        /// What customers read of the change; may be empty.
        message: String,
    },
    /// Tell customers of a maintenance, and move it on.
    TellOfMaintenance {
        /// Which.
        maintenance: MaintenanceNumber,
        /// The revision that was seen.
        revision: i64,
        /// Where it stands now.
        state: MaintenanceState,
        /// What customers read.
        message: String,
    },
    /// Change the house rules.
    SetSettings {
        /// All of them.
        settings: Box<Settings>,
    },
    /// Dress the public page in another way.
    SetLook {
        /// All of it.
        look: Box<Look>,
    },
    /// Light, night or what the device says; keys on or off.
    Prefer {
        /// `light`, `night` or empty.
        theme: Option<String>,
        /// True switches single keys off.
        keys_off: Option<bool>,
    },
    /// Try letters that did not go out again, at once.
    SendAgain {
        /// Which; all when left out, for administrators.
        letter: Option<String>,
    },
    /// Send oneself a mail that says that mail arrives.
    SendTest {},
    /// Make an API token. The answer is the token, once.
    AddToken {
        /// What it is for.
        name: String,
        /// `read`, `write` or `admin`.
        scope: String,
    },
    /// End an API token.
    RevokeToken {
        /// Which.
        token: String,
    },
}

/// The plan of a maintenance as it is typed: times by the clock of the page, or with a zone of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedPlan {
    /// What it is, for customers.
    pub title: String,
    /// Which components it takes down.
    pub components: Vec<ComponentId>,
    /// When it begins: "2026-11-24T01:30".
    pub from: String,
    /// When it is to be over.
    pub to: String,
    /// It begins by itself.
    pub starts_itself: bool,
    /// It is completed by itself.
    pub ends_itself: bool,
    /// So many minutes before it begins its owner is reminded.
    pub remind_before: Option<i64>,
    /// It comes again.
    pub repeat: Option<Repeat>,
}

/// A password on its way. It is nowhere shown, also not by mistake.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Takes what was typed into the fields of passwords out of a form, before anything is made of it that may be shown or kept.
pub fn without_passwords(form: Form) -> Form {
    let kept = |(name, _): &(String, String)| !name.ends_with("password");
    Form(form.0.into_iter().filter(kept).collect())
}

/// True for a form that is about a password: without it, it cannot be sent again.
pub fn is_about_a_password(form: &Form) -> bool {
    form.get("do")
        .is_some_and(|what| what.ends_with("password"))
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseAnswer {
    /// What happened, for the person.
    pub words: String,
    /// A link or token to show once.
    pub secret: Option<String>,
}

impl HouseCommand {
    /// Reads a form; `settings` are the ones that fields left out keep.
    pub fn from_form(form: &Form, settings: &Settings) -> Result<Self, Rejection> {
        let text = |name: &str| form.raw(name).unwrap_or_default().to_owned();
        let some = |name: &str| form.raw(name).map(str::to_owned);
        let person = || PersonId::new(text("person"));
        let component = || ComponentId::new(text("component"));
        let unreadable = |field: &str| {
            let field = field.to_owned();
            move |words| Rejection::Unreadable {
                words,
                field: field.clone(),
            }
        };
        let count = |field: &str| {
            let stale = "This form lacks what it is about. Reload the page.".to_owned();
            text(field)
                .parse::<i64>()
                .map_err(|_| unreadable(field)(stale))
        };
        let maintenance = || count("maintenance").map(MaintenanceNumber);
        let revision = || count("revision");
        let role = || {
            form.get("role")
                .map(|r| r.parse::<AccountRole>().map_err(unreadable("role")))
                .transpose()
        };
        Ok(match form.get("do").unwrap_or_default() {
            "invite" => Self::Invite {
                email: text("email"),
                name: text("name"),
                role: role()?.unwrap_or(AccountRole::Responder),
            },
            "change_person" => Self::ChangePerson {
                person: person(),
                name: some("name"),
                handle: some("handle"),
                role: role()?,
                active: form.get("active").map(|v| v == "yes"),
            },
            "new_link" => Self::NewLink { person: person() },
            "revoke_device" => Self::RevokeDevice {
                device: text("device"),
            },
            "revoke_other_devices" => Self::RevokeOtherDevices {},
            "set_password" => Self::SetPassword {
                current: some("current_password").map(Secret),
                new: Secret(text("new_password")),
            },
            "remove_password" => Self::RemovePassword {
                current: some("current_password").map(Secret),
            },
            "add_component" => Self::AddComponent {
                name: text("name"),
                group: text("group"),
                description: text("description"),
            },
            "change_component" => Self::ChangeComponent {
                component: component(),
                name: some("name"),
                group: some("group"),
                description: some("description"),
                hidden: form.get("visible").map(|v| v != "yes"),
            },
            "move_component" => Self::MoveComponent {
                component: component(),
                up: form.get("to") == Some("up"),
            },
            "change_group" => Self::ChangeGroup {
                was: text("was"),
                name: text("name"),
                description: text("description"),
                opens: text("opens").parse().map_err(unreadable("opens"))?,
            },
            "remove_component" => Self::RemoveComponent {
                component: component(),
            },
            "schedule_maintenance" => Self::ScheduleMaintenance {
                plan: Box::new(read_plan(form)?),
                message: text("message"),
                key: some("key"),
            },
            "change_maintenance" => Self::ChangeMaintenance {
                maintenance: maintenance()?,
                revision: revision()?,
                plan: Box::new(read_plan(form)?),
                message: text("message"),
            },
            "tell_of_maintenance" => Self::TellOfMaintenance {
                maintenance: maintenance()?,
                revision: revision()?,
                state: text("state").parse().map_err(unreadable("state"))?,
                message: text("message"),
            },
            "settings" => Self::SetSettings {
                settings: Box::new(read_settings(form, settings)?),
            },
            "look" => Self::SetLook {
                look: Box::new(read_look(form)?),
            },
            "prefer" => Self::Prefer {
                theme: some("theme"),
                keys_off: form.get("keys").map(|v| v == "off"),
            },
            "send_again" => Self::SendAgain {
                letter: form.get("letter").map(str::to_owned),
            },
            "send_test" => Self::SendTest {},
            "add_token" => Self::AddToken {
                name: text("name"),
                scope: text("scope"),
            },
            "revoke_token" => Self::RevokeToken {
                token: text("token"),
            },
            other => {
                return Err(unreadable("do")(format!(
                    "This form is of an unknown kind (“{other}”). Reload the page."
                )));
            }
        })
    }
}

/// Components are fields of one name; a tick that is not there means no.
fn read_plan(form: &Form) -> Result<TypedPlan, Rejection> {
    let text = |name: &str| form.raw(name).unwrap_or_default().to_owned();
    let ticked = |name: &str| form.get(name) == Some("yes");
    let repeat = match form.get("repeat") {
        None | Some("") => None,
        Some(repeat) => Some(repeat.parse().map_err(|words| Rejection::Unreadable {
            words,
            field: "repeat".to_owned(),
        })?),
    };
    let components = form.0.iter().filter(|(name, _)| name == "components");
    Ok(TypedPlan {
        title: text("title"),
        components: components.map(|(_, id)| ComponentId::new(id)).collect(),
        from: text("from"),
        to: text("to"),
        starts_itself: ticked("starts_itself"),
        ends_itself: ticked("ends_itself"),
        remind_before: match form.get("remind_before") {
            None | Some("") => None,
            Some(typed) => Some(read_minutes("remind_before", typed)?),
        },
        repeat,
    })
}

/// Promises are fields called `sev1.first_word` in minutes; blank means none. Internal words stand one on a line.
fn read_settings(form: &Form, before: &Settings) -> Result<Settings, Rejection> {
    let mut settings = before.clone();
    if let Some(name) = form.raw("organisation") {
        name.clone_into(&mut settings.organisation);
    }
    if let Some(prefix) = form.raw("prefix") {
        prefix.clone_into(&mut settings.prefix);
    }
    if let Some(zone) = form.raw("time_zone") {
        zone.trim().clone_into(&mut settings.time_zone);
    }
    if let Some(words) = form.raw("internal_words") {
        settings.internal_words = words.lines().map(str::to_owned).collect();
    }
    if let Some(addresses) = form.raw("incident_list") {
        settings.incident_list = addresses.lines().map(str::to_owned).collect();
    }
    if let Some(was) = form.raw("template") {
        read_template(form, was, &mut settings.templates)?;
    }
    if let Some(typed) = form.raw("severity_within") {
        settings.promises.severity_within = read_minutes("severity_within", typed)?;
    }
    for severity in Severity::ALL {
        let minutes = |name: &str, old: Option<i64>| {
            let field = format!("{}.{name}", severity.as_str());
            match form.raw(&field) {
                None => Ok(old),
                Some(typed) => read_promise(&field, typed),
            }
        };
        let old = *before.promises.of(severity);
        *settings.promises.of_mut(severity) = Promise {
            first_word: minutes("first_word", old.first_word)?,
            next_word: minutes("next_word", old.next_word)?,
            sitrep: minutes("sitrep", old.sitrep)?,
            command: minutes("command", old.command)?,
        };
    }
    settings.checked()
}

/// Links stand one on a line.
fn read_look(form: &Form) -> Result<Look, Rejection> {
    let text = |name: &str| form.raw(name).unwrap_or_default().to_owned();
    let links = form.raw("links").unwrap_or_default().lines();
    let links = links.filter(|line| !line.trim().is_empty());
    Ok(Look {
        logo: text("logo"),
        colour: text("colour"),
        colour_night: text("colour_night"),
        links: links.map(Link::read).collect::<Result<_, _>>()?,
        footer: text("footer"),
        css: text("css"),
    })
}

/// One template of a form takes the place of the one that was called `was`: nothing for a new one, and nothing of one that goes.
fn read_template(form: &Form, was: &str, all: &mut Vec<Template>) -> Result<(), Rejection> {
    all.retain(|one| one.name != was);
    if form.get("remove") == Some("yes") {
        return Ok(());
    }
    let text = |name: &str| form.raw(name).unwrap_or_default().to_owned();
    let state = match form.get("template_state") {
        None | Some("") => None,
        Some(state) => Some(state.parse().map_err(|words| Rejection::Unreadable {
            words,
            field: "template_state".to_owned(),
        })?),
    };
    all.push(Template {
        name: text("template_name"),
        state,
        message: text("template_message"),
    });
    Ok(())
}
