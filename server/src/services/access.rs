//! Getting in: one-time links, sessions, tokens.

use super::{Refusal, Services};
use crate::ids::{hash, new_id, new_secret};
use crate::store::{AccessChange, HouseChange, HouseError, NewLink, NewSession, Scope, StoreError};
use app::backend::Viewer;
use chrono::Duration;
use domain::{AccountRole, Person, PersonId};

/// How long a session lasts at the most, in days.
pub const SESSION_DAYS: i64 = 30;
/// How long a sign-in link works, in hours.
const LINK_HOURS: i64 = 48;
/// A session that was used is noted this often, not at every request.
const TOUCH_MINUTES: i64 = 5;

impl Services {
    /// A one-time sign-in link for somebody, made by somebody or on the command line. Whoever holds it is that person, once.
    pub async fn sign_in_link(
        &self,
        by: Option<&PersonId>,
        person: &PersonId,
    ) -> Result<String, StoreError> {
        let (link, address) = self.new_link(person);
        self.admit(by, AccessChange::AddLink(link)).await?;
        Ok(address)
    }

    /// Changes who is signed in or how they get in. False when there was nothing of the kind to change.
    pub(super) async fn admit(
        &self,
        by: Option<&PersonId>,
        change: AccessChange,
    ) -> Result<bool, StoreError> {
        let by = by.and_then(|by| self.actor(by));
        let change = HouseChange::Access(change);
        match self.0.store.change_house(by, self.now(), change).await {
            Ok(_) => Ok(true),
            Err(HouseError::Store(error)) => Err(error),
            // Of the reasons that a store may have only this one is about getting in.
            Err(
                HouseError::Unknown
                | HouseError::HandleTaken
                | HouseError::EmailTaken
                | HouseError::NameTaken
                | HouseError::AskedBefore
                | HouseError::Stale
                | HouseError::LastAdmin,
            ) => Ok(false),
        }
    }

    /// A link, and its address with the secret.
    fn new_link(&self, person: &PersonId) -> (NewLink, String) {
        let secret = new_secret();
        let created_at = self.now();
        let link = NewLink {
            token_hash: hash(&secret),
            person: person.clone(),
            created_at,
            expires_at: created_at + Duration::hours(LINK_HOURS),
        };
        (link, format!("{}/sign-in/{secret}", self.base_url()))
    }

    /// Whom a link would let in, without spending it.
    pub async fn link_owner(&self, secret: &str) -> Result<Option<Person>, StoreError> {
        self.0.store.link(&hash(secret), self.now()).await
    }

    /// Spends a link and begins a session; answers the cookie's secret. `None` when the link is spent, old or unknown.
    pub async fn sign_in(&self, secret: &str, device: &str) -> Result<Option<String>, StoreError> {
        let (link, now) = (hash(secret), self.now());
        let Some(person) = self.0.store.link(&link, now).await? else {
            return Ok(None);
        };
        self.know(&person).await?;
        let (session, cookie) = self.new_session(person.id.clone(), device);
        let spend = AccessChange::SpendLink {
            token_hash: link,
            session,
        };
        let begun = self.admit(Some(&person.id), spend).await?;
        Ok(begun.then_some(cookie))
    }

    /// A session to begin now, and the cookie's secret.
    pub(super) fn new_session(&self, person: PersonId, device: &str) -> (NewSession, String) {
        let (secret, now) = (new_secret(), self.now());
        let session = NewSession {
            id: new_id(),
            person,
            token_hash: hash(&secret),
            label: device_label(device),
            created_at: now,
            expires_at: now + Duration::days(SESSION_DAYS),
        };
        (session, secret)
    }

    /// Who a cookie's secret belongs to.
    pub async fn viewer(&self, secret: &str) -> Result<Option<Viewer>, StoreError> {
        let now = self.now();
        let Some((session, person)) = self.0.store.session(&hash(secret), now).await? else {
            return Ok(None);
        };
        if now - session.seen_at > Duration::minutes(TOUCH_MINUTES) {
            self.0.store.touch_session(&session.id, now).await?;
        }
        self.know(&person).await?;
        Ok(Some(Viewer {
            person: person.id,
            session: session.id,
        }))
    }

    /// True while a session stands; open streams ask now and then.
    pub async fn session_stands(&self, viewer: &Viewer) -> Result<bool, StoreError> {
        let sessions = self.0.store.sessions(&viewer.person, self.now()).await?;
        Ok(sessions.iter().any(|session| session.id == viewer.session))
    }

    /// Ends a session.
    pub async fn sign_out(&self, viewer: &Viewer) -> Result<(), StoreError> {
        let end = AccessChange::End {
            person: viewer.person.clone(),
            session: viewer.session.clone(),
        };
        self.admit(Some(&viewer.person), end).await.map(drop)
    }

    /// Who an API token acts for, and what it may do.
    pub async fn bearer(&self, token: &str) -> Result<Option<(Person, Scope)>, StoreError> {
        let now = self.now();
        let Some((token, person)) = self.0.store.token(&hash(token)).await? else {
            return Ok(None);
        };
        if token
            .last_used_at
            .is_none_or(|at| now - at > Duration::minutes(TOUCH_MINUTES))
        {
            self.0.store.touch_token(&token.id, now).await?;
        }
        self.know(&person).await?;
        Ok(Some((person, token.scope)))
    }

    /// Somebody whom another process added a moment ago may come before the news of it.
    pub(super) async fn know(&self, person: &Person) -> Result<(), StoreError> {
        if self.directory().person(&person.id).is_none() {
            self.refresh_directory().await?;
        }
        Ok(())
    }

    /// True while the token with this hash stands and its person has access; open streams ask now and then.
    pub async fn token_stands(&self, token_hash: &str) -> Result<bool, StoreError> {
        Ok(self.0.store.token(token_hash).await?.is_some())
    }

    /// On a start without an administrator: makes one and answers the link for them. A link that was printed and never
    /// used is replaced, so that a lost one is no dead end.
    pub async fn first_administrator(&self) -> Result<Option<String>, Refusal> {
        let store = self.store();
        if store.has_admin().await? {
            let Some(first) = store
                .find_person("admin")
                .await?
                .filter(|p| p.email.is_none() && p.active)
            else {
                return Ok(None);
            };
            let never_came = store.sessions(&first.id, self.now()).await?.is_empty()
                && self
                    .directory()
                    .people
                    .iter()
                    .filter(|p| !p.service)
                    .count()
                    == 1;
            if !never_came {
                return Ok(None);
            }
            let (link, address) = self.new_link(&first.id);
            self.admit(None, AccessChange::ReplaceLinks(link)).await?;
            return Ok(Some(address));
        }
        let person = Person {
            id: PersonId::new(new_id()),
            handle: "admin".to_owned(),
            name: "Administrator".to_owned(),
            email: None,
            role: AccountRole::Admin,
            service: false,
            active: true,
        };
        store
            .change_house(None, self.now(), HouseChange::PutPerson(person.clone()))
            .await?;
        self.refresh_directory().await?;
        Ok(Some(self.sign_in_link(None, &person.id).await?))
    }
}

/// A browser in a few words, from what it calls itself.
fn device_label(agent: &str) -> String {
    let find = |names: &[(&str, &'static str)]| {
        names
            .iter()
            .find(|(part, _)| agent.contains(part))
            .map(|(_, name)| *name)
    };
    let browser = find(&[
        ("Firefox/", "Firefox"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ]);
    let system = find(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "a browser".to_owned(),
    }
}
