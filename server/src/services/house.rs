//! People, components, settings, devices and tokens: what happens outside incidents.

use super::{Refusal, Services};
use crate::ids::{hash, new_id, new_secret};
use crate::look;
use crate::store::{AccessChange, HouseChange, NewToken, Preference, Scope};
use app::AppError;
use app::house::{HouseAnswer, HouseCommand};
use domain::{AccountRole, Group, Look, Person, PersonId, Rejection, text};

/// What letting somebody in came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetIn {
    /// They are new.
    Added,
    /// They were shut out and have access again.
    Again,
    /// They had access; their name or role is another now.
    Changed,
    /// They had access and are as they were.
    Known,
}

pub(super) fn said(words: impl Into<String>) -> HouseAnswer {
    HouseAnswer {
        words: words.into(),
        secret: None,
    }
}

fn once(words: impl Into<String>, secret: String) -> HouseAnswer {
    HouseAnswer {
        words: words.into(),
        secret: Some(secret),
    }
}

pub(super) fn unreadable(field: &str, words: impl Into<String>) -> Refusal {
    Rejection::Unreadable {
        words: words.into(),
        field: field.to_owned(),
    }
    .into()
}

fn gone(what: &str) -> Refusal {
    AppError::NotFound {
        words: format!("This {what} is not there any more. Reload the page."),
    }
    .into()
}

impl Services {
    /// How the public page is dressed.
    pub async fn look(&self) -> Result<Look, Refusal> {
        Ok(self.0.store.look().await?)
    }

