//! Who is signed in, as every screen below the frame finds it in the context.

use crate::data::{Me, Preference};
use domain::directory::{AccountRole, Directory, Person};
use leptos::prelude::*;

/// The signed-in person and the directory, kept up to date by the live stream.
#[derive(Clone, Copy)]
pub struct Session {
    /// The account.
    pub person: RwSignal<Person>,
    /// People, components, settings.
    pub directory: RwSignal<Directory>,
    /// How the person likes the screens.
    pub preference: RwSignal<Preference>,
}

impl Session {
    /// Takes what the server said and puts it into the context.
    pub fn provide(me: Me) -> Self {
        let session = Self {
            person: RwSignal::new(me.person),
            directory: RwSignal::new(me.directory),
            preference: RwSignal::new(me.preference),
        };
        provide_context(session);
        session
    }

    /// True for responders and administrators.
    pub fn may_act(self) -> bool {
        self.person
            .with(|person| person.role >= AccountRole::Responder)
    }

    /// The same, as it stands now: for what is rendered once.
    pub fn may_act_now(self) -> bool {
        untrack(|| self.may_act())
    }

    /// True for administrators.
    pub fn may_keep_house(self) -> bool {
        self.person.with(|person| person.role == AccountRole::Admin)
    }

    /// The same, as it stands now: for what is rendered once.
    pub fn may_keep_house_now(self) -> bool {
        untrack(|| self.may_keep_house())
    }
}

/// The session of a signed-in screen.
///
/// # Panics
/// Outside the frame, which is a mistake in the code and not in the data.
pub fn use_session() -> Session {
    expect_context::<Session>()
}
