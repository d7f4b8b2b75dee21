//! How often one may try. Generous for people, in the memory of this process; what must hold across processes and
//! restarts, failed sign-ins, is counted in the database ([`crate::services::PasswordSignIn`]).

use super::caller::Caller;
use super::{Server, security};
use crate::ids::hash;
use app::AppError;
use app::backend::Viewer;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use http::header::RETRY_AFTER;
use http::{HeaderValue, StatusCode};
use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Sign-ins a minute from one address, by link or password. A whole office may share it.
const SIGN_INS: u32 = 60;
/// Sign-ins a minute from one address to one account.
const OF_ACCOUNT: u32 = 10;
/// Requests a minute from one address that would change something and come from nobody who is signed in.
const STRANGERS: u32 = 240;
/// After so many questions those who have not been seen for a while are forgotten.
const TIDY: usize = 10_000;

/// Who tried how often, in this process.
pub struct Limits {
    sign_ins: PerMinute<Caller>,
    accounts: PerMinute<(Caller, String)>,
    strangers: PerMinute<Caller>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sign_ins: PerMinute::new(SIGN_INS),
            accounts: PerMinute::new(OF_ACCOUNT),
            strangers: PerMinute::new(STRANGERS),
        }
    }
}

impl Limits {
    /// Counts a sign-in with a password to an account, whatever was typed as its name.
    pub fn account(&self, caller: Caller, account: &str) -> Result<(), u64> {
        let account = hash(account.trim().to_lowercase());
        self.accounts.count(&(caller, account))
    }

    /// Counts something that nobody who is known wants to change.
    pub fn stranger(&self, caller: Caller) -> Result<(), u64> {
        self.strangers.count(&caller)
    }
}

/// So many a minute for each key, all of them at once if need be.
struct PerMinute<K: Hash + Eq + Clone> {
    limiter: DefaultKeyedRateLimiter<K>,
    asked: AtomicUsize,
}

impl<K: Hash + Eq + Clone> PerMinute<K> {
    fn new(times: u32) -> Self {
        let times = NonZeroU32::new(times).unwrap_or(NonZeroU32::MIN);
        Self {
            limiter: RateLimiter::keyed(Quota::per_minute(times)),
            asked: AtomicUsize::new(0),
        }
    }

    /// Counts one; when it is one too many, after how many seconds there may be another.
    fn count(&self, key: &K) -> Result<(), u64> {
        if self.asked.fetch_add(1, Ordering::Relaxed) % TIDY == TIDY - 1 {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        self.limiter.check_key(key).map_err(|too_many| {
            let wait = too_many.wait_time_from(DefaultClock::default().now());
            wait.as_secs() + 1
        })
    }
}

/// Who asks, as [`super::caller::recognise`] said.
pub fn caller(request: &Request) -> Caller {
    let known = request.extensions().get::<Caller>().copied();
    known.unwrap_or(Caller::Unknown)
}

/// For every address of the inside: holds up strangers who post. Belongs behind what recognises a session.
pub async fn strangers(State(server): State<Server>, request: Request, next: Next) -> Response {
    if request.method().is_safe() || request.extensions().get::<Viewer>().is_some() {
        return next.run(request).await;
    }
    match server.limits.stranger(caller(&request)) {
        Err(seconds) => too_often(seconds),
        Ok(()) => next.run(request).await,
    }
}

/// For the addresses where people get in: holds up whoever tries too many.
pub async fn sign_ins(State(server): State<Server>, request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    match server.limits.sign_ins.count(&caller(&request)) {
        Err(seconds) => too_often(seconds),
        Ok(()) => next.run(request).await,
    }
}

/// The answer to one too many.
pub fn too_often(seconds: u64) -> Response {
    let words = AppError::TooOften { seconds }.to_string();
    let mut response = security::plain_error(StatusCode::TOO_MANY_REQUESTS, "Not so fast", &words);
    response
        .headers_mut()
        .insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}
