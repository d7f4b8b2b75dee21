//! What Muster does, whoever asks: the screens, the API and the command line all come through here. One writing door for
//! incidents ([`Services::execute`]), one for the house ([`Services::keep_house`]).

mod access;
mod audit;
mod clocks;
mod drafts;
mod house;
mod incidents;
mod listing;
mod maintenance;
mod once;
mod passwords;
mod post;
mod redaction;
mod refusal;
mod screens;
mod upkeep;

pub use access::SESSION_DAYS;
pub use house::LetIn;
pub use passwords::PasswordSignIn;
pub use redaction::{InDraft, Mailed, Places, Redacted};
pub use refusal::Refusal;
pub use screens::HERE_SECONDS;
pub use upkeep::Forgotten;

use crate::clock::Clock;
use crate::store::{Once, Store, StoreError};
use domain::time::Time;
use domain::{AccountRole, Directory, Incident, IncidentEvent, Number, PersonId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

/// How many incidents' states are kept at hand.
const AT_HAND: usize = 256;

/// How many commands can be decided at once; those on one incident take turns.
const TURNS: usize = 64;

/// The services, cheap to clone; perhaps for one request with a key.
#[derive(Clone)]
pub struct Services(Arc<Inner>, Option<Arc<Once>>);

struct Inner {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    base_url: String,
    build: String,
    /// Whom letters are from; nobody where no mail is set up.
    letters_from: OnceLock<String>,
    directory: RwLock<Arc<Directory>>,
    /// Held while the directory is read anew, so that of two readings the later one stays.
    reading: tokio::sync::Mutex<()>,
    /// States by number; each is brought up to date from the log before it is used, so an old one is only slower.
    at_hand: Mutex<HashMap<Number, Arc<Incident>>>,
    /// Held by whoever decides on an incident, so that a crowd in one room waits in line rather than deciding in vain.
    turns: [tokio::sync::Mutex<()>; TURNS],
    hashing: passwords::Hashing,
}

impl Services {
    /// Opens the services on a store.
    pub async fn open(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        base_url: String,
        build: String,
    ) -> Result<Self, StoreError> {
        let directory = RwLock::new(Arc::new(store.directory().await?));
        let at_hand = Mutex::new(HashMap::new());
        let inner = Inner {
            store,
            clock,
            base_url,
            build,
            letters_from: OnceLock::new(),
            directory,
            reading: tokio::sync::Mutex::default(),
            at_hand,
            turns: std::array::from_fn(|_| tokio::sync::Mutex::new(())),
            hashing: passwords::Hashing::default(),
        };
        Ok(Self(Arc::new(inner), None))
    }

    /// The store, for reading what no rule is about.
    pub fn store(&self) -> &dyn Store {
        &*self.0.store
    }

    /// The store, to hand on.
    pub fn shared_store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.0.store)
    }

    /// From now on letters are written down, because there is a mail server to send them, from this address.
    pub fn send_letters(&self, from: String) {
        // Said once, when the process starts.
        let _ = self.0.letters_from.set(from);
    }

    /// Whom letters are from, where mail is set up.
    pub fn letters_from(&self) -> Option<&str> {
        self.0.letters_from.get().map(String::as_str)
    }

    /// True where mail is set up.
    pub(crate) fn letters(&self) -> bool {
        self.letters_from().is_some()
    }

    /// True for somebody who may administer.
    pub(crate) fn is_admin(&self, person: &PersonId) -> bool {
        self.directory()
            .person(person)
            .is_some_and(|p| p.active && p.role == AccountRole::Admin)
    }

    /// Now.
    pub fn now(&self) -> Time {
        self.0.clock.now()
    }

    /// The clock, to hand on.
    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.0.clock)
    }

    /// Where people reach this server, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.0.base_url
    }

    /// The name of this build.
    pub fn build(&self) -> &str {
        &self.0.build
    }

    /// People, components and settings as last read.
    pub fn directory(&self) -> Arc<Directory> {
        Arc::clone(
            &self
                .0
                .directory
                .read()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }

    /// Reads the directory anew; after every change, and when the log says that another process changed it.
    pub async fn refresh_directory(&self) -> Result<(), StoreError> {
        let _turn = self.0.reading.lock().await;
        let fresh = Arc::new(self.0.store.directory().await?);
        *self
            .0
            .directory
            .write()
            .unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// An incident as it stands now. Reads only what came since it was last at hand.
    pub async fn incident(&self, number: Number) -> Result<Option<Arc<Incident>>, StoreError> {
        let known = self
            .0
            .at_hand
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&number)
            .cloned();
        let Some(known) = known else {
            let Some(read) = self.0.store.incident(number).await? else {
                return Ok(None);
            };
            return Ok(Some(self.keep_at_hand(read)));
        };
        let news = self.0.store.stream(number, known.summary.version).await?;
        if news.is_empty() {
            return Ok(Some(known));
        }
        // What is at hand was made from texts that are gone: only the row was made from those that are left.
        if news.iter().any(|recorded| is_redaction(&recorded.event)) {
            let read = self.0.store.incident(number).await?;
            return Ok(read.map(|read| self.keep_at_hand(read)));
        }
        let mut incident = (*known).clone();
        for recorded in &news {
            incident.apply(recorded);
        }
        Ok(Some(self.keep_at_hand(incident)))
    }

    /// Waits for one's turn to decide on an incident. Only for speed: across processes the store tells who was first.
    async fn turn(&self, number: Number) -> tokio::sync::MutexGuard<'_, ()> {
        let place = usize::try_from(number.0).unwrap_or_default() % TURNS;
        self.0.turns[place].lock().await
    }

    /// Remembers a state, unless a newer one is there already.
    fn keep_at_hand(&self, incident: Incident) -> Arc<Incident> {
        let number = incident.summary.number;
        let incident = Arc::new(incident);
        let mut at_hand = self
            .0
            .at_hand
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if at_hand.len() >= AT_HAND && !at_hand.contains_key(&number) {
            // Whichever goes costs one row to read again; keeping count of who is least used would cost more.
            if let Some(some) = at_hand.keys().next().copied() {
                at_hand.remove(&some);
            }
        }
        match at_hand.get(&number) {
            Some(newer) if newer.summary.version > incident.summary.version => Arc::clone(newer),
            Some(_) | None => {
                at_hand.insert(number, Arc::clone(&incident));
                incident
            }
        }
    }
}

/// True for the one event that takes something back.
pub(crate) fn is_redaction(event: &IncidentEvent) -> bool {
    matches!(event, IncidentEvent::Redacted { .. })
}