    /// Carries out something outside incidents. `session` is the browser that asks, if one does.
    pub async fn keep_house(
        &self,
        by: &PersonId,
        session: Option<&str>,
        command: HouseCommand,
    ) -> Result<HouseAnswer, Refusal> {
        let directory = self.directory();
        let me = directory
            .person(by)
            .filter(|person| person.active)
            .ok_or(Rejection::NotActive)?;
        let own = match &command {
            HouseCommand::NewLink { person } => person == by,
            HouseCommand::RevokeDevice { .. }
            | HouseCommand::RevokeOtherDevices {}
            | HouseCommand::SetPassword { .. }
            | HouseCommand::RemovePassword { .. }
            | HouseCommand::Prefer { .. } => true,
            // Whoever sees in the room that a letter did not go out may send it again, and whoever tells customers of
            // incidents may tell them of maintenance.
            HouseCommand::SendAgain { letter: Some(_) }
            | HouseCommand::ScheduleMaintenance { .. }
            | HouseCommand::ChangeMaintenance { .. }
            | HouseCommand::TellOfMaintenance { .. } => me.role >= AccountRole::Responder,
            HouseCommand::SendAgain { letter: None } | HouseCommand::SendTest {} => false,
            HouseCommand::Invite { .. }
            | HouseCommand::ChangePerson { .. }
            | HouseCommand::AddComponent { .. }
            | HouseCommand::ChangeComponent { .. }
            | HouseCommand::MoveComponent { .. }
            | HouseCommand::PlaceComponent { .. }
            | HouseCommand::ChangeGroup { .. }
            | HouseCommand::PutBackComponents { .. }
            | HouseCommand::RemoveComponent { .. }
            | HouseCommand::SetSettings { .. }
            | HouseCommand::SetLook { .. }
            | HouseCommand::AddToken { .. }
            | HouseCommand::RevokeToken { .. } => false,
        };
        if !own && me.role != AccountRole::Admin {
            let words = match command {
                HouseCommand::ScheduleMaintenance { .. }
                | HouseCommand::ChangeMaintenance { .. }
                | HouseCommand::TellOfMaintenance { .. } => {
                    "Only responders and administrators plan maintenance. Ask one of them."
                }
                _ => {
                    "Only administrators change people, components, settings and tokens. Ask one of them."
                }
            };
            return Err(AppError::Forbidden {
                words: words.to_owned(),
            }
            .into());
        }
        match command {
            HouseCommand::Invite { email, name, role } => {
                let person = self.add_person(Some(by), &email, &name, role).await?;
                let mailed = self.mail_sign_in_link(&person).await?;
                let link = self.sign_in_link(Some(by), &person.id).await?;
                let name = &person.name;
                Ok(once(
                    if mailed {
                        format!(
                            "{name} is invited by mail. This link works too, once, for two days."
                        )
                    } else {
                        format!("{name} is invited. The link works once, for two days.")
                    },
                    link,
                ))
            }
            HouseCommand::ChangePerson {
                person,
                name,
                handle,
                role,
                active,
            } => {
                let before = directory.person(&person).ok_or_else(|| gone("account"))?;
                let after = changed_person(before, name, handle, role, active)?;
                let name = after.name.clone();
                self.change(Some(by), HouseChange::PutPerson(after)).await?;
                Ok(said(format!("{name} is changed.")))
            }
            HouseCommand::NewLink { person } => {
                let person = directory.person(&person).filter(|p| p.active && !p.service);
                let person = person.ok_or_else(|| gone("account"))?;
                let link = self.sign_in_link(Some(by), &person.id).await?;
                Ok(once(
                    format!(
                        "Whoever opens this link is {}, once. It works for two days.",
                        person.name
                    ),
                    link,
                ))
            }
            HouseCommand::RevokeDevice { device } => {
                let own = session == Some(device.as_str());
                let end = AccessChange::End {
                    person: by.clone(),
                    session: device,
                };
                if !self.admit(Some(by), end).await? {
                    return Err(gone("device"));
                }
                Ok(said(if own {
                    "You are signed out."
                } else {
                    "It is signed out."
                }))
            }
            HouseCommand::RevokeOtherDevices {} => {
                let end = AccessChange::EndOthers {
                    person: by.clone(),
                    except: session.map(str::to_owned),
                };
                self.admit(Some(by), end).await?;
                Ok(said(
                    "You are signed out everywhere else, and no sign-in link that is on its way works.",
                ))
            }
            HouseCommand::SetPassword { current, new } => {
                self.set_password(by, session, current.as_ref(), &new)
                    .await?;
                Ok(said(
                    "The password is kept. Every other device is signed out.",
                ))
            }
            HouseCommand::RemovePassword { current } => {
                self.remove_password(by, session, current.as_ref()).await?;
                Ok(said(
                    "You have no password any more, and every other device is signed out. Links let you in.",
                ))
            }
            HouseCommand::AddComponent {
                name,
                group,
                description,
            } => self.add_component(by, &name, &group, &description).await,
            HouseCommand::ChangeComponent {
                component,
                name,
                group,
                description,
                hidden,
            } => {
                let of = directory.component(&component);
                let mut changed = of.ok_or_else(|| gone("component"))?.clone();
                changed.name = name.unwrap_or(changed.name);
                changed.group = group.unwrap_or(changed.group);
                changed.description = description.unwrap_or(changed.description);
                changed.hidden = hidden.unwrap_or(changed.hidden);
                self.change_component(by, changed).await
            }
            HouseCommand::MoveComponent { component, up } => {
                let of = directory.component(&component);
                of.ok_or_else(|| gone("component"))?;
                let Some(order) = directory.moved(&component, up) else {
                    return Ok(said("It stands at the end already."));
                };
                self.change(Some(by), HouseChange::OrderComponents(order))
                    .await?;
                Ok(said("The order is changed."))
            }
            HouseCommand::PlaceComponent {
                component,
                group,
                order,
            } => self.place_component(by, component, group, order).await,
            HouseCommand::ChangeGroup {
                was,
                name,
                description,
                opens,
            } => {
                let mut all = directory.groups.iter();
                let group = all.find(|group| group.name == was);
                let group = Group {
                    name,
                    description,
                    opens,
                    ..group.ok_or_else(|| gone("group"))?.clone()
                };
                self.change_group(by, was, group).await
            }
            HouseCommand::PutBackComponents { back } => self.put_back(by, *back).await,
            HouseCommand::RemoveComponent { component } => {
                self.change(Some(by), HouseChange::RemoveComponent(component))
                    .await?;
                Ok(said("It is removed. Past incidents keep it."))
            }
            HouseCommand::ScheduleMaintenance { plan, message, key } => {
                let one = self.schedule(by, &plan, &message, key).await?;
                Ok(said(format!(
                    "“{}” is scheduled and on the status page.",
                    one.plan.title
                )))
            }
            HouseCommand::ChangeMaintenance {
                maintenance,
                revision,
                plan,
                message,
            } => {
                self.change_maintenance(by, maintenance, revision, &plan, &message)
                    .await?;
                Ok(said("The plan is changed, on the status page too."))
            }
            HouseCommand::TellOfMaintenance {
                maintenance,
                revision,
                state,
                message,
            } => {
                self.tell_of_maintenance(by, maintenance, revision, state, &message)
                    .await?;
                Ok(said("Customers can read it."))
            }
            HouseCommand::SetSettings { mut settings } => {
                for page in &mut settings.status_pages {
                    if page.id.is_empty() {
                        page.id = new_id();
                    }
                }
                let settings = Box::new(settings.checked()?);
                if settings.time_zone.parse::<chrono_tz::Tz>().is_err() {
                    let words = format!(
                        "There is no time zone {}. Write it as Europe/Berlin or Etc/UTC.",
                        settings.time_zone
                    );
                    return Err(unreadable("time_zone", words));
                }
                self.change(Some(by), HouseChange::PutSettings(settings))
                    .await?;
                Ok(said("The settings are kept."))
            }
            HouseCommand::SetLook { look } => {
                let look = Box::new(look::checked(*look)?);
                self.change(Some(by), HouseChange::PutLook(look)).await?;
                Ok(said("The status page looks so now."))
            }
            HouseCommand::Prefer { theme, keys_off } => {
                let mut preference = self.0.store.preference(by).await?;
                if let Some(theme) = theme {
                    preference.theme = match theme.as_str() {
                        "" => None,
                        "light" | "night" => Some(theme),
                        other => {
                            return Err(unreadable(
                                "theme",
                                format!("“{other}” is not a theme. Use light or night."),
                            ));
                        }
                    };
                }
                preference.keys_off = keys_off.unwrap_or(preference.keys_off);
                self.0
                    .store
                    .put_preference(by, Preference { ..preference })
                    .await?;
                Ok(said("Kept."))
            }
            HouseCommand::SendAgain { letter } => {
                let count = self.send_again(letter.as_deref()).await?;
                Ok(said(match count {
                    0 => "Nothing waits any more.".to_owned(),
                    1 => "It is tried again now.".to_owned(),
                    many => format!("{many} letters are tried again now."),
                }))
            }
            HouseCommand::SendTest {} => {
                let address = self.send_test(me).await?;
                Ok(said(format!("A test mail goes to {address}.")))
            }
            HouseCommand::AddToken { name, scope } => {
                let scope: Scope = scope
                    .parse()
                    .map_err(|words: String| unreadable("scope", words))?;
                let token = self.add_token(Some(by), &name, scope, None).await?;
                Ok(once(
                    "This is the token. It is shown once; keep it where secrets are kept.",
                    token,
                ))
            }
            HouseCommand::RevokeToken { token } => {
                self.change(Some(by), HouseChange::RevokeToken(token))
                    .await?;
                Ok(said("The token does not work any more."))
            }
        }
    }

