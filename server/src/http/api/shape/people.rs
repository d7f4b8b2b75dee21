//! People and components, in full and as other things name them.

use super::{View, words};
use domain::directory::AccountRole;
use domain::{ComponentId, ComponentStatus, PersonId};
use serde::Serialize;
use utoipa::ToSchema;

/// A person as other things name them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PersonRef {
    /// The lasting id.
    id: String,
    /// What people type after an @.
    #[schema(example = "bo")]
    handle: String,
    /// The name to show.
    #[schema(example = "Bo Lind")]
    name: String,
}

impl From<&domain::PersonRef> for PersonRef {
    fn from(person: &domain::PersonRef) -> Self {
        let domain::PersonRef { id, handle, name } = person;
        Self {
            id: id.to_string(),
            handle: handle.clone(),
            name: name.clone(),
        }
    }
}

/// An account.
#[derive(Debug, Serialize, ToSchema)]
pub struct Person {
    /// The lasting id.
    id: String,
    /// What people type after an @.
    #[schema(example = "bo")]
    handle: String,
    /// The name to show.
    #[schema(example = "Bo Lind")]
    name: String,
    /// Where they are reached; service persons have none.
    #[schema(required, example = "bo@example.com")]
    email: Option<String>,
    /// What the account may do.
    #[schema(value_type = words::Account)]
    role: AccountRole,
    /// True for the named owner of an API token, who is nobody in flesh.
    service: bool,
    /// False once access was taken away; the name stays in history.
    active: bool,
}

impl From<&domain::Person> for Person {
    fn from(person: &domain::Person) -> Self {
        let domain::Person {
            id,
            handle,
            name,
            email,
            role,
            service,
            active,
        } = person;
        Self {
            id: id.to_string(),
            handle: handle.clone(),
            name: name.clone(),
            email: email.clone(),
            role: *role,
            service: *service,
            active: *active,
        }
    }
}

/// A component as other things name it, with the status they give it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComponentRef {
    /// The lasting id.
    id: String,
    /// The public name.
    #[schema(example = "API")]
    name: String,
    /// How it does.
    #[schema(value_type = words::ComponentStatus)]
    status: ComponentStatus,
}

impl View<'_> {
    /// A person by id; one that is not known any more keeps the id.
    pub(super) fn person(&self, id: &PersonId) -> PersonRef {
        match self.directory.person(id) {
            Some(person) => (&person.as_ref()).into(),
            None => PersonRef {
                id: id.to_string(),
                handle: String::new(),
                name: self.directory.name(id),
            },
        }
    }

    /// A component with a status; one that was removed keeps the id.
    pub(super) fn component(&self, id: &ComponentId, status: ComponentStatus) -> ComponentRef {
        let name = self
            .directory
            .component(id)
            .map_or("a removed component", |found| &found.name);
        ComponentRef {
            id: id.to_string(),
            name: name.to_owned(),
            status,
        }
    }
}
