//! People, components, settings and tokens. Plain tables; every change also appends an entry to the log, under the stream
//! `house`, so that screens wake up and it stays visible who changed what.

use super::{AccessChange, HouseError, NewToken, StoreError, Token};
use async_trait::async_trait;
use domain::time::Time;
use domain::{
    Component, ComponentId, Directory, Group, HouseEvent, Look, Maintenance, Person, PersonId,
    PersonRef, Settings,
};

/// A change to the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HouseChange {
    /// Adds a person or changes the one with this id. The last administrator stays one. Without access they are signed
    /// out everywhere, and no link that is on its way works.
    PutPerson(Person),
    /// Adds a component or changes the one with this id.
    PutComponent {
        /// The component.
        component: Component,
        /// Its place among its neighbours; without it one that is new there goes to the end, and others stay.
        place: Option<i64>,
    },
    /// Changes a group, its name included.
    PutGroup {
        /// What it is called before.
        was: String,
        /// As it is to be.
        group: Group,
    },
    /// Takes over components and groups of another page, each as it stands there.
    ImportComponents {
        /// The groups.
        groups: Vec<Group>,
        /// The components; those with a known id are changed.
        components: Vec<Component>,
    },
    /// Removes a component. Incidents that name its id keep it.
    RemoveComponent(ComponentId),
    /// Puts components into this order; those not named follow in the order they had.
    OrderComponents(Vec<ComponentId>),
    /// Puts a component under a heading, and all into an order.
    PlaceComponent {
        /// Which.
        component: ComponentId,
        /// The heading; empty for none.
        group: String,
        /// The order; those not named follow in the order they had.
        order: Vec<ComponentId>,
    },
    /// Brings components and groups back to how they were.
    PutBackComponents {
        /// As they were; each says in `updated_at` when it was changed last, and is stale when it was changed since.
        components: Vec<Component>,
        /// The groups as they were.
        groups: Vec<Group>,
        /// Components that were not there.
        gone: Vec<ComponentId>,
    },
    /// Replaces the settings.
    PutSettings(Box<Settings>),
    /// Replaces how the public page is dressed.
    PutLook(Box<Look>),
    /// Adds a planned maintenance, which gets its number then, or changes one.
    PutMaintenance {
        /// As it is to be; its revision is one more than that of the one that it replaces.
        maintenance: Box<Maintenance>,
        /// What makes it one, should it be asked for again.
        key: Option<String>,
        /// The one that follows it, when it comes again.
        next: Option<Box<Maintenance>>,
    },
    /// Takes over maintenances of another page: those without a number are new.
    ImportMaintenances(Vec<Maintenance>),
    /// Adds an API token.
    AddToken(NewToken),
    /// Ends an API token.
    RevokeToken(String),
    /// Changes who is signed in, or how they get in.
    Access(AccessChange),
}

/// An entry of the log about the house.
#[derive(Debug, Clone, PartialEq)]
pub struct HouseEntry {
    /// Place in the order of everything.
    pub position: i64,
    /// When.
    pub at: Time,
    /// Who did it; nobody for the command line.
    pub by: Option<PersonRef>,
    /// What; `None` when another build wrote it in a form that this one does not know.
    pub event: Option<HouseEvent>,
}

/// Reading and changing the house.
#[async_trait]
pub trait House: Send + Sync {
    /// Everything that the screens and the rules look up by id.
    async fn directory(&self) -> Result<Directory, StoreError>;

    /// How the public page is dressed. Apart from the settings, which every screen has: a logo is heavy.
    async fn look(&self) -> Result<Look, StoreError>;

    /// One person, former ones too.
    async fn person(&self, id: &PersonId) -> Result<Option<Person>, StoreError>;

    /// The person with this handle or e-mail, any case, former ones too.
    async fn find_person(&self, handle_or_email: &str) -> Result<Option<Person>, StoreError>;

    /// True when an active person may administer; before that nobody can invite anybody.
    async fn has_admin(&self) -> Result<bool, StoreError>;

    /// Every API token, revoked ones too, the oldest first.
    async fn tokens(&self) -> Result<Vec<Token>, StoreError>;

    /// Changes the house and appends the entry that says so, in one transaction. Answers the entry's position.
    async fn change_house(
        &self,
        by: Option<PersonRef>,
        at: Time,
        change: HouseChange,
    ) -> Result<i64, HouseError>;

    /// At most `limit` entries of the house, the newest first: those before the entry at a position (`None` for the end),
    /// and only those of one person where one is named.
    async fn house_entries(
        &self,
        by: Option<&PersonId>,
        before: Option<i64>,
        limit: i64,
    ) -> Result<Vec<HouseEntry>, StoreError>;
}