    /// Adds a person. The handle comes from the e-mail, with a number when it is taken.
    pub async fn add_person(
        &self,
        by: Option<&PersonId>,
        email: &str,
        name: &str,
        role: AccountRole,
    ) -> Result<Person, Refusal> {
        let email = text::address("email", email)?;
        let local = email.split('@').next().unwrap_or_default();
        let name = text::required_line("name", name, 80)?;
        let handle = self.free_handle(local);
        let id = PersonId::new(new_id());
        let person = Person {
            id,
            handle,
            name,
            email: Some(email.clone()),
            role,
            service: false,
            active: true,
        };
        self.change(by, HouseChange::PutPerson(person.clone()))
            .await?;
        Ok(person)
    }

    /// Lets somebody in from the command line, whatever they were before: a new account, one that was shut out, or one whose
    /// name or role is to be another.
    pub async fn let_in(
        &self,
        email: &str,
        name: &str,
        role: AccountRole,
    ) -> Result<(Person, LetIn), Refusal> {
        let Some(before) = self.0.store.find_person(email).await? else {
            let person = self.add_person(None, email, name, role).await?;
            return Ok((person, LetIn::Added));
        };
        if before.service {
            let words = format!(
                "{email} is {}, who acts for an API token; nobody signs in as them. Choose another e-mail.",
                before.name
            );
            return Err(unreadable("email", words));
        }
        let after = changed_person(&before, Some(name.to_owned()), None, Some(role), Some(true))?;
        let what = if after == before {
            return Ok((before, LetIn::Known));
        } else if before.active {
            LetIn::Changed
        } else {
            LetIn::Again
        };
        self.change(None, HouseChange::PutPerson(after.clone()))
            .await?;
        Ok((after, what))
    }

