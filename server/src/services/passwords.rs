//! Passwords, beside one-time links. Only an Argon2id hash is kept. A wrong password takes as long as an unknown account,
//! and whoever goes on guessing waits longer each time; nobody is locked out for ever, and links go on working.

use super::house::unreadable;
use super::{Refusal, Services};
use crate::ids::hash;
use crate::store::{AccessChange, Attempt, Counter};
use app::AppError;
use app::house::Secret;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use chrono::{Duration, TimeDelta};
use domain::PersonId;
use domain::time::Time;
use std::sync::{Arc, OnceLock};
use tokio::sync::Semaphore;

/// The shortest and the longest password, in characters. No other rule makes one better.
const LENGTH: std::ops::RangeInclusive<usize> = 12..=200;
/// How many passwords are hashed at once; each takes 19 MiB and a core.
const AT_ONCE: usize = 2;
/// So many wrong passwords in a row are no matter.
const FREE: i64 = 5;
/// The same for all accounts from one address: a whole office may share it.
const FREE_OF_ADDRESS: i64 = 50;
/// The longest wait, in minutes.
const LONGEST: i64 = 15;

/// What signing in with a password came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasswordSignIn {
    /// In; this is the cookie's secret.
    In(String),
    /// There is no such account, or it has another password, or none. Which, nobody is told.
    Wrong,
    /// Too many were wrong; the next may come after so many seconds.
    Wait(u64),
}

/// Where passwords are hashed: beside the threads that answer, and few at once.
pub(super) struct Hashing(Arc<Semaphore>);

impl Default for Hashing {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

fn argon2() -> Argon2<'static> {
    // 19 MiB, two passes, one lane: what OWASP asks for at the least.
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

/// A hash that no password fits, to hold what was typed against where there is none.
fn nobodys() -> Option<&'static str> {
    static NOBODYS: OnceLock<Option<String>> = OnceLock::new();
    NOBODYS
        .get_or_init(|| hashed(&crate::ids::new_secret()))
        .as_deref()
}

fn hashed(password: &str) -> Option<String> {
    let hash: PasswordHash = argon2().hash_password(password.as_bytes()).ok()?;
    Some(hash.to_string())
}

fn fits(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| argon2().verify_password(password.as_bytes(), &hash).is_ok())
}

impl Hashing {
    /// Does something that takes its time.
    async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Refusal> {
        let broken = |error: &dyn std::fmt::Display| {
            tracing::error!(%error, "a password could not be hashed");
            Refusal::App(AppError::Internal {})
        };
        let place = Arc::clone(&self.0)
            .acquire_owned()
            .await
            .map_err(|error| broken(&error))?;
        let work = tokio::task::spawn_blocking(move || {
            // Held until the work is done, also when whoever waits for it is gone.
            let _place = place;
            work()
        });
        work.await.map_err(|error| broken(&error))
    }

    async fn hash(&self, password: &Secret) -> Result<String, Refusal> {
        let password = password.clone();
        self.with(move || hashed(&password.0))
            .await?
            .ok_or(Refusal::App(AppError::Internal {}))
    }

    /// True when a password fits a hash; without one it takes as long to say no.
    async fn verify(&self, password: &Secret, hash: Option<String>) -> Result<bool, Refusal> {
        let password = password.clone();
        self.with(move || {
            let nobodys = nobodys().unwrap_or_default();
            let fits = fits(&password.0, hash.as_deref().unwrap_or(nobodys));
            fits && hash.is_some()
        })
        .await
    }
}

/// How long the next one waits after so many wrong ones: twice as long each time.
fn waits(failures: i64, free: i64) -> TimeDelta {
    if failures < free {
        return TimeDelta::zero();
    }
    let doublings = u32::try_from((failures - free).min(10)).unwrap_or_default();
    Duration::seconds(30 * 2_i64.pow(doublings)).min(Duration::minutes(LONGEST))
}

fn of_account(account: &str) -> Counter {
    Counter {
        key: hash(format!("account {account}")),
        wait: |failures| waits(failures, FREE),
    }
}

fn of_address(address: &str) -> Counter {
    Counter {
        key: hash(format!("address {address}")),
        wait: |failures| waits(failures, FREE_OF_ADDRESS),
    }
}

/// Links that were asked for by mail: of one account, whatever was typed as its name, and from one address.
fn of_links(account: &str, address: &str) -> [Counter; 2] {
    let account = account.trim().to_lowercase();
    [
        Counter {
            key: hash(format!("links of account {account}")),
            wait: |asked| waits(asked, FREE),
        },
        Counter {
            key: hash(format!("links of address {address}")),
            wait: |asked| waits(asked, FREE_OF_ADDRESS),
        },
    ]
}

/// Whole seconds until then, and one at the least.
fn seconds_until(then: Time, now: Time) -> u64 {
    let milliseconds = u64::try_from((then - now).num_milliseconds()).unwrap_or_default();
    milliseconds.div_ceil(1000).max(1)
}

impl Services {
    /// Signs somebody in by e-mail or handle and password; `address` is where it came from.
    pub async fn sign_in_with_password(
        &self,
        account: &str,
        password: &Secret,
        device: &str,
        address: &str,
    ) -> Result<PasswordSignIn, Refusal> {
        let store = self.store();
        let person = store
            .find_person(account)
            .await?
            .filter(|person| person.active && !person.service);
        // Counted by the account where there is one: it has two names, and must not have twice as many tries.
        let counted_as = match &person {
            Some(person) => person.id.to_string(),
            None => account.trim().to_lowercase(),
        };
        let counters = [of_account(&counted_as), of_address(address)];
        let tries = match store.attempt(&counters, self.now()).await? {
            Attempt::Go(tries) => tries,
            Attempt::Wait(then) => {
                return Ok(PasswordSignIn::Wait(seconds_until(then, self.now())));
            }
        };
        let kept = match &person {
            Some(person) => store.password(&person.id).await?,
            None => None,
        };
        let right = self.0.hashing.verify(password, kept.clone()).await?;
        let (Some(person), Some(password_hash), true) = (&person, kept, right) else {
            if let Some(person) = person {
                self.note_failures(&person.id, tries).await?;
            }
            return Ok(PasswordSignIn::Wrong);
        };
        self.know(person).await?;
        let (session, cookie) = self.new_session(person.id.clone(), device);
        let begin = AccessChange::Begin {
            password_hash,
            session,
        };
        if !self.admit(Some(&person.id), begin).await? {
            return Ok(PasswordSignIn::Wrong);
        }
        store.attempt_succeeded(&counters).await?;
        Ok(PasswordSignIn::In(cookie))
    }

    /// Sends a sign-in link to an account's own e-mail address, where there is one. Nothing of that shows in the answer or in
    /// the time it takes: only that it was asked for too often, with the seconds to wait.
    pub async fn ask_for_link(&self, account: &str, address: &str) -> Result<Option<u64>, Refusal> {
        let store = self.store();
        let now = self.now();
        if let Attempt::Wait(then) = store.attempt(&of_links(account, address), now).await? {
            return Ok(Some(seconds_until(then, now)));
        }
        let person = store
            .find_person(account)
            .await?
            .filter(|person| person.active && !person.service);
        if let Some(person) = person {
            let services = self.clone();
            tokio::spawn(async move {
                if let Err(refusal) = services.mail_sign_in_link(&person).await {
                    tracing::error!(
                        ?refusal,
                        "a sign-in link that was asked for was not written down"
                    );
                }
            });
        }
        Ok(None)
    }

    /// Failures are logged in rows, so that guessing cannot fill the log.
    async fn note_failures(&self, person: &PersonId, count: i64) -> Result<(), Refusal> {
        if count % FREE == 0 {
            let person = person.clone();
            self.admit(None, AccessChange::NoteFailures { person, count })
                .await?;
        }
        Ok(())
    }

    /// Keeps a password of one's own in place of the one there was.
    pub(super) async fn set_password(
        &self,
        by: &PersonId,
        session: Option<&str>,
        current: Option<&Secret>,
        new: &Secret,
    ) -> Result<(), Refusal> {
        let length = new.0.chars().count();
        if !LENGTH.contains(&length) {
            let words = format!(
                "A password has {} to {} characters; this one has {length}. A few words in a row are good.",
                LENGTH.start(),
                LENGTH.end()
            );
            return Err(unreadable("new_password", words));
        }
        self.check_password(by, current).await?;
        let change = AccessChange::PutPassword {
            person: by.clone(),
            hash: self.0.hashing.hash(new).await?,
            except: session.map(str::to_owned),
        };
        self.admit(Some(by), change).await?;
        Ok(())
    }

    /// Forgets one's own password.
    pub(super) async fn remove_password(
        &self,
        by: &PersonId,
        session: Option<&str>,
        current: Option<&Secret>,
    ) -> Result<(), Refusal> {
        self.check_password(by, current).await?;
        let change = AccessChange::RemovePassword {
            person: by.clone(),
            except: session.map(str::to_owned),
        };
        if self.admit(Some(by), change).await? {
            Ok(())
        } else {
            Err(AppError::NotFound {
                words: "You have no password. Links let you in.".to_owned(),
            }
            .into())
        }
    }

    /// Whoever has a password must know it to change it: a device left open must not be enough. Counted like signing in.
    async fn check_password(&self, by: &PersonId, typed: Option<&Secret>) -> Result<(), Refusal> {
        let store = self.store();
        let Some(kept) = store.password(by).await? else {
            return Ok(());
        };
        let counters = [of_account(by.as_str())];
        let tries = match store.attempt(&counters, self.now()).await? {
            Attempt::Go(tries) => tries,
            Attempt::Wait(then) => {
                let seconds = seconds_until(then, self.now());
                return Err(AppError::TooOften { seconds }.into());
            }
        };
        let nothing = Secret(String::new());
        let typed = typed.unwrap_or(&nothing);
        if self.0.hashing.verify(typed, Some(kept)).await? {
            return Ok(store.attempt_succeeded(&counters).await?);
        }
        self.note_failures(by, tries).await?;
        let words = "This is not your password now. Type the one you sign in with.";
        Err(unreadable("current_password", words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_goes_on_guessing_waits_longer_each_time_and_never_for_ever() {
        let seconds: Vec<i64> = (1..=12).map(|n| waits(n, FREE).num_seconds()).collect();
        let expected = [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900];
        assert_eq!(seconds, expected);
        assert_eq!(waits(i64::MAX, FREE), Duration::minutes(LONGEST));
    }

    #[test]
    fn a_hash_says_how_it_was_made_and_fits_one_password() {
        let hash = hashed("three words in a row").expect("a hash");
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(fits("three words in a row", &hash));
        assert!(!fits("three words in a roe", &hash));
        assert_ne!(hashed("three words in a row").expect("another"), hash);
        assert!(nobodys().is_some_and(|hash| hash.starts_with("$argon2id$v=19$m=19456,")));
    }
}