    /// Makes a token. Without `person` a service person of that name is made for it.
    pub async fn add_token(
        &self,
        by: Option<&PersonId>,
        name: &str,
        scope: Scope,
        person: Option<PersonId>,
    ) -> Result<String, Refusal> {
        let name = text::required_line("name", name, 80)?;
        let person = if let Some(person) = person {
            person
        } else {
            let role = match scope {
                Scope::Read => AccountRole::Reader,
                Scope::Write => AccountRole::Responder,
                Scope::Admin => AccountRole::Admin,
            };
            let service = Person {
                id: PersonId::new(new_id()),
                handle: self.free_handle(&name),
                name: name.clone(),
                email: None,
                role,
                service: true,
                active: true,
            };
            self.change(by, HouseChange::PutPerson(service.clone()))
                .await?;
            service.id
        };
        let secret = format!("muster_{}", new_secret());
        let token = NewToken {
            id: new_id(),
            name,
            person,
            secret_hash: hash(&secret),
            scope,
        };
        self.change(by, HouseChange::AddToken(token)).await?;
        Ok(secret)
    }

    pub(super) async fn change(
        &self,
        by: Option<&PersonId>,
        change: HouseChange,
    ) -> Result<(), Refusal> {
        let by = by.and_then(|by| self.actor(by));
        self.0.store.change_house(by, self.now(), change).await?;
        Ok(self.refresh_directory().await?)
    }

    fn free_handle(&self, wish: &str) -> String {
        let wish = as_handle(wish);
        let directory = self.directory();
        let taken = |handle: &str| {
            directory
                .people
                .iter()
                .any(|person| person.handle == handle)
        };
        if !taken(&wish) {
            return wish;
        }
        (2..10_000)
            .map(|n| format!("{wish}{n}"))
            .find(|handle| !taken(handle))
            .unwrap_or(wish)
    }
}

fn changed_person(
    before: &Person,
    name: Option<String>,
    handle: Option<String>,
    role: Option<AccountRole>,
    active: Option<bool>,
) -> Result<Person, Refusal> {
    let mut person = before.clone();
    if let Some(name) = name {
        person.name = text::required_line("name", &name, 80)?;
    }
    if let Some(handle) = handle {
        let typed = text::required_line("handle", handle.trim_start_matches('@'), 40)?;
        person.handle = as_handle(&typed);
        if person.handle != typed {
            let words =
                "A handle has lower case letters, digits, dots, hyphens and underscores only.";
            return Err(unreadable("handle", words));
        }
    }
    person.role = role.unwrap_or(person.role);
    person.active = active.unwrap_or(person.active);
    Ok(person)
}

fn as_handle(text: &str) -> String {
    let handle: String = text
        .to_lowercase()
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') {
                c
            } else {
                '-'
            }
        })
        .take(40)
        .collect();
    let handle = handle.trim_matches('-').to_owned();
    if handle.is_empty() {
        "person".to_owned()
    } else {
        handle
    }
}
